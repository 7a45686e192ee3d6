#include "run/garbage.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <map>

#include "base/clock.h"
#include "base/files.h"
#include "run/receipt.h"
#include "run/tags.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

constexpr double kDay = 24 * 3600.0;

class GarbageTest : public testing::Test {
 protected:
  // A run whose files were last written `days` ago.
  RunFolder Make(const std::string& id, bool trained, double days, const Json& recipe = nullptr,
                 const Json& marks = Json::object()) {
    const RunFolder run(project_.path() / "runs" / id);
    Json manifest = {{"recipe", recipe.is_null() ? Json{{"model", "mlp"}} : recipe},
                     {"command", "bottega train"}};
    manifest.update(marks);
    if (trained) manifest["trained"] = {{"epochs", 1}};
    run.Write("manifest.json", manifest);
    WriteFileAtomic(run.File("checkpoints/last/state.json"), "0123456789");
    Age(run, days);
    return run;
  }
  void Age(const RunFolder& run, double days) {
    for (const fs::path& file : ListFiles(run.path())) {
      const time_t when = NowUnixSeconds() - static_cast<int64_t>(days * kDay);
      const timeval times[2] = {{when, 0}, {when, 0}};
      ASSERT_EQ(utimes((run.path() / file).c_str(), times), 0);
    }
  }
  std::vector<std::string> Found(const GarbageRules& rules) {
    kept_.clear();
    std::vector<std::string> found;
    for (const Garbage& one : FindGarbage(project_.path(), rules, &kept_)) {
      found.push_back(one.run.id() + " " + std::string(GarbageKindName(one.kind)));
    }
    return found;
  }

  const TemporaryFolder project_;
  std::vector<KeptRun> kept_;
};

using Names = std::vector<std::string>;

TEST_F(GarbageTest, UnfinishedRunsAndCheckpointsGoByThemselves) {
  Make("01-old", true, 90);
  Make("02-unfinished", false, 3);
  Make("03-fresh", false, 0.1);
  Make("04-resumable", false, 2);
  Make("05-newest", true, 90);
  EXPECT_EQ(Found({}), (Names{"01-old checkpoints", "02-unfinished unfinished run"}));
  ASSERT_EQ(kept_.size(), 1U);
  EXPECT_EQ(kept_[0].run, "04-resumable");
  EXPECT_EQ(Found({.checkpoints = false, .old_age = 30 * kDay}),
            (Names{"01-old old run", "02-unfinished unfinished run"}));
}

TEST_F(GarbageTest, TheNewestThatEachVerbWouldContinueStays) {
  Make("01-train", false, 9);
  Make("02-train", false, 8);
  Make("03-tune", false, 7, nullptr, {{"search", true}});
  Make("04-tune", true, 6, nullptr, {{"search", true}});  // its report is still to be written
  Make("05-ablate", false, 5, nullptr, {{"ablation", true}});
  Make("06-newest", true, 0);
  EXPECT_EQ(Found({}), (Names{"01-train unfinished run", "03-tune unfinished run"}));
  std::map<std::string, std::string> why;
  for (const KeptRun& run : kept_) why[run.run] = run.why;
  EXPECT_EQ(why["02-train"], "`bottega train --resume` continues it");
  EXPECT_EQ(why["05-ablate"], "`bottega ablate --resume` continues it");
  Found({.old_age = kDay});
  ASSERT_EQ(kept_.size(), 3U);
  EXPECT_EQ(kept_[1].run, "04-tune");
  EXPECT_EQ(kept_[1].why, "`bottega tune --resume` continues it");
}

TEST_F(GarbageTest, WhatIsTaggedNeededOrWrittenToStays) {
  ChangeTags(Make("01-tagged", true, 90), {"good"}, {});
  Age(RunFolder(project_.path() / "runs" / "01-tagged"), 90);
  Make("02-named", true, 90);
  const RunFolder locked = Make("03-locked", false, 90);
  Make("04-successor", true, 90);
  Make("05-recipe", true, 90);
  Make("06-newest", true, 90, {{"model", {{"pretrained", "runs/02-named/model"}}}});
  WriteFileAtomic(project_.path() / "bottega.yaml", "model: {pretrained: runs/05-recipe/model}\n");
  Receipt receipt{.id = "20260101-000000-0000"};
  receipt.stale = {{"00-gone", 1, 0, "04-successor"}};
  WriteReceipt(project_.path(), receipt);
  const FolderLock lock = locked.Lock();
  EXPECT_EQ(Found({.checkpoints = false, .old_age = 30 * kDay}), Names{});
  EXPECT_EQ(kept_.size(), 6U);
}

TEST_F(GarbageTest, RemovalLeavesARecordAndNoHalfRun) {
  const RunFolder old = Make("01-old", true, 90);
  const RunFolder kept = Make("02-kept", true, 1);
  Make("03-newest", true, 0);
  fs::create_directories(project_.path() / "runs" / "00-left" / "x");
  const timeval long_ago[2] = {{1, 0}, {1, 0}};
  utimes((project_.path() / "runs" / "00-left").c_str(), long_ago);
  std::vector<KeptRun> stays;
  const auto garbage = FindGarbage(project_.path(), {.old_age = 30 * kDay}, &stays);
  ASSERT_EQ(garbage.size(), 3U);
  const Json record = RemoveGarbage(project_.path(), garbage);
  EXPECT_FALSE(fs::exists(old.path()));
  EXPECT_FALSE(fs::exists(project_.path() / "runs" / "00-left"));
  EXPECT_TRUE(kept.Trained());
  EXPECT_FALSE(kept.Has("checkpoints"));
  const Json written = ReadJson(project_.path() / ".bottega" / "removed" /
                                (record["id"].get<std::string>() + ".json"));
  EXPECT_EQ(written["items"].size(), 3U);
  int with_command = 0;
  for (const Json& item : written["items"]) with_command += item.contains("command");
  EXPECT_EQ(with_command, 1);
}

TEST_F(GarbageTest, ARunThatIsBegunToBeWrittenToStays) {
  const RunFolder old = Make("01-old", true, 90);
  Make("02-newest", true, 0);
  std::vector<KeptRun> stays;
  const auto garbage = FindGarbage(project_.path(), {.old_age = 30 * kDay}, &stays);
  const FolderLock lock = old.Lock();
  EXPECT_TRUE(RemoveGarbage(project_.path(), garbage)["items"].empty());
  EXPECT_TRUE(old.Trained());
}

}  // namespace
}  // namespace bottega
