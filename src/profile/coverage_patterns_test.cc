#include "profile/coverage_patterns.h"

#include <gmock/gmock.h>

namespace bottega {
namespace {

using testing::ElementsAre;

ValueGroups Groups(const std::vector<int32_t>& code, size_t names) {
  ValueGroups groups{.names = std::vector<std::string>(names), .code = code};
  groups.count.assign(names, 0);
  for (const int32_t c : code) {
    if (c >= 0) ++groups.count[static_cast<size_t>(c)];
  }
  return groups;
}

TEST(CoveragePatternsTest, OnlyTheLeastSpecificOnesAreNamed) {
  // a = 0 never goes with b = 1; c splits everything evenly.
  std::vector<int32_t> a, b, c;
  for (int i = 0; i < 600; ++i) {
    a.push_back(i % 3);
    b.push_back(i % 3 == 0 ? 0 : i / 3 % 2);
    c.push_back(i / 6 % 2);
  }
  const ValueGroups ga = Groups(a, 3), gb = Groups(b, 2), gc = Groups(c, 2);
  const CoveragePatterns found = UncoveredPatterns({&ga, &gb, &gc}, 10);
  ASSERT_EQ(found.patterns.size(), 1u);
  EXPECT_THAT(found.patterns[0].group, ElementsAre(0, 1, -1));
  EXPECT_EQ(found.patterns[0].rows, 0);
  EXPECT_NEAR(found.patterns[0].expected, 200.0 / 3, 1e-9);
  EXPECT_TRUE(found.skipped.empty());
  // 6 + 6 + 4 pairs; of the 12 triples the two below the uncovered pair are not looked at.
  EXPECT_EQ(found.looked_at, 16 + 10);
}

TEST(CoveragePatternsTest, TriplesWhosePairsAreAllCovered) {
  std::vector<int32_t> a, b, c;
  for (int i = 0; i < 800; ++i) {
    const int cell = i % 8;
    if (cell == 7) continue;
    a.push_back(cell & 1);
    b.push_back(cell >> 1 & 1);
    c.push_back(cell >> 2 & 1);
  }
  const ValueGroups ga = Groups(a, 2), gb = Groups(b, 2), gc = Groups(c, 2);
  const CoveragePatterns found = UncoveredPatterns({&ga, &gb, &gc}, 50);
  ASSERT_EQ(found.patterns.size(), 1u);
  EXPECT_THAT(found.patterns[0].group, ElementsAre(1, 1, 1));
  EXPECT_TRUE(UncoveredPatterns({&ga, &gb, &gc}, 50, 2).patterns.empty());
}

TEST(CoveragePatternsTest, RareGroupsAndRowsWithoutAValueAreLeftOut) {
  const ValueGroups a = Groups({0, 0, 0, 0, 1, -1}, 2), b = Groups({0, 0, 1, 1, 0, 0}, 2);
  EXPECT_TRUE(UncoveredPatterns({&a, &b}, 2).patterns.empty());
  const CoveragePatterns thin = UncoveredPatterns({&a, &b}, 2, 2, 3);
  EXPECT_THAT(thin.skipped, ElementsAre(ElementsAre(0, 1)));
  EXPECT_TRUE(UncoveredPatterns({}, 2).patterns.empty());
}

}  // namespace
}  // namespace bottega
