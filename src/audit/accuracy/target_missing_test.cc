#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

Dataset Labelled(int64_t missing) {
  TextCells labels = YesNo(100, 40);
  for (int64_t i = 0; i < missing; ++i) labels[static_cast<size_t>(7 + 3 * i)] = std::nullopt;
  return TestDataset()
      .Number("x", RandomNumbers(100, 1))
      .Text("y", labels, FeatureType::kBinary, Role::kTarget)
      .Make();
}

TEST(TargetMissingTest, NamesTheRowsThatLackIt) {
  const std::vector<Finding> found = FindingsOf("target_missing", Labelled(2));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.row, 7);
  EXPECT_EQ(found[0].place.column, "y");
  EXPECT_EQ(found[0].detail["rows"], (std::vector<int64_t>{7, 10}));
  EXPECT_THAT(found[0].message, HasSubstr("2 rows of 100 (2.0 %) have no 'y': row 7 and row 10"));
  EXPECT_THAT(found[0].fix, HasSubstr("fill in the labels"));
}

TEST(TargetMissingTest, ManyAreAnError) {
  EXPECT_EQ(FindingsOf("target_missing", Labelled(20))[0].severity, Severity::kWarning);
  EXPECT_EQ(FindingsOf("target_missing", Labelled(21))[0].severity, Severity::kError);
  EXPECT_EQ(FindingsOf("target_missing", Labelled(2), "{share: 0.01}")[0].severity,
            Severity::kError);
}

TEST(TargetMissingTest, NothingWhereAllAreThereOrNoneIsWanted) {
  EXPECT_TRUE(FindingsOf("target_missing", Labelled(0)).empty());
  const Dataset none = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_EQ(SkipReason("target_missing", none), "no column is the target");
}

}  // namespace
}  // namespace bottega
