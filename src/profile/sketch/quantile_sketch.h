// Quantiles of a stream of numbers, from some tens of KiB of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bottega {

// KLL (Karnin, Lang & Liberty, "Optimal quantile approximation in streams", FOCS 2016): a stack of
// compactors, each of which holds values that stand for 2^level values and, when full, hands every
// other one of its sorted values to the next. With k = 800 the rank of an answer is off by less
// than 0.5 % of the values in 99 of 100 streams; the least and greatest value are exact. The coin
// of the paper is a counter-based random number, so the same stream gives the same answers.
class QuantileSketch {
 public:
  explicit QuantileSketch(int k = 800) : k_(k), levels_(1) {}

  // NaN is not counted.
  void Add(double value, int64_t count = 1);
  void Merge(const QuantileSketch& other);

  int64_t count() const { return count_; }
  double min() const { return min_; }
  double max() const { return max_; }
  // The value below which about `share` of the values lie; NaN when there are none.
  double Quantile(double share) const;

 private:
  int64_t CapacityOf(size_t level) const;
  void Compact();

  int k_;
  int64_t count_ = 0;
  uint64_t flips_ = 0;
  double min_ = 0, max_ = 0;
  std::vector<std::vector<double>> levels_;
};

}  // namespace bottega
