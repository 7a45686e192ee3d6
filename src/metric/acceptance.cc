#include "metric/acceptance.h"

#include <cmath>

#include "metric/exact_binomial.h"

namespace bottega {

std::string_view AcceptanceName(Acceptance decision) {
  constexpr std::string_view kNames[] = {"accept", "reject", "undecided"};
  return kNames[static_cast<size_t>(decision)];
}

Acceptance JudgeAcceptance(const Interval& interval, double limit) {
  if (interval.high <= limit) return Acceptance::kAccept;
  return interval.low > limit ? Acceptance::kReject : Acceptance::kUndecided;
}

int64_t RowsToDecide(double rate, double limit, double level) {
  constexpr int64_t kMost = 10'000'000;
  const auto decided = [&](int64_t n) {
    const auto rows = static_cast<double>(n);
    return JudgeAcceptance(ClopperPearson(std::round(rate * rows), rows, level), limit) !=
           Acceptance::kUndecided;
  };
  int64_t enough = 1;
  while (enough <= kMost && !decided(enough)) enough *= 2;
  if (enough > kMost) return -1;
  int64_t few = enough / 2;  // rounding of k makes it not quite monotone: any such n will do
  while (enough - few > 1) {
    const int64_t middle = few + (enough - few) / 2;
    (decided(middle) ? enough : few) = middle;
  }
  return enough;
}

std::vector<AcceptancePlan> AcceptancePlans(double limit, double consumer, double producer,
                                            int64_t most) {
  std::vector<AcceptancePlan> plans;
  int64_t rows = 1;
  for (int64_t allowed = 0; allowed <= most; ++allowed) {
    int64_t few = rows - 1, enough = rows;
    while (BinomialBelow(allowed, enough, limit) > consumer) few = enough, enough *= 2;
    while (enough - few > 1) {
      const int64_t middle = few + (enough - few) / 2;
      (BinomialBelow(allowed, middle, limit) > consumer ? few : enough) = middle;
    }
    rows = enough;
    double low = 0, high = limit;
    for (int step = 0; step < 60; ++step) {
      const double middle = (low + high) / 2;
      (BinomialBelow(allowed, rows, middle) >= 1 - producer ? low : high) = middle;
    }
    plans.push_back({rows, allowed, low});
  }
  return plans;
}

}  // namespace bottega
