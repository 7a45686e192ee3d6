#include "run/run_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace bottega {
namespace {

using testing::HasSubstr;
using testing::Not;

class RunFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* id :
         {"20260101-120000-aaaa", "20260102-120000-bbbb", "20260102-130000-abcd"}) {
      WriteJson(project_.path() / "runs" / id / "manifest.json", Json::object());
    }
    MakeFolders(project_.path() / "runs" / "20260103-000000-cccc");  // no manifest: no run
    WriteFileAtomic(project_.path() / "runs" / "notes.txt", "x");
  }
  std::string Find(const std::string& name) const { return FindRun(project_.path(), name).id(); }
  Error ErrorOf(const std::string& name) const {
    try {
      Find(name);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kMissing);
      EXPECT_FALSE(error.hint().empty());
      return error;
    }
    ADD_FAILURE() << "no error for " << name;
    return Error(ErrorKind::kInternal, "none");
  }

  TemporaryFolder project_;
};

TEST_F(RunFolderTest, ListsRunsNewestFirst) {
  std::vector<std::string> ids;
  for (const RunFolder& run : ListRuns(project_.path())) ids.push_back(run.id());
  EXPECT_EQ(ids, (std::vector<std::string>{"20260102-130000-abcd", "20260102-120000-bbbb",
                                           "20260101-120000-aaaa"}));
  const TemporaryFolder empty;
  EXPECT_TRUE(ListRuns(empty.path()).empty());
}

TEST_F(RunFolderTest, FindsTheLatestAnIdAndAPartOfOne) {
  EXPECT_EQ(Find("latest"), "20260102-130000-abcd");
  EXPECT_EQ(Find(""), "20260102-130000-abcd");
  EXPECT_EQ(Find("20260101-120000-aaaa"), "20260101-120000-aaaa");
  EXPECT_EQ(Find("bbb"), "20260102-120000-bbbb");
  EXPECT_EQ(Find("20260101"), "20260101-120000-aaaa");
}

TEST_F(RunFolderTest, TakesAFolderAsTabCompletesIt) {
  const std::string folder = (project_.path() / "runs" / "20260101-120000-aaaa").string();
  EXPECT_EQ(Find(folder), "20260101-120000-aaaa");
  EXPECT_EQ(Find(folder + "/"), "20260101-120000-aaaa");
}

TEST_F(RunFolderTest, NameAndProjectOfAnyPath) {
  const std::filesystem::path folder = project_.path() / "runs" / "20260101-120000-aaaa";
  for (const std::filesystem::path& path : {folder, folder / "", folder / "."}) {
    EXPECT_EQ(RunFolder(path).id(), "20260101-120000-aaaa") << path;
    EXPECT_EQ(RunFolder(path).Project(), project_.path()) << path;
  }
}

TEST_F(RunFolderTest, AnIdWinsOverARunThatHoldsItAsAPart) {
  WriteJson(project_.path() / "runs" / "abcd" / "manifest.json", Json::object());
  EXPECT_EQ(Find("abcd"), "abcd");
}

TEST_F(RunFolderTest, AmbiguousPartsNameTheirMatches) {
  const Error error = ErrorOf("20260102");
  EXPECT_THAT(error.message(), HasSubstr("several runs match '20260102'"));
  EXPECT_THAT(error.message(), HasSubstr("20260102-130000-abcd, 20260102-120000-bbbb"));
  EXPECT_THAT(error.message(), Not(HasSubstr("aaaa")));
}

TEST_F(RunFolderTest, UnknownRunsNameTheNewest) {
  EXPECT_THAT(ErrorOf("zzzz").message(), HasSubstr("the newest are 20260102-130000-abcd"));
  EXPECT_EQ(ErrorOf("cccc").hint(), "bottega runs");
}

TEST_F(RunFolderTest, WithoutRunsItSaysHowToComeByOne) {
  const TemporaryFolder empty;
  const auto hint = [&] {
    try {
      FindRun(empty.path(), "latest");
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kMissing);
      return error.hint();
    }
    return std::string("no error");
  };
  EXPECT_EQ(hint(), "bottega init --help");
  WriteFileAtomic(empty.path() / "bottega.yaml", "version: 1\n");
  EXPECT_EQ(hint(), "bottega train");
}

TEST_F(RunFolderTest, PathsAreTakenAsTheyAre) {
  const std::string path = (project_.path() / "runs" / "20260101-120000-aaaa").string();
  const TemporaryFolder elsewhere;
  EXPECT_EQ(FindRun(elsewhere.path(), path).path(), path);
  EXPECT_EQ(ErrorOf((project_.path() / "runs" / "absent").string()).place().file,
            (project_.path() / "runs" / "absent").string());
}

TEST_F(RunFolderTest, NewRunsDifferAndKeepWhatIsWritten) {
  const RunFolder a = CreateRun(project_.path()), b = CreateRun(project_.path());
  EXPECT_NE(a.id(), b.id());
  EXPECT_EQ(a.path().parent_path(), project_.path() / "runs");
  EXPECT_FALSE(a.Has("metrics.json"));
  a.Write("metrics.json", {{"x", 1}});
  EXPECT_TRUE(a.Has("metrics.json"));
  EXPECT_EQ(a.Read("metrics.json"), (Json{{"x", 1}}));
  EXPECT_THROW(a.Read("absent.json"), Error);
  a.Write("manifest.json", Json::object());
  EXPECT_FALSE(a.Trained());
  a.Write("manifest.json", {{"trained", Json::object()}});
  EXPECT_TRUE(a.Trained());
}

TEST_F(RunFolderTest, OneWriterAtATime) {
  const RunFolder run = CreateRun(project_.path());
  const FolderLock lock = run.Lock();
  try {
    run.Lock();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_THAT(error.hint(), HasSubstr("bottega train"));
  }
}

}  // namespace
}  // namespace bottega
