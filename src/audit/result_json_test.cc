#include "audit/result_json.h"

#include <gtest/gtest.h>

#include "base/files.h"

namespace bottega {
namespace {

TEST(ResultJsonTest, FindingsAreReadAsTheyWereWritten) {
  const TemporaryFolder folder;
  AuditResult result;
  result.findings = {{.id = "a-1",
                      .check = "suspicious_labels",
                      .severity = Severity::kInfo,
                      .confidence = 0.125,
                      .place = {.file = "x.csv", .row = 7, .line = 9, .column = "y"},
                      .message = "row 7 'a'\nb",
                      .fix = "look",
                      .detail = {{"rows", {1, 2}}}},
                     {.id = "b-1", .check = "missing_values", .detail = nullptr}};
  result.findings[1].waived = {"asked since May", "Ada", "2027-01-31"};
  WriteFindings(folder.path() / "findings.parquet", result);
  const std::vector<Finding> read = ReadFindings(folder.path() / "findings.parquet");
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0].id, "a-1");
  EXPECT_EQ(read[0].severity, Severity::kInfo);
  EXPECT_EQ(read[0].confidence, 0.125);
  EXPECT_EQ(read[0].place.ToString(), result.findings[0].place.ToString());
  EXPECT_EQ(read[0].place.row, 7);
  EXPECT_EQ(read[0].message, result.findings[0].message);
  EXPECT_EQ(read[0].detail, result.findings[0].detail);
  EXPECT_FALSE(read[0].waived);
  EXPECT_EQ(read[1].place.row, -1);
  EXPECT_EQ(read[1].waived->reason, "asked since May");
}

}  // namespace
}  // namespace bottega
