#include "run/verify.h"

#include <gtest/gtest.h>

#include <map>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "run/manifest.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

// A project with a source and one sealed run of three files.
class VerifyTest : public ::testing::Test {
 protected:
  VerifyTest() : run_(project_.path() / "runs" / "r") {
    WriteFileAtomic(project_.path() / "people.csv", "a,b\n1,2\n");
    for (const char* name : {"metrics.json", "split.parquet", "model/config.json"}) {
      WriteFileAtomic(run_.File(name), name);
    }
    SealManifest(run_,
                 {{"inputs", {{"source", "people.csv"}, {"sha256", Sha256Hex("a,b\n1,2\n")}}}});
  }

  std::map<std::string, FileState> States(const std::vector<Receipt>& receipts = {}) {
    std::map<std::string, FileState> states;
    for (const VerifiedFile& file : VerifyRun(run_, receipts)) {
      states[file.path.substr(std::string("runs/r/").size())] = file.state;
    }
    return states;
  }

  // Of a run file that is changed, or with `bytes` nullopt taken away.
  Receipt Changed(const std::string& name, const char* bytes) {
    return {.id = "20260102-030405-abcd",
            .files = {{"runs/r/" + name, Sha256OfFile(run_.File(name)),
                       bytes == nullptr ? "" : Sha256Hex(bytes), "changed"}}};
  }

  TemporaryFolder project_;
  RunFolder run_;
};

TEST_F(VerifyTest, ASealedRunIsTheSame) {
  const auto states = States();
  ASSERT_EQ(states.size(), 3u);
  for (const auto& [name, state] : states) EXPECT_EQ(state, FileState::kSame) << name;
  EXPECT_EQ(VerifySource(run_, {}).state, FileState::kSame);
}

TEST_F(VerifyTest, SeesWhatWasChangedTakenAwayAndAdded) {
  WriteFileAtomic(run_.File("metrics.json"), "better");
  fs::remove(run_.File("split.parquet"));
  WriteFileAtomic(run_.File("extra.txt"), "");
  const auto states = States();
  EXPECT_EQ(states.at("metrics.json"), FileState::kChanged);
  EXPECT_EQ(states.at("split.parquet"), FileState::kMissing);
  EXPECT_EQ(states.at("extra.txt"), FileState::kNew);
  EXPECT_FALSE(IsFault(FileState::kNew));
  WriteFileAtomic(project_.path() / "people.csv", "a,b\n");
  EXPECT_EQ(VerifySource(run_, {}).state, FileState::kChanged);
  fs::remove(project_.path() / "people.csv");
  EXPECT_EQ(VerifySource(run_, {}).state, FileState::kMissing);
}

TEST_F(VerifyTest, AChangeOfTheSameSizeAndTimeIsSeen) {
  const fs::path file = project_.path() / "people.csv";
  const auto time = fs::last_write_time(file);
  EXPECT_EQ(VerifySource(run_, {}).state, FileState::kSame);
  WriteFileAtomic(file, "a,b\n1,3\n");
  fs::last_write_time(file, time);
  EXPECT_EQ(VerifySource(run_, {}).state, FileState::kChanged);
}

TEST_F(VerifyTest, ReceiptsAmend) {
  const Receipt changed = Changed("metrics.json", "less"), gone = Changed("split.parquet", nullptr);
  WriteFileAtomic(run_.File("metrics.json"), "less");
  fs::remove(run_.File("split.parquet"));
  auto states = States({changed, gone});
  EXPECT_EQ(states.at("metrics.json"), FileState::kAmended);
  EXPECT_EQ(states.at("split.parquet"), FileState::kAmended);
  WriteFileAtomic(run_.File("metrics.json"), "metrics.json");
  WriteFileAtomic(run_.File("split.parquet"), "split.parquet");
  states = States({changed, gone});
  EXPECT_EQ(states.at("metrics.json"), FileState::kBack);
  EXPECT_EQ(states.at("split.parquet"), FileState::kBack);
}

TEST_F(VerifyTest, WhatIsSealedAgainLeavesOtherEntriesAlone) {
  WriteFileAtomic(run_.File("metrics.json"), "tampered");
  WriteFileAtomic(run_.File("report.html"), "<html>");
  SealOutputs(run_, {"report.html"});
  const auto states = States();
  EXPECT_EQ(states.at("report.html"), FileState::kSame);
  EXPECT_EQ(states.at("metrics.json"), FileState::kChanged);
}

TEST_F(VerifyTest, AnUnfinishedRunHasNothingToVerify) {
  run_.Write("manifest.json", {{"inputs", Json::object()}});
  EXPECT_THROW(VerifyRun(run_, {}), Error);
}

TEST_F(VerifyTest, AnAlteredReceiptBreaksTheChain) {
  for (const char* id : {"1", "2", "3"}) WriteReceipt(project_.path(), {.id = id});
  EXPECT_TRUE(BrokenReceipts(project_.path()).empty());
  const fs::path second = ReceiptFilePath(project_.path(), "2");
  WriteFileAtomic(second, ReadFile(second) + "\n");
  EXPECT_EQ(BrokenReceipts(project_.path()), (std::vector<std::string>{"3"}));
  fs::remove(second);
  EXPECT_EQ(BrokenReceipts(project_.path()), (std::vector<std::string>{"3"}));
}

}  // namespace
}  // namespace bottega
