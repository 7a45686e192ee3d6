#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TEST(ConstantColumnTest, OneValueOrNone) {
  TextCells half(40, "EUR");
  half[3] = std::nullopt;
  const Dataset data = TestDataset()
                           .Number("x", RandomNumbers(40, 1))
                           .Text("currency", half)
                           .Number("seven", std::vector<double>(40, 7))
                           .Number("nothing", std::vector<double>(40, kMissing))
                           .Make();
  const std::vector<Finding> found = FindingsOf("constant_column", data);
  ASSERT_EQ(found.size(), 3u);
  for (const Finding& finding : found) EXPECT_EQ(finding.severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.column, "currency");
  EXPECT_EQ(found[0].message, "'currency' holds nothing but 'EUR'");
  EXPECT_THAT(found[0].fix, HasSubstr("data.roles: {currency: ignored}"));
  EXPECT_EQ(found[1].message, "'seven' holds nothing but '7'");
  EXPECT_EQ(found[2].message, "'nothing' is empty in every row");
}

TEST(ConstantColumnTest, NearlyConstantIsAnInfo) {
  TextCells country(2000, "IT");
  country[9] = country[10] = "SM";
  const Dataset data = TestDataset().Text("country", country).Make();
  const std::vector<Finding> found = FindingsOf("constant_column", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(found[0].message, "'country' is 'IT' in 1,998 rows of 2,000");
  EXPECT_TRUE(FindingsOf("constant_column", data, "{share: 0.9995}").empty());
}

TEST(ConstantColumnTest, NothingWhereValuesDifferOrNobodyLearnsFromThem) {
  const Dataset data =
      TestDataset()
          .Number("x", RandomNumbers(40, 1))
          .Text("left_out", TextCells(40, "a"), FeatureType::kCategory, Role::kIgnored)
          .Text("y", YesNo(40, 0), FeatureType::kBinary, Role::kTarget)
          .Make();
  EXPECT_TRUE(FindingsOf("constant_column", data).empty());
  const Dataset one = TestDataset().Number("x", {1}).Make();
  EXPECT_EQ(SkipReason("constant_column", one), "there are fewer than two rows");
}

}  // namespace
}  // namespace bottega
