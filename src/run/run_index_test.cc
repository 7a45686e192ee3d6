#include "run/run_index.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "base/error.h"
#include "base/files.h"
#include "run/store.h"
#include "run/tags.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

class RunIndexTest : public testing::Test {
 protected:
  RunFolder Make(const std::string& id, double accuracy, const std::string& lr = "") {
    const RunFolder run(project_.path() / "runs" / id);
    Json recipe = {
        {"data", {{"source", "loans.csv"}}},
        {"model", {{"name", "mlp"}}},
        {"train", {{"optimizer", {{"name", "adamw"}, {"lr", lr.empty() ? "1e-3" : lr}}}}}};
    Json manifest = {{"created", "2026-01-01T12:00:00Z"},
                     {"recipe", recipe},
                     {"inputs", {{"sha256", "abc"}}},
                     {"trained", {{"epochs", 3}, {"best_epoch", 2}, {"seconds", 0.5}}},
                     {"origin", Json::object()}};
    if (!lr.empty()) manifest["origin"]["train.optimizer.lr"] = "--set";
    run.Write(
        "metrics.json",
        {{"primary", "accuracy"},
         {"test", {{"accuracy", {{"value", accuracy}, {"low", accuracy - 0.1}, {"high", 0.99}}}}}});
    run.Write("manifest.json", manifest);
    return run;
  }
  fs::path database() const { return project_.path() / ".bottega" / "bottega.db"; }

  const TemporaryFolder project_;
};

TEST_F(RunIndexTest, ReadsEachFolderOnceAndAgainWhenItChanges) {
  Make("20260101-120000-aaaa", 0.7);
  const RunFolder second = Make("20260102-120000-bbbb", 0.8, "3e-4");
  {
    RunIndex index(project_.path());
    EXPECT_EQ(index.refreshed(), 2);
    const std::vector<RunRecord> runs = index.Runs();
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_EQ(runs[0].id, "20260102-120000-bbbb");
    EXPECT_EQ(runs[0].state, "evaluated");
    EXPECT_EQ(runs[0].headline, "test.accuracy");
    EXPECT_EQ(runs[0].score.value, 0.8);
    EXPECT_EQ(runs[0].source_sha256, "abc");
    EXPECT_NE(runs[0].recipe_digest, runs[1].recipe_digest);
    EXPECT_NEAR(index.Scores("test.accuracy").at("20260101-120000-aaaa").low, 0.6, 1e-12);
    EXPECT_EQ(index.Scores("trained.epochs").at(second.id()).value, 3);
    EXPECT_EQ(index.Named().at("train.optimizer.lr").size(), 1U);
    EXPECT_EQ(index.Settings(second.id()).at("train.optimizer.lr"), "3e-4");
  }
  EXPECT_EQ(RunIndex(project_.path()).refreshed(), 0);
  ChangeTags(second, {"good"}, {});
  RunIndex index(project_.path());
  EXPECT_EQ(index.refreshed(), 1);
  EXPECT_EQ(index.Runs()[0].tags, std::vector<std::string>{"good"});
}

TEST_F(RunIndexTest, ForgetsFoldersThatAreGone) {
  const RunFolder run = Make("20260101-120000-aaaa", 0.7);
  Make("20260102-120000-bbbb", 0.8);
  EXPECT_EQ(RunIndex(project_.path()).Runs().size(), 2U);
  fs::remove_all(run.path());
  RunIndex index(project_.path());
  EXPECT_EQ(index.Runs().size(), 1U);
  EXPECT_EQ(index.Scores("test.accuracy").size(), 1U);
}

TEST_F(RunIndexTest, IsRebuiltWhereItIsDamaged) {
  Make("20260101-120000-aaaa", 0.7);
  {
    RunIndex index(project_.path());
  }
  WriteFileAtomic(database(), std::string(8192, 'x'));
  RunIndex index(project_.path());
  EXPECT_EQ(index.refreshed(), 1);
  EXPECT_EQ(index.Runs().size(), 1U);
  EXPECT_EQ(RunIndex(project_.path()).refreshed(), 0);
}

TEST_F(RunIndexTest, ARunThatCannotBeReadIsListedAsDamaged) {
  const RunFolder run = Make("20260101-120000-aaaa", 0.7);
  WriteFileAtomic(run.File("manifest.json"), "{\"recipe\": ");
  RunIndex index(project_.path());
  ASSERT_EQ(index.Runs().size(), 1U);
  EXPECT_EQ(index.Runs()[0].state, "damaged");
}

TEST_F(RunIndexTest, LeavesAFolderWithoutRunsAlone) {
  RunIndex index(project_.path());
  EXPECT_TRUE(index.Runs().empty());
  EXPECT_TRUE(index.Scores("test.accuracy").empty());
  EXPECT_FALSE(fs::exists(project_.path() / ".bottega"));
}

TEST_F(RunIndexTest, ManyAtOnceAgree) {
  for (int i = 0; i < 40; ++i)
    Make("2026010" + std::to_string(i / 10) + "-" + std::to_string(i), 0.5);
  std::vector<std::thread> threads;
  std::vector<size_t> counts(6);
  for (size_t t = 0; t < counts.size(); ++t) {
    threads.emplace_back([&, t] { counts[t] = RunIndex(project_.path()).Runs().size(); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counts, std::vector<size_t>(6, 40));
}

TEST_F(RunIndexTest, WorksWhereNothingMayBeWritten) {
  Make("20260101-120000-aaaa", 0.7);
  using fs::perms;
  fs::permissions(project_.path(), perms::owner_read | perms::owner_exec | perms::group_read |
                                       perms::group_exec | perms::others_read | perms::others_exec);
  const pid_t child = fork();
  if (child == 0) {
    if (getuid() == 0 && setuid(65534) != 0) _exit(2);
    try {
      _exit(RunIndex(project_.path()).Runs().size() == 1 ? 0 : 1);
    } catch (const std::exception&) {
      _exit(3);
    }
  }
  int status = 1;
  waitpid(child, &status, 0);
  fs::permissions(project_.path(), fs::perms::owner_all);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_FALSE(fs::exists(database()));
}

TEST_F(RunIndexTest, ForgettingDropsWhatItKnowsOfRuns) {
  const RunFolder run = Make("20260101-120000-aaaa", 0.7);
  ChangeTags(run, {"anna-complained"}, {});
  {
    RunIndex index(project_.path());
  }
  EXPECT_EQ(ForgetPaths(project_.path(), [](const std::string&) { return false; }), 0);
  EXPECT_EQ(ReadFile(database()).find("anna-complained"), std::string::npos);
  EXPECT_EQ(RunIndex(project_.path()).refreshed(), 1);
}

}  // namespace
}  // namespace bottega
