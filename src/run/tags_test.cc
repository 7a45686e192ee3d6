#include "run/tags.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/files.h"
#include "run/manifest.h"

namespace bottega {
namespace {

class TagsTest : public testing::Test {
 protected:
  TagsTest() : run_(project_.path() / "runs" / "r") { run_.Write("manifest.json", Json::object()); }

  const TemporaryFolder project_;
  const RunFolder run_;
};

TEST_F(TagsTest, AreAddedAndTakenAwayAlsoWhileTheRunIsLocked) {
  EXPECT_TRUE(ReadTags(run_).empty());
  const FolderLock lock = run_.Lock();
  ChangeTags(run_, {"good", "best"}, {});
  EXPECT_EQ(ChangeTags(run_, {"new"}, {"good", "absent"}),
            (std::vector<std::string>{"best", "new"}));
  EXPECT_EQ(ReadTags(run_), (std::vector<std::string>{"best", "new"}));
}

TEST_F(TagsTest, OfManyAtOnceNoneIsLost) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] { ChangeTags(run_, {"tag" + std::to_string(t)}, {}); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(ReadTags(run_).size(), 8U);
}

TEST_F(TagsTest, TheManifestDoesNotAnswerForThem) {
  run_.Write("metrics.json", Json::object());
  ChangeTags(run_, {"good"}, {});
  EXPECT_EQ(SealedFiles(run_), std::vector<std::string>{"metrics.json"});
}

TEST(Tags, WhatMayBeOne) {
  for (const char* good : {"ok", "v1.2", "a:b", "für-heute", "2026"}) EXPECT_EQ(WrongTag(good), "");
  for (const char* bad : {"", "a", "-x", "+x", ".x", "a b", "a,b", "a/b"}) {
    EXPECT_NE(WrongTag(bad), "") << bad;
  }
}

}  // namespace
}  // namespace bottega
