#include <gmock/gmock.h>

#include <cstdlib>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

// 2024-03-01, so that tests do not age.
class StaleRowsTest : public testing::Test {
 protected:
  void SetUp() override { setenv("SOURCE_DATE_EPOCH", "1709251200", 1); }
  void TearDown() override { unsetenv("SOURCE_DATE_EPOCH"); }

  static constexpr int64_t kToday = 19'783;

  static Dataset Ages(const std::vector<int64_t>& days, Role role = Role::kTime) {
    std::vector<std::optional<int64_t>> dates;
    for (const int64_t age : days) dates.push_back((kToday - age) * 86'400'000'000);
    return TestDataset().Dates("seen", dates, role).Number("x", RandomNumbers(9, 1)).Make();
  }
  static AuditResult Audit(const Dataset& data, const std::string& more) {
    const std::string yaml = "{checks: [stale_rows]" + (more.empty() ? "" : ", " + more) + "}";
    return RunAudit(data, ResolveSection(AuditSection(), yaml, {CheckSpecs()}));
  }
};

TEST_F(StaleRowsTest, OldRecordsAmongCurrentOnes) {
  const Dataset data = Ages({1, 2, 400, 3, 4, 900, 10, 365, 366});
  const auto result = Audit(data, "max_age: 365d");
  ASSERT_EQ(result.findings.size(), 1u);
  const Finding& found = result.findings[0];
  EXPECT_EQ(found.severity, Severity::kWarning);
  EXPECT_EQ(found.detail["rows"], (std::vector<int64_t>{2, 5, 8}));
  EXPECT_EQ(found.place.row, 2);
  EXPECT_THAT(found.message, HasSubstr("3 rows of 9 are older than the 365d"));
  EXPECT_EQ(result.scores[0].rows[2], 0);
  EXPECT_EQ(result.scores[0].rows[7], 1);
}

TEST_F(StaleRowsTest, DataThatStoppedComing) {
  const auto result = Audit(Ages({500, 501, 502, 503, 504, 505, 506, 507, 508}), "max_age: 1y");
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].severity, Severity::kError);
  EXPECT_THAT(result.findings[0].message,
              HasSubstr("the newest record is of 2022-10-18, 500 days"));
}

TEST_F(StaleRowsTest, WhichColumnAndHowLong) {
  const Dataset data = Ages({1, 2, 3, 4, 5, 6, 7, 8, 40}, Role::kFeature);
  EXPECT_EQ(Audit(data, "max_age: 2w").findings.size(), 1u);  // the only column of dates
  EXPECT_EQ(Audit(data, "max_age: 18mo, date_column: seen").findings.size(), 0u);
  EXPECT_EQ(Audit(data, "").checks[0].reason, "audit.max_age is not set");
  EXPECT_THROW(Audit(data, "max_age: soon"), Error);
  EXPECT_THROW(Audit(data, "max_age: 2w, date_column: x"), Error);
  EXPECT_THROW(Audit(data, "max_age: 2w, date_column: nothing"), Error);
}

TEST_F(StaleRowsTest, RowsWithoutADate) {
  Dataset data = TestDataset().Dates("seen", {kToday * 86'400'000'000, std::nullopt}).Make();
  const auto result = Audit(data, "max_age: 2w");
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_THAT(result.findings[0].message, HasSubstr("1 row has no date"));
}

}  // namespace
}  // namespace bottega
