#include "audit/waivers.h"

#include <gtest/gtest.h>

namespace bottega {
namespace {

Json Settings(const std::string& until = "2027-01-31") {
  return {{"reason", "twins"}, {"until", until}, {"by", "Ada"}};
}

TEST(WaiversTest, SaysWhatIsWrong) {
  EXPECT_EQ(WrongWaiver("missing_values:age", Settings()), "");
  EXPECT_EQ(WrongWaiver("missing_values-0123456789ab", Settings()), "");
  EXPECT_EQ(WrongWaiver("mising_values:age", Settings()),
            "waiver 'mising_values:age': it names no check: did you mean missing_values?");
  EXPECT_EQ(WrongWaiver("missing_values", Settings()),
            "waiver 'missing_values': write the id of a finding, or CHECK:COLUMN as in "
            "'missing_values:*'");
  EXPECT_EQ(WrongWaiver("missing_values:*", "no"),
            "waiver 'missing_values:*': give it {reason: ..., until: 2027-01-31, by: ...}");
  for (const char* key : {"reason", "until", "by"}) {
    Json settings = Settings();
    settings[key] = "  ";
    EXPECT_EQ(WrongWaiver("missing_values:*", settings),
              "waiver 'missing_values:*': '" + std::string(key) + "' is missing");
  }
  Json settings = Settings();
  settings["untill"] = "x";
  EXPECT_EQ(WrongWaiver("missing_values:*", settings),
            "waiver 'missing_values:*': there is no key 'untill'; it has reason, until, by");
  for (const char* day : {"2027-02-30", "2027-1-5", "soon", "31.1.2027"}) {
    EXPECT_EQ(WrongWaiver("missing_values:*", Settings(day)),
              "waiver 'missing_values:*': 'until' must be a day as 2027-01-31, not '" +
                  std::string(day) + "'");
  }
}

TEST(WaiversTest, PatternsAreOfTheColumnOrTheFile) {
  const Finding column{.check = "missing_values",
                       .place = {.file = "a.csv", .column = "age at 30"}};
  const Finding file{.check = "unreadable_file", .place = {.file = "scans/old/1.png"}};
  const auto covers = [](const std::string& target, const Finding& finding) {
    return Covers({.target = target}, finding);
  };
  EXPECT_TRUE(covers("missing_values:age at 30", column));
  EXPECT_TRUE(covers("missing_values:age*", column));
  EXPECT_TRUE(covers("missing_values:*at*30", column));
  EXPECT_TRUE(covers("missing_values:*", column));
  EXPECT_FALSE(covers("missing_values:age", column));
  EXPECT_FALSE(covers("missing_values:*at", column));
  EXPECT_FALSE(covers("constant_column:*", column));
  EXPECT_TRUE(covers("unreadable_file:scans/*.png", file));
  EXPECT_FALSE(covers("unreadable_file:scans/*.jpg", file));
  EXPECT_FALSE(
      covers("missing_values:*aa*a", {.check = "missing_values", .place = {.column = "aa"}}));
}

TEST(WaiversTest, HoldThroughTheirDay) {
  AuditResult result{.checks = {{.name = "missing_values", .count = 1}}};
  result.findings = {
      {.id = "missing_values-0123456789ab", .check = "missing_values", .place = {.column = "age"}}};
  const std::vector<Waiver> waivers =
      WaiversOf({{"missing_values-0123456789ab", Settings("2026-05-31")}}, "waivers.yaml");
  ApplyWaivers(waivers, "2026-06-01", &result);
  EXPECT_FALSE(result.findings[0].waived);
  EXPECT_TRUE(HasExpired(waivers[0], "2026-06-01"));
  ApplyWaivers(waivers, "2026-05-31", &result);
  ASSERT_TRUE(result.findings[0].waived);
  EXPECT_EQ(result.findings[0].waived->reason, "twins");
  EXPECT_FALSE(result.findings[0].open());
}

TEST(WaiversTest, ConflictsAreSettledWhenAllTheirRowsAre) {
  const auto conflict = [](std::vector<int64_t> rows) {
    return Finding{
        .check = "conflicting_labels", .place = {.row = rows[0]}, .detail = {{"rows", rows}}};
  };
  AuditResult result{.findings = {conflict({1, 2}),
                                  conflict({2, 3}),
                                  {.check = "suspicious_labels", .place = {.row = 2}},
                                  {.check = "outlier_rows", .place = {.row = 2}}}};
  ApplyReviewed({{1, {"the label was confirmed", "Ada"}}, {2, {"the label was confirmed", "Ada"}}},
                &result);
  EXPECT_TRUE(result.findings[0].waived);
  EXPECT_FALSE(result.findings[1].waived);
  EXPECT_TRUE(result.findings[2].waived);
  EXPECT_FALSE(result.findings[3].waived);
}

}  // namespace
}  // namespace bottega
