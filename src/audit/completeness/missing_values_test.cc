#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 200;

std::vector<double> WithGaps(const std::vector<int64_t>& rows) {
  std::vector<double> x = RandomNumbers(kRows, 1);
  for (const int64_t row : rows) x[static_cast<size_t>(row)] = kMissing;
  return x;
}

std::vector<int64_t> Every(int64_t step, int64_t end = kRows) {
  std::vector<int64_t> rows;
  for (int64_t row = 0; row < end; row += step) rows.push_back(row);
  return rows;
}

Dataset Table(const std::vector<double>& x) {
  TextCells labels;
  for (int64_t i = 0; i < kRows; ++i) labels.push_back(i < 100 ? "yes" : "no");
  return TestDataset().Number("x", x).Text("y", labels, FeatureType::kBinary, Role::kTarget).Make();
}

TEST(MissingValuesTest, TheShareDecidesHowGraveItIs) {
  const std::vector<Finding> few = FindingsOf("missing_values", Table(WithGaps({3, 150})));
  ASSERT_EQ(few.size(), 1u);
  EXPECT_EQ(few[0].severity, Severity::kInfo);
  EXPECT_EQ(few[0].place.column, "x");
  EXPECT_EQ(few[0].detail["count"], 2);
  EXPECT_EQ(few[0].message, "'x' is missing in 2 of 200 rows (1.0 %)");
  EXPECT_THAT(few[0].fix, HasSubstr("training fills the gaps"));
  EXPECT_EQ(FindingsOf("missing_values", Table(WithGaps(Every(10))))[0].severity,
            Severity::kWarning);
  std::vector<double> none(kRows, kMissing);
  none[5] = 1;
  const std::vector<Finding> most = FindingsOf("missing_values", Table(none));
  ASSERT_EQ(most.size(), 1u);
  EXPECT_EQ(most[0].severity, Severity::kError);
  EXPECT_THAT(most[0].fix, HasSubstr("data.roles: {x: ignored}"));
}

TEST(MissingValuesTest, SaysHowGapsAreWritten) {
  Dataset data = Table(WithGaps({3, 150}));
  Written written;
  written.missing = {{.text = "N/A", .count = 1, .rows = {3}}};
  data.written = std::make_shared<WrittenByColumn>(WrittenByColumn{{"x", written}});
  const std::vector<Finding> found = FindingsOf("missing_values", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message, HasSubstr("(1.0 %), written 'N/A' in 1"));
  EXPECT_EQ(found[0].detail["spellings"][0]["rows"][0], 3);
}

TEST(MissingValuesTest, NothingInAFullTable) {
  EXPECT_TRUE(FindingsOf("missing_values", Table(RandomNumbers(kRows, 1))).empty());
}

TEST(MissingValuesTest, TargetsAndIgnoredColumnsAreNotItsBusiness) {
  TextCells gaps(kRows, "a");
  gaps[1] = std::nullopt;
  const Dataset data = TestDataset()
                           .Number("x", RandomNumbers(kRows, 1))
                           .Text("left_out", gaps, FeatureType::kCategory, Role::kIgnored)
                           .Text("y", gaps, FeatureType::kCategory, Role::kTarget)
                           .Make();
  EXPECT_TRUE(FindingsOf("missing_values", data).empty());
}

}  // namespace
}  // namespace bottega
