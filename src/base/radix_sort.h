// Sorting by numbers in linear time.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace bottega {

// Rises with `value`; -0 lies right below 0. Not for NaN.
constexpr uint64_t OrderedBits(double value) {
  const auto bits = std::bit_cast<uint64_t>(value);
  return bits >> 63 ? ~bits : bits | uint64_t{1} << 63;
}

// Sorts by key(item), a uint64_t; equal keys keep their order. One pass over the items for each
// byte in which the keys differ; needs as much memory again.
template <class Item, class Key>
void RadixSort(std::vector<Item>* items, Key key) {
  constexpr size_t kDigits = 8, kFew = 256;
  if (items->size() < kFew) {
    std::ranges::stable_sort(*items, {}, key);
    return;
  }
  std::array<std::array<size_t, 256>, kDigits> counts{};
  for (const Item& item : *items) {
    const uint64_t k = key(item);
    for (size_t d = 0; d < kDigits; ++d) ++counts[d][k >> (8 * d) & 0xff];
  }
  std::vector<Item> sorted(items->size());
  for (size_t d = 0; d < kDigits; ++d) {
    if (counts[d][key(items->front()) >> (8 * d) & 0xff] == items->size()) continue;
    size_t begin = 0;
    for (size_t& count : counts[d]) begin += std::exchange(count, begin);
    for (const Item& item : *items) sorted[counts[d][key(item) >> (8 * d) & 0xff]++] = item;
    items->swap(sorted);
  }
}

}  // namespace bottega
