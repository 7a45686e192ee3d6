#include "base/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "base/error.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

ErrorKind KindOf(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.kind();
  }
  ADD_FAILURE() << "no Error was thrown";
  return ErrorKind::kInternal;
}

// Runs `body` in a child process as another user; its return value is the exit code.
int RunAs(uid_t uid, const std::function<int()>& body) {
  const pid_t child = fork();
  if (child == 0) _exit(setgid(uid) == 0 && setuid(uid) == 0 ? body() : 99);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

TEST(ReadFile, ReturnsEveryByte) {
  const TemporaryFolder folder;
  std::string bytes(100'000, 'x');
  bytes[5] = '\0';
  WriteFileAtomic(folder.path() / "a", bytes);
  EXPECT_EQ(ReadFile(folder.path() / "a"), bytes);
  EXPECT_FALSE(ReadFile("/proc/self/status").empty());  // files that claim to have no size
}

TEST(ReadFile, SaysWhatIsWrong) {
  const TemporaryFolder folder;
  EXPECT_EQ(KindOf([&] { ReadFile(folder.path() / "none"); }), ErrorKind::kMissing);
  EXPECT_EQ(KindOf([&] { ReadFile(folder.path()); }), ErrorKind::kIo);
}

TEST(WriteFileAtomic, MakesFoldersReplacesAndLeavesNothingElse) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "a" / "b" / "c.txt";
  WriteFileAtomic(path, "one");
  WriteFileAtomic(path, "two");
  EXPECT_EQ(ReadFile(path), "two");
  const fs::directory_iterator entries(path.parent_path());
  EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

// After a kill at any instant the path holds the old bytes or the new ones, all of them.
TEST(WriteFileAtomic, SurvivesKillsAtAnyInstant) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "state";
  const auto content = [](int i) { return std::string(200'000, static_cast<char>('a' + i % 26)); };
  WriteFileAtomic(path, content(0));
  for (int round = 0; round < 30; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      for (int i = 0;; ++i) WriteFileAtomic(path, content(i));
    }
    usleep(static_cast<useconds_t>(300 + 631 * round));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const std::string bytes = ReadFile(path);
    ASSERT_EQ(bytes.size(), 200'000u);
    ASSERT_EQ(bytes.find_first_not_of(bytes[0]), std::string::npos);
  }
  // The next writer that takes the folder clears away what the killed ones left.
  {
    const FolderLock lock(folder.path(), "");
  }
  int left = 0;
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    left += entry.path().filename().string().find(".tmp") != std::string::npos;
  }
  EXPECT_EQ(left, 0);
}

TEST(FolderLock, SparesFilesThatOnlyLookTemporary) {
  const TemporaryFolder folder;
  // A process that was killed may have had a number that another one has now.
  const std::string left = ".x.tmp" + std::to_string(getpid()) + "-1";
  for (const char* name : {left.c_str(), "notes.tmp7", ".x.tmp", ".y.tmpold-1"}) {
    std::ofstream(folder.path() / name) << "kept";
  }
  const FolderLock lock(folder.path(), "");
  EXPECT_FALSE(fs::exists(folder.path() / left));
  EXPECT_TRUE(fs::exists(folder.path() / "notes.tmp7"));
  EXPECT_TRUE(fs::exists(folder.path() / ".x.tmp"));
  EXPECT_TRUE(fs::exists(folder.path() / ".y.tmpold-1"));
}

TEST(FolderLock, AdmitsOneWriter) {
  const TemporaryFolder folder;
  {
    const FolderLock first(folder.path(), "");
    try {
      const FolderLock second(folder.path(), "wait for it");
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      EXPECT_EQ(error.hint(), "wait for it");
    }
  }
  const FolderLock again(folder.path(), "");
}

TEST(AtomicFile, WithoutCommitNothingStays) {
  const TemporaryFolder folder;
  fs::path temporary;
  {
    const AtomicFile file(folder.path() / "a");
    temporary = file.temporary_path();
    std::ofstream(temporary) << "half";
  }
  EXPECT_FALSE(fs::exists(temporary));
  EXPECT_FALSE(fs::exists(folder.path() / "a"));
}

TEST(AtomicFile, TwoWritersOfOnePathDoNotShareATemporary) {
  const TemporaryFolder folder;
  const AtomicFile a(folder.path() / "x"), b(folder.path() / "x");
  EXPECT_NE(a.temporary_path(), b.temporary_path());
}

TEST(AppendFile, CutsWhatWasWrittenAfterTheCheckpoint) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "log";
  int64_t offset = 0;
  {
    AppendFile file(path);
    file.Append("one\n");
    offset = file.Offset();
    file.Append("two\nthr");
    file.Sync();
  }
  {
    AppendFile file(path, offset);
    file.Append("TWO\n");
  }
  EXPECT_EQ(ReadFile(path), "one\nTWO\n");
  {
    AppendFile file(path);
    EXPECT_EQ(file.Offset(), 8);
  }
  EXPECT_EQ(AppendFile(path, 1000).Offset(), 8);
}

TEST(ListFiles, IsInByteOrderAndLeavesOutHiddenNames) {
  const TemporaryFolder folder;
  for (const char* name : {"b/2.jpg", "b/10.jpg", "a.jpg", "B/x", ".hidden/y", "b/.z", "b.c"}) {
    WriteFileAtomic(folder.path() / name, "");
  }
  fs::create_symlink("a.jpg", folder.path() / "link");
  fs::create_directory_symlink("b", folder.path() / "folder_link");
  const std::vector<fs::path> files = ListFiles(folder.path());
  EXPECT_THAT(files, testing::ElementsAre("B/x", "a.jpg", "b.c", "b/10.jpg", "b/2.jpg", "link"));
  EXPECT_EQ(KindOf([&] { ListFiles(folder.path() / "none"); }), ErrorKind::kMissing);
}

TEST(Permissions, AreErrorsWithTheFolderAndAHint) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root, to become another user";
  const TemporaryFolder folder;
  fs::permissions(folder.path(),
                  fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
  WriteFileAtomic(folder.path() / "data" / "secret" / "a", "x");
  fs::permissions(folder.path() / "data" / "secret", fs::perms::owner_all);
  const int code = RunAs(65534, [&] {
    try {
      WriteFileAtomic(folder.path() / "new", "x");
      return 1;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kIo || error.hint().empty()) return 2;
    }
    try {
      ListFiles(folder.path() / "data");
      return 3;
    } catch (const Error& error) {
      return error.kind() == ErrorKind::kIo ? 0 : 4;
    }
  });
  EXPECT_EQ(code, 0);
}

// A tmpfs of 64 kB in a mount namespace of its own stands for a full disk.
TEST(FullDisk, KeepsTheOldBytesAndIsAnIoError) {
  const TemporaryFolder folder;
  const std::string mount = "unshare -Urm sh -c 'mount -t tmpfs -o size=64k none " +
                            folder.path().string() + " && exec \"$0\" \"$@\"' ";
  if (std::system((mount + "true 2>/dev/null").c_str()) != 0) {
    GTEST_SKIP() << "unshare -Urm cannot mount a tmpfs here";
  }
  const std::string self = fs::read_symlink("/proc/self/exe").string();
  const std::string command = mount + self + " --gtest_also_run_disabled_tests --gtest_brief=1" +
                              " --gtest_output= --gtest_filter=FullDiskInside.* >&2";
  setenv("BOTTEGA_TEST_FULL_DISK", folder.path().c_str(), 1);
  EXPECT_EQ(std::system(command.c_str()), 0);
  unsetenv("BOTTEGA_TEST_FULL_DISK");
}

// Does nothing on its own: FullDisk runs it inside the small file system.
TEST(FullDiskInside, KeepsTheOldBytesAndIsAnIoError) {
  const char* folder = std::getenv("BOTTEGA_TEST_FULL_DISK");
  if (folder == nullptr) return;
  const fs::path path = fs::path(folder) / "state";
  WriteFileAtomic(path, "old");
  EXPECT_EQ(KindOf([&] { WriteFileAtomic(path, std::string(200'000, 'x')); }), ErrorKind::kIo);
  EXPECT_EQ(ReadFile(path), "old");
  AppendFile log(fs::path(folder) / "log");
  log.Append("one\n");
  EXPECT_EQ(KindOf([&] { log.Append(std::string(200'000, 'y')); }), ErrorKind::kIo);
  EXPECT_EQ(ReadFile(fs::path(folder) / "log"), "one\n");
  log.Append("two\n");
  EXPECT_EQ(ReadFile(fs::path(folder) / "log"), "one\ntwo\n");
}

}  // namespace
}  // namespace bottega
