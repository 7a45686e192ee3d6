#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 600;

TEST(RowOrderTest, SortedDriftingAndAlikeNeighbours) {
  std::vector<double> rising = RandomNumbers(kRows, 1), drift;
  std::sort(rising.begin(), rising.end());
  TextCells turns;
  for (int64_t i = 0; i < kRows; ++i) {
    drift.push_back(static_cast<double>(i) / 200 + Random(3, Purpose::kSample, 2, i).Normal());
    turns.push_back(i / 3 % 2 == 0 ? "a" : "b");
  }
  const Dataset data = TestDataset()
                           .Number("rising", rising)
                           .Number("drift", drift)
                           .Text("turns", turns)
                           .Number("free", RandomNumbers(kRows, 3))
                           .Text("y", YesNo(kRows, 250), FeatureType::kBinary, Role::kTarget)
                           .Make();
  const std::vector<Finding> found = FindingsOf("row_order", data);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].message, "the rows are sorted by 'y'");
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[1].message, "the rows are sorted by 'rising'");
  EXPECT_EQ(found[1].severity, Severity::kInfo);
  EXPECT_EQ(found[2].detail["columns"].size(), 2u);
  EXPECT_THAT(found[2].message, HasSubstr("'drift' changes along the rows"));
  EXPECT_THAT(found[2].message, HasSubstr("'turns' of neighbouring rows goes together"));
}

TEST(RowOrderTest, ShuffledRowsAndSkips) {
  const auto table = [] {
    return TestDataset()
        .Number("x", RandomNumbers(kRows, 1))
        .Text("c", RandomTexts(kRows, 2, {"a", "b", "c"}));
  };
  EXPECT_TRUE(FindingsOf("row_order", table().Make()).empty());
  TextCells part(kRows, "train");
  part[9] = "test";
  EXPECT_THAT(SkipReason("row_order",
                         table().Text("part", part, FeatureType::kCategory, Role::kPart).Make()),
              HasSubstr("parts of its own"));
  EXPECT_EQ(SkipReason("row_order", TestDataset().Number("x", {1, 2}).Make()),
            "there are fewer than 100 rows");
}

}  // namespace
}  // namespace bottega
