#include "audit/review/review_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace bottega {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Decision Say(int64_t row, const std::string& label, const std::string& who = "Ada") {
  return {.row = row,
          .content = "c" + std::to_string(row),
          .data = "d",
          .verdict = Verdict::kLabel,
          .before = "no",
          .after = label,
          .reviewer = who,
          .time = "2026-11-30T10:00:00Z",
          .review = "queue"};
}

class ReviewLogTest : public testing::Test {
 protected:
  std::filesystem::path Log() const { return project() / "reviews" / "queue" / "ada.jsonl"; }
  const std::filesystem::path& project() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

TEST_F(ReviewLogTest, KeepsWhatWasSaid) {
  Decision first = Say(3, "yes");
  first.note = "sì, \"sure\"\n";
  first.suggested = "yes";
  first.why = "suspicious_labels-1";
  first.copy_of = 2;
  first.blind = true;
  AppendDecisions(project(), "queue", "Ada", {first});
  Decision none = Say(4, "");
  none.before.reset();
  none.after.reset();
  none.verdict = Verdict::kSetAside;
  AppendDecisions(project(), "queue", "Ada", {none});
  const auto logs = ReadReviewLogs(project());
  ASSERT_EQ(logs.size(), 1u);
  EXPECT_EQ(logs[0].path, "reviews/queue/ada.jsonl");
  EXPECT_THAT(logs[0].breaks, IsEmpty());
  ASSERT_EQ(logs[0].decisions.size(), 2u);
  EXPECT_EQ(DecisionToJson(logs[0].decisions[0]), DecisionToJson(first));
  EXPECT_EQ(DecisionToJson(logs[0].decisions[1]), DecisionToJson(none));
}

TEST_F(ReviewLogTest, SeesWhatWasAltered) {
  for (int64_t row = 0; row < 5; ++row)
    AppendDecisions(project(), "queue", "Ada", {Say(row, "yes")});
  const std::string whole = ReadFile(Log());
  const std::string seal = ReadReviewLogs(project())[0].seal;
  std::vector<std::string> lines = Split(whole, '\n');
  const auto breaks = [&](std::vector<std::string> changed) {
    WriteFileAtomic(Log(), Join(changed, "\n"));
    return ReadReviewLogs(project())[0].breaks;
  };
  std::vector<std::string> altered = lines;
  altered[2] = Replace(altered[2], "\"yes\"", "\"no\"");
  EXPECT_THAT(breaks(altered), ElementsAre(4));
  std::vector<std::string> without = lines;
  without.erase(without.begin() + 1);
  EXPECT_THAT(breaks(without), ElementsAre(2));
  std::vector<std::string> swapped = lines;
  std::swap(swapped[1], swapped[2]);
  EXPECT_THAT(breaks(swapped), ElementsAre(2, 3, 4));
  // A cut at the end leaves a chain that is whole: only the seal tells.
  std::vector<std::string> cut(lines.begin(), lines.begin() + 3);
  cut.emplace_back();
  EXPECT_THAT(breaks(cut), IsEmpty());
  EXPECT_NE(ReadReviewLogs(project())[0].seal, seal);
}

TEST_F(ReviewLogTest, CutsWhatAKilledWriterLeft) {
  AppendDecisions(project(), "queue", "Ada", {Say(1, "yes")});
  std::ofstream(Log(), std::ios::app) << "{\"row\": 2, \"verd";
  EXPECT_EQ(ReadReviewLogs(project())[0].decisions.size(), 1u);
  AppendDecisions(project(), "queue", "Ada", {Say(3, "yes")});
  const ReviewLog log = ReadReviewLogs(project())[0];
  ASSERT_EQ(log.decisions.size(), 2u);
  EXPECT_EQ(log.decisions[1].row, 3);
  EXPECT_THAT(log.breaks, IsEmpty());
}

TEST_F(ReviewLogTest, TwoWritersOfOneNameLoseNothing) {
  constexpr int kEach = 40;
  const auto write = [&](int64_t from) {
    for (int64_t row = from; row < from + kEach; ++row) {
      AppendDecisions(project(), "queue", "Ada", {Say(row, "yes")});
    }
  };
  std::thread other([&] { write(1000); });
  write(0);
  other.join();
  const ReviewLog log = ReadReviewLogs(project())[0];
  EXPECT_EQ(log.decisions.size(), 2u * kEach);
  EXPECT_THAT(log.breaks, IsEmpty());
}

TEST_F(ReviewLogTest, NamesOfFiles) {
  EXPECT_EQ(ReviewerFileName("ada"), "ada.jsonl");
  EXPECT_EQ(ReviewerFileName("Ada Lovelace"), "ada-lovelace.jsonl");
  EXPECT_NE(ReviewerFileName("Ada-Lovelace!"), ReviewerFileName("Ada Lovelace"));
  EXPECT_NE(ReviewerFileName("Åsa"), ReviewerFileName("Ösa"));
  EXPECT_EQ(ReviewerFileName("../../etc/passwd").find('/'), std::string::npos);
  EXPECT_EQ(ReviewerFileName("..").find(".."), std::string::npos);
}

TEST_F(ReviewLogTest, RefusesWhatIsNoDecision) {
  AppendDecisions(project(), "queue", "Ada", {Say(1, "yes")});
  std::ofstream(Log(), std::ios::app) << "{\"row\": \"x\"}\n";
  EXPECT_THROW(ReadReviewLogs(project()), Error);
}

}  // namespace
}  // namespace bottega
