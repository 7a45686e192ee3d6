#include "profile/share_tests.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "profile/association.h"

namespace bottega {
namespace {

double LogChoose(double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

double FisherP(double k1, double n1, double k2, double n2) {
  const double k = k1 + k2, n = n1 + n2;
  const auto log_p = [&](double x) {
    return LogChoose(n1, x) + LogChoose(n2, k - x) - LogChoose(n, k);
  };
  const double least = std::max(0.0, k - n2), most = std::min(k, n1);
  const double limit = log_p(k1) + 1e-7;
  // Tables are a unimodal sequence: terms far out in the tails are too small to matter.
  double p = 0;
  for (double x = least; x <= most; ++x) {
    if (const double log = log_p(x); log <= limit) p += std::exp(log);
  }
  return std::min(1.0, p);
}

}  // namespace

double SharesDifferP(double k1, double n1, double k2, double n2) {
  if (n1 <= 0 || n2 <= 0) return 1;
  const double share = (k1 + k2) / (n1 + n2);
  const double fewest = std::min(n1, n2) * std::min(share, 1 - share);
  if (fewest < 5 && n1 + n2 < 1e6) {
    // The rarer outcome bounds the number of tables.
    return share > 0.5 ? FisherP(n1 - k1, n1, n2 - k2, n2) : FisherP(k1, n1, k2, n2);
  }
  return ChiSquareOf({2, 2, {k1, n1 - k1, k2, n2 - k2}}).p;
}

double CohenH(double a, double b) {
  return 2 * std::asin(std::sqrt(std::clamp(a, 0.0, 1.0))) -
         2 * std::asin(std::sqrt(std::clamp(b, 0.0, 1.0)));
}

std::vector<double> AdjustForDiscoveries(const std::vector<double>& p) {
  std::vector<size_t> order(p.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](size_t i) { return p[i]; });
  std::vector<double> adjusted(p.size());
  double least = 1;
  for (size_t rank = order.size(); rank > 0; --rank) {
    const size_t i = order[rank - 1];
    least = std::min(least, p[i] * static_cast<double>(p.size()) / static_cast<double>(rank));
    adjusted[i] = least;
  }
  return adjusted;
}

double GoodnessOfFitP(const std::vector<double>& counts, const std::vector<double>& shares) {
  const double n = std::accumulate(counts.begin(), counts.end(), 0.0);
  std::vector<size_t> order(counts.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](size_t i) { return shares[i]; });
  double statistic = 0, cells = 0, merged = 0, merged_expected = 0;
  for (const size_t i : order) {
    const double expected = n * shares[i];
    const bool open = merged_expected > 0 && merged_expected < 5;
    if (expected < 5 || open) {
      merged += counts[i];
      merged_expected += expected;
      continue;
    }
    statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
    cells += 1;
  }
  if (merged_expected > 0) {
    statistic += (merged - merged_expected) * (merged - merged_expected) / merged_expected;
    cells += 1;
  }
  return cells < 2 ? 1 : ChiSquareTail(statistic, cells - 1);
}

}  // namespace bottega
