#include "profile/sketch/heavy_hitters.h"

#include <algorithm>
#include <functional>

#include "base/hash.h"

namespace bottega {
namespace {

constexpr size_t kMostBytes = 256;

}  // namespace

size_t HeavyHitters::Hash::operator()(std::string_view text) const { return Xxh3(text); }

void HeavyHitters::Add(std::string_view value, int64_t count) {
  value = value.substr(0, kMostBytes);
  if (const auto at = counts_.find(value); at != counts_.end()) {
    at->second += count;
    return;
  }
  counts_.emplace(std::string(value), count);
  if (counts_.size() > 2 * capacity_) Shrink();
}

void HeavyHitters::Merge(const HeavyHitters& other) {
  for (const auto& [value, count] : other.counts_) Add(value, count);
  error_ += other.error_;
}

// Takes the count of the largest that does not fit off every count.
void HeavyHitters::Shrink() {
  std::vector<int64_t> counts;
  counts.reserve(counts_.size());
  for (const auto& [value, count] : counts_) counts.push_back(count);
  const auto cut = counts.begin() + static_cast<std::ptrdiff_t>(capacity_);
  std::nth_element(counts.begin(), cut, counts.end(), std::greater<>());
  const int64_t taken = *cut;
  error_ += taken;
  for (auto& [value, count] : counts_) count -= taken;
  std::erase_if(counts_, [](const auto& entry) { return entry.second <= 0; });
}

std::vector<HeavyHitter> HeavyHitters::Values() const {
  std::vector<HeavyHitter> values;
  for (const auto& [value, count] : counts_) values.push_back({value, count});
  std::ranges::sort(values, [](const HeavyHitter& a, const HeavyHitter& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  });
  if (values.size() > capacity_) values.resize(capacity_);
  return values;
}

}  // namespace bottega
