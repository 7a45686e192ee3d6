#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/random.h"
#include "feed/feed.h"

namespace bottega {

std::vector<int64_t> EvenlySpread(const std::vector<int64_t>& positions, size_t most) {
  std::vector<int64_t> some;
  const size_t n = std::min(most, positions.size());
  for (size_t i = 0; i < n; ++i) some.push_back(positions[i * positions.size() / n]);
  return some;
}

std::vector<int64_t> SequentialOrder(int64_t n) {
  std::vector<int64_t> order(static_cast<size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  return order;
}

std::vector<int64_t> ShuffledOrder(int64_t n, uint64_t seed, int64_t epoch) {
  return Permutation(n, seed, Purpose::kShuffle, epoch);
}

std::vector<int64_t> WeightedOrder(const std::vector<double>& weights, int64_t n, uint64_t seed,
                                   int64_t epoch) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!(total > 0)) throw Error(ErrorKind::kInternal, "sampling weights add up to nothing");
  // Row -2: a stream apart from the permutation's.
  Random random(seed, Purpose::kShuffle, epoch, -2);
  const double step = total / static_cast<double>(n);
  double pointer = random.Uniform() * step, cumulated = 0;
  std::vector<int64_t> drawn;
  drawn.reserve(static_cast<size_t>(n));
  int64_t last = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    cumulated += weights[i];
    if (weights[i] > 0) last = static_cast<int64_t>(i);
    while (pointer < cumulated && static_cast<int64_t>(drawn.size()) < n) {
      drawn.push_back(static_cast<int64_t>(i));
      pointer += step;
    }
  }
  drawn.resize(static_cast<size_t>(n), last);  // rounding may leave the last one out
  std::vector<int64_t> order;
  order.reserve(drawn.size());
  for (const int64_t i : ShuffledOrder(n, seed, epoch)) {
    order.push_back(drawn[static_cast<size_t>(i)]);
  }
  return order;
}

std::vector<double> BalancedWeights(const std::vector<int32_t>& labels, int64_t classes) {
  std::vector<double> counts(static_cast<size_t>(classes), 0);
  for (const int32_t label : labels) {
    if (label >= 0) counts[static_cast<size_t>(label)] += 1;
  }
  std::vector<double> weights;
  weights.reserve(labels.size());
  for (const int32_t label : labels) {
    weights.push_back(label < 0 ? 0 : 1 / counts[static_cast<size_t>(label)]);
  }
  return weights;
}

}  // namespace bottega
