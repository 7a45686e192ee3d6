#include "audit/history.h"

#include <gtest/gtest.h>

#include "audit/result_json.h"
#include "base/files.h"

namespace bottega {
namespace {

AuditSummary Summary(const std::string& time, const std::string& sha256 = "aa",
                     std::map<std::string, SeverityCounts> checks = {{"missing_values", {}}}) {
  return {
      .id = time, .time = time, .source = "a.csv", .sha256 = sha256, .checks = std::move(checks)};
}

constexpr const char* kFirst = "2026-05-01T10:00:00Z";
const std::vector<std::string> kChecks = {"missing_values"};

TEST(HistoryTest, SummariesAreKeptBySource) {
  TemporaryFolder folder;
  AuditSummary summary = Summary(kFirst, "aa", {{"missing_values", {1, 2, 3}}});
  summary.rows = 7, summary.waived = 2, summary.faults = {"exact_duplicates"},
  summary.version = "1";
  WriteSummary(folder.path(), summary);
  summary.id = summary.time = "2026-05-03T10:00:00Z";
  WriteSummary(folder.path(), summary);
  summary.source = "b.csv", summary.id = "other";
  WriteSummary(folder.path(), summary);
  WriteFileAtomic(folder.path() / ".bottega" / "audits" / "broken.json", "{");
  WriteFileAtomic(folder.path() / ".bottega" / "audits" / "history.html", "<p>");
  const std::vector<AuditSummary> history = ReadHistory(folder.path(), "a.csv");
  ASSERT_EQ(history.size(), 2u);
  EXPECT_EQ(history[0].time, kFirst);
  EXPECT_EQ(history[0].id, kFirst);
  EXPECT_EQ(history[0].rows, 7);
  EXPECT_EQ(history[0].waived, 2);
  EXPECT_EQ(history[0].faults, std::vector<std::string>{"exact_duplicates"});
  EXPECT_EQ(history[1].Total(), (SeverityCounts{1, 2, 3}));
  EXPECT_TRUE(ReadHistory(folder.path() / "nowhere", "a.csv").empty());
}

TEST(HistoryTest, LostSummariesAreMadeAgainOfTheStageFolders) {
  TemporaryFolder folder;
  const AuditResult audit{.checks = {{.name = "missing_values", .count = 4, .open = {1, 3, 0}}},
                          .rows = 9,
                          .source = "a.csv",
                          .sha256 = "bb"};
  WriteJson(folder.path() / ".bottega" / "audit" / "0123" / "audit.json", AuditToJson(audit));
  for (int again = 0; again < 2; ++again) {
    const std::vector<AuditSummary> history = ReadHistory(folder.path(), "a.csv");
    ASSERT_EQ(history.size(), 1u);
    EXPECT_EQ(history[0].Total(), (SeverityCounts{1, 3, 0}));
    EXPECT_EQ(history[0].sha256, "bb");
    EXPECT_EQ(history[0].digest, "0123");
    EXPECT_GT(UnixOf(history[0].time), 1'500'000'000);
  }
  EXPECT_TRUE(ReadHistory(folder.path(), "b.csv").empty());
}

TEST(HistoryTest, IntervalsAndTimes) {
  EXPECT_EQ(ParseInterval("12h"), 12 * 3600);
  EXPECT_EQ(ParseInterval("30d"), 30 * 86'400);
  EXPECT_EQ(ParseInterval("2w"), 14 * 86'400);
  for (const char* wrong : {"", "d", "30", "0d", "-3d", "1.5d", "30 d", "30days", "999999999d"}) {
    EXPECT_EQ(ParseInterval(wrong), 0) << wrong;
  }
  EXPECT_EQ(UnixOf("1970-01-02T00:00:01Z"), 86'401);
  EXPECT_EQ(UnixOf("yesterday"), 0);
}

TEST(HistoryTest, SaysWhenAnAuditIsDue) {
  const int64_t then = UnixOf(kFirst), day = 86'400;
  const auto judge = [&](const std::vector<AuditSummary>& history, int64_t now,
                         const std::string& every = "30d", const std::string& sha256 = "aa") {
    return JudgeDue(history, sha256, kChecks, every, now);
  };
  EXPECT_TRUE(judge({}, then).due);
  const std::vector<AuditSummary> once = {Summary(kFirst)};
  EXPECT_FALSE(judge(once, then + 30 * day).due);
  EXPECT_EQ(judge(once, then + day).reason,
            "the last audit, of 2026-05-01T10:00:00Z, is of the same data; the next is due on "
            "2026-05-31T10:00:00Z");
  EXPECT_TRUE(judge(once, then + 30 * day + 1).due);
  EXPECT_FALSE(judge(once, then + 900 * day, "").due);
  EXPECT_FALSE(judge(once, then - 5 * day).due) << "a clock that was set back";
  const Due changed = judge(once, then + day, "30d", "bb");
  EXPECT_TRUE(changed.due);
  EXPECT_EQ(changed.reason, "the data changed since the last audit, of 2026-05-01T10:00:00Z");
}

TEST(HistoryTest, AnAuditOfSomeChecksIsNoWholeOne) {
  const int64_t now = UnixOf("2026-05-02T10:00:00Z");
  const AuditSummary some = Summary("2026-05-02T09:00:00Z", "aa", {{"class_balance", {}}});
  EXPECT_EQ(JudgeDue({some}, "aa", kChecks, "30d", now).reason,
            "no audit of these data has looked for missing_values");
  EXPECT_FALSE(JudgeDue({Summary(kFirst), some}, "aa", kChecks, "30d", now).due);
  EXPECT_TRUE(JudgeDue({Summary(kFirst), some}, "aa", kChecks, "12h", now).due);
}

TEST(HistoryTest, WorseIsMoreErrorsOrAKindThatWasNotThere) {
  const auto worse = [](SeverityCounts then, SeverityCounts now) {
    return WorseThan(
        Summary(kFirst, "aa", {{"missing_values", then}}),
        Summary(kFirst, "aa", {{"missing_values", now}, {"class_balance", {0, 0, 9}}}));
  };
  EXPECT_TRUE(worse({0, 1, 1}, {9, 9, 1}).empty());
  EXPECT_TRUE(worse({0, 0, 0}, {9, 0, 0}).empty());
  ASSERT_EQ(worse({0, 1, 1}, {0, 0, 2}).size(), 1u);
  EXPECT_FALSE(worse({0, 1, 1}, {0, 0, 2})[0].new_kind());
  ASSERT_EQ(worse({3, 0, 0}, {0, 1, 0}).size(), 1u);
  EXPECT_TRUE(worse({3, 0, 0}, {0, 1, 0})[0].new_kind());
  EXPECT_FALSE(worse({3, 0, 0}, {0, 1, 0})[0].more_errors());
}

}  // namespace
}  // namespace bottega
