#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 300;

TEST(DerivableColumnsTest, FormulaKindAndFix) {
  const std::vector<double> length = RandomNumbers(kRows, 1, 90),
                            width = RandomNumbers(kRows, 2, 90);
  std::vector<double> area, cm;
  for (size_t i = 0; i < length.size(); ++i) {
    area.push_back(length[i] * width[i]);
    cm.push_back(2.54 * length[i]);
  }
  const Dataset data = TestDataset()
                           .Number("length", length)
                           .Number("width", width)
                           .Number("area", area)
                           .Number("cm", cm)
                           .Number("free", RandomNumbers(kRows, 3))
                           .Make();
  const std::vector<Finding> found = FindingsOf("derivable_columns", data);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].place.column, "area");
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(found[0].detail["kind"], "product");
  EXPECT_THAT(found[0].message, HasSubstr("area = length * width"));
  EXPECT_THAT(found[0].fix, HasSubstr("data.roles: {area: ignored}"));
  EXPECT_THAT(found[1].message, HasSubstr("cm = 2.54 * length"));
  EXPECT_THAT(found[1].message, HasSubstr("inches and centimetres"));
}

TEST(DerivableColumnsTest, TheTargetIsNotComputed) {
  const std::vector<double> x = RandomNumbers(kRows, 1, 90);
  std::vector<double> twice;
  for (const double v : x) twice.push_back(2 * v);
  const Dataset data = TestDataset()
                           .Number("x", x)
                           .Number("z", RandomNumbers(kRows, 2))
                           .Number("y", twice, Role::kTarget)
                           .Make();
  EXPECT_TRUE(FindingsOf("derivable_columns", data).empty());
}

TEST(DerivableColumnsTest, FewRowsProveNothing) {
  const Dataset data = TestDataset().Number("a", {1, 2, 3}).Number("b", {2, 4, 6}).Make();
  EXPECT_EQ(SkipReason("derivable_columns", data), "there are fewer than 50 rows");
}

}  // namespace
}  // namespace bottega
