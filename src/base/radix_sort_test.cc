#include "base/radix_sort.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/random.h"

namespace bottega {
namespace {

struct Item {
  double value = 0;
  int64_t place = 0;
};

TEST(RadixSort, SortsNumbersAsTheirValuesAndKeepsTheOrderOfEqualOnes) {
  for (const int64_t n : {0, 1, 2, 200, 5'000}) {
    std::vector<Item> items;
    for (int64_t i = 0; i < n; ++i) {
      Random random(1, Purpose::kSample, 0, i);
      const double value = random.Chance(0.5) ? static_cast<double>(random.Below(20)) - 10
                                              : random.Normal() * 1e-300;
      items.push_back({value == 0 ? 0 : value, i});
    }
    if (n > 100) {
      items[3].value = std::numeric_limits<double>::infinity();
      items[5].value = -std::numeric_limits<double>::infinity();
    }
    std::vector<Item> expected = items;
    std::ranges::stable_sort(expected, {}, &Item::value);
    RadixSort(&items, [](const Item& item) { return OrderedBits(item.value); });
    ASSERT_EQ(items.size(), static_cast<size_t>(n));
    for (size_t i = 0; i < items.size(); ++i) ASSERT_EQ(items[i].place, expected[i].place) << i;
  }
}

TEST(RadixSort, PassesOverBytesThatAreTheSameInAllKeys) {
  std::vector<uint64_t> keys;
  for (uint64_t i = 0; i < 1'000; ++i) keys.push_back(i * 7919 % 1'000 << 40 | 5);
  RadixSort(&keys, [](uint64_t key) { return key; });
  for (uint64_t i = 0; i < keys.size(); ++i) ASSERT_EQ(keys[i], i << 40 | 5);
}

}  // namespace
}  // namespace bottega
