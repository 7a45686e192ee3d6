#include "run/store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

class StoreTest : public testing::Test {
 protected:
  fs::path Write(const std::string& name, const std::string& bytes) {
    WriteFileAtomic(folder_.path() / name, bytes);
    return folder_.path() / name;
  }
  fs::path Project() const { return folder_.path() / "project"; }
  fs::path Database() const { return Project() / ".bottega" / "bottega.db"; }

  // Rows of the database as another connection sees them.
  int RowsSeenByOthers() const {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(Database().c_str(), &database), SQLITE_OK);
    int rows = -1;
    const auto count = [](void* out, int, char** cells, char**) {
      *static_cast<int*>(out) = std::stoi(cells[0]);
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(database, "SELECT count(*) FROM files", count, &rows, nullptr),
              SQLITE_OK);
    sqlite3_close(database);
    return rows;
  }

  TemporaryFolder folder_;
};

TEST_F(StoreTest, AFilesDigestIsItsHash) {
  const SourceDigest digest = Store(Project()).DigestSource(Write("a.csv", "a,b\n1,2\n"));
  EXPECT_EQ(digest.sha256, Sha256Hex("a,b\n1,2\n"));
  EXPECT_EQ(digest.files, 1);
  EXPECT_EQ(digest.bytes, 8);
}

TEST_F(StoreTest, AFoldersDigestIsThatOfItsList) {
  Write("d/b/2.txt", "two");
  Write("d/a.txt", "one");
  Write("d/.hidden", "x");
  const SourceDigest digest = Store(Project()).DigestSource(folder_.path() / "d");
  EXPECT_EQ(digest.sha256,
            Sha256Hex(Sha256Hex("one") + "  a.txt\n" + Sha256Hex("two") + "  b/2.txt\n"));
  EXPECT_EQ(digest.files, 2);
  EXPECT_EQ(digest.bytes, 6);
  fs::rename(folder_.path() / "d" / "a.txt", folder_.path() / "d" / "c.txt");
  EXPECT_NE(Store(Project()).DigestSource(folder_.path() / "d").sha256, digest.sha256);
}

TEST_F(StoreTest, RemembersHashesUntilTheFileChanges) {
  const fs::path file = Write("a.csv", "short");
  Store(Project()).DigestSource(file);
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(Database().c_str(), &database), SQLITE_OK);
  ASSERT_EQ(
      sqlite3_exec(database, "UPDATE files SET sha256='remembered'", nullptr, nullptr, nullptr),
      SQLITE_OK);
  sqlite3_close(database);
  EXPECT_EQ(Store(Project()).DigestSource(file).sha256, "remembered");
  Write("a.csv", "longer");
  EXPECT_EQ(Store(Project()).DigestSource(file).sha256, Sha256Hex("longer"));
  Write("b.csv", "longer");
  EXPECT_EQ(Store(Project()).DigestSource(folder_.path() / "b.csv").sha256, Sha256Hex("longer"));
}

TEST_F(StoreTest, ADamagedDatabaseIsMadeAnew) {
  const fs::path file = Write("a.csv", "x");
  WriteFileAtomic(Database(), std::string(5000, 'x'));
  EXPECT_EQ(Store(Project()).DigestSource(file).sha256, Sha256Hex("x"));
  EXPECT_EQ(ReadFile(Database()).substr(0, 15), "SQLite format 3");
}

TEST_F(StoreTest, WithoutADatabaseItRemembersNothing) {
  const fs::path file = Write("a.csv", "x");
  Write("project/.bottega", "a file in the way");
  Store store(Project());
  EXPECT_EQ(store.DigestSource(file).sha256, Sha256Hex("x"));
  EXPECT_EQ(store.DigestSource(folder_.path() / "project").files, 0);
}

TEST_F(StoreTest, AFileThatCannotBeReadLeavesNoTransactionOpen) {
  Write("d/a.txt", "one");
  fs::create_symlink("/proc/self/mem", folder_.path() / "d" / "b.txt");
  Store store(Project());
  EXPECT_THROW(store.DigestSource(folder_.path() / "d"), Error);
  const fs::path file = Write("a.csv", "x");
  store.DigestSource(file);
  EXPECT_EQ(RowsSeenByOthers(), 1);
}

TEST_F(StoreTest, WhatIsNotThereIsMissing) {
  try {
    Store(Project()).DigestSource(folder_.path() / "absent.csv");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kMissing);
  }
}

}  // namespace
}  // namespace bottega
