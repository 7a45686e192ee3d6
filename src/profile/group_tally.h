// Counts of the values of one column within groups of rows; for dependencies*.cc.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace bottega {

// Counts of one group at a time; reused for many groups without being cleared.
class GroupTally {
 public:
  explicit GroupTally(int64_t distinct) : count_(static_cast<size_t>(distinct)) {}

  // Counts the known values (`code` >= 0) of these rows.
  void Count(std::span<const int32_t> rows, const std::vector<int32_t>& code) {
    for (const int32_t value : seen_) count_[static_cast<size_t>(value)] = 0;
    seen_.clear();
    known_ = 0;
    for (const int32_t row : rows) {
      const int32_t value = code[static_cast<size_t>(row)];
      if (value < 0) continue;
      if (count_[static_cast<size_t>(value)]++ == 0) seen_.push_back(value);
      ++known_;
    }
    top_ = -1;
    for (const int32_t value : seen_) {
      if (top_ < 0 || Of(value) > Of(top_) || (Of(value) == Of(top_) && value < top_)) top_ = value;
    }
  }

  int64_t known() const { return known_; }
  int32_t top() const { return top_; }  // the most frequent; -1 where nothing is known
  int64_t Of(int32_t value) const { return count_[static_cast<size_t>(value)]; }
  const std::vector<int32_t>& seen() const { return seen_; }

  // `value` stands alone against a clear majority. What many rows of a large group hold is no
  // mistake, however many more hold another value.
  bool IsNoise(int32_t value) const {
    if (value == top_ || known_ < 3) return false;
    const int64_t c = Of(value);
    return Of(top_) >= 2 * c && (c == 1 || c <= std::min(known_ / 5, 5 + known_ / 50));
  }

 private:
  std::vector<int64_t> count_;
  std::vector<int32_t> seen_;
  int64_t known_ = 0;
  int32_t top_ = -1;
};

}  // namespace bottega
