#include "profile/sketch/quantile_sketch.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/random.h"

namespace bottega {

// Higher levels hold most; below them capacities fall by 2/3 a level, never under 8.
int64_t QuantileSketch::CapacityOf(size_t level) const {
  const auto depth = static_cast<double>(levels_.size() - 1 - level);
  return std::max<int64_t>(8, static_cast<int64_t>(std::ceil(k_ * std::pow(2.0 / 3, depth))));
}

void QuantileSketch::Add(double value, int64_t count) {
  if (std::isnan(value) || count <= 0) return;
  min_ = count_ == 0 ? value : std::min(min_, value);
  max_ = count_ == 0 ? value : std::max(max_, value);
  count_ += count;
  for (size_t level = 0; count > 0; ++level, count >>= 1) {
    if ((count & 1) == 0) continue;
    if (levels_.size() <= level) levels_.resize(level + 1);
    levels_[level].push_back(value);
  }
  Compact();
}

void QuantileSketch::Merge(const QuantileSketch& other) {
  if (other.count_ == 0) return;
  min_ = count_ == 0 ? other.min_ : std::min(min_, other.min_);
  max_ = count_ == 0 ? other.max_ : std::max(max_, other.max_);
  count_ += other.count_;
  if (levels_.size() < other.levels_.size()) levels_.resize(other.levels_.size());
  for (size_t i = 0; i < other.levels_.size(); ++i) {
    levels_[i].insert(levels_[i].end(), other.levels_[i].begin(), other.levels_[i].end());
  }
  Compact();
}

void QuantileSketch::Compact() {
  for (size_t level = 0; level < levels_.size(); ++level) {
    if (static_cast<int64_t>(levels_[level].size()) <= CapacityOf(level)) continue;
    if (level + 1 == levels_.size()) levels_.emplace_back();
    std::vector<double>& values = levels_[level];
    std::ranges::sort(values);
    const size_t kept = values.size() % 2;  // an odd one out stays
    const uint32_t coin =
        Philox({static_cast<uint32_t>(flips_), static_cast<uint32_t>(flips_ >> 32),
                static_cast<uint32_t>(level), 0},
               {0x6b6c6c, 0})[0];
    ++flips_;
    for (size_t i = kept + (coin & 1); i < values.size(); i += 2) {
      levels_[level + 1].push_back(values[i]);
    }
    values.resize(kept);
  }
}

double QuantileSketch::Quantile(double share) const {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  if (share <= 0) return min_;
  if (share >= 1) return max_;
  std::vector<std::pair<double, int64_t>> weighted;
  int64_t total = 0;
  for (size_t level = 0; level < levels_.size(); ++level) {
    for (const double value : levels_[level]) weighted.emplace_back(value, int64_t{1} << level);
    total += static_cast<int64_t>(levels_[level].size()) << level;
  }
  std::ranges::sort(weighted);
  const double wanted = share * static_cast<double>(total);
  int64_t passed = 0;
  for (const auto& [value, weight] : weighted) {
    passed += weight;
    if (static_cast<double>(passed) >= wanted) return value;
  }
  return max_;
}

}  // namespace bottega
