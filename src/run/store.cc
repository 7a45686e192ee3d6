#include "run/store.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <cerrno>
#include <mutex>
#include <optional>
#include <system_error>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/threads.h"
#include "data/io/folder.h"
#include "run/run_tables.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char* kCreateFiles =
    "CREATE TABLE IF NOT EXISTS files(path TEXT PRIMARY KEY, size INTEGER, modified INTEGER,"
    " sha256 TEXT)";

}  // namespace

struct Store::Database {
  sqlite3* handle = nullptr;
  std::mutex mutex;

  ~Database() { sqlite3_close(handle); }

  bool Execute(const char* sql) {
    return handle != nullptr && sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
  }

  bool Open(const fs::path& path) {
    if (sqlite3_open(path.c_str(), &handle) != SQLITE_OK) return false;
    sqlite3_busy_timeout(handle, 2000);
    return Execute("PRAGMA journal_mode=WAL") && Execute("PRAGMA synchronous=NORMAL") &&
           Execute(kCreateFiles);
  }

  void Close() {
    sqlite3_close(handle);
    handle = nullptr;
  }

  std::optional<std::string> Find(const std::string& path, int64_t size, int64_t modified) {
    const std::lock_guard lock(mutex);
    sqlite3_stmt* statement = nullptr;
    constexpr const char* kSql = "SELECT sha256 FROM files WHERE path=? AND size=? AND modified=?";
    if (handle == nullptr ||
        sqlite3_prepare_v2(handle, kSql, -1, &statement, nullptr) != SQLITE_OK) {
      return std::nullopt;
    }
    sqlite3_bind_text(statement, 1, path.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 2, size);
    sqlite3_bind_int64(statement, 3, modified);
    std::optional<std::string> found;
    if (sqlite3_step(statement) == SQLITE_ROW) {
      found = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    return found;
  }

  void Remember(const std::string& path, int64_t size, int64_t modified, const std::string& hash) {
    const std::lock_guard lock(mutex);
    sqlite3_stmt* statement = nullptr;
    constexpr const char* kSql = "INSERT OR REPLACE INTO files VALUES(?,?,?,?)";
    if (handle == nullptr ||
        sqlite3_prepare_v2(handle, kSql, -1, &statement, nullptr) != SQLITE_OK) {
      return;
    }
    sqlite3_bind_text(statement, 1, path.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 2, size);
    sqlite3_bind_int64(statement, 3, modified);
    sqlite3_bind_text(statement, 4, hash.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
  }

  std::string HashOf(const fs::path& file, int64_t* bytes) {
    struct stat info{};
    if (stat(file.c_str(), &info) != 0) throw IoError("reading", file.string(), errno);
    *bytes = info.st_size;
    const int64_t modified = info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec;
    const std::string path = fs::absolute(file).lexically_normal().string();
    if (auto known = Find(path, info.st_size, modified)) return *known;
    std::string hash = Sha256OfFile(file);
    Remember(path, info.st_size, modified, hash);
    return hash;
  }
};

// From BEGIN to Commit(); what was written is taken back when that is never reached.
class Store::Transaction {
 public:
  explicit Transaction(Database& database)
      : database_(database), open_(database.Execute("BEGIN")) {}
  ~Transaction() {
    if (open_) database_.Execute("ROLLBACK");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void Commit() {
    if (open_) open_ = !database_.Execute("COMMIT");
  }

 private:
  Database& database_;
  bool open_;
};

Store::Store(const fs::path& project) : database_(std::make_unique<Database>()) {
  std::error_code error;
  fs::create_directories(project / ".bottega", error);
  const fs::path path = project / ".bottega" / "bottega.db";
  if (error || database_->Open(path)) return;
  database_->Close();
  fs::remove(path, error);
  if (!database_->Open(path)) database_->Close();
}

Store::~Store() = default;

namespace {

// One connection for ForgetPaths; every failure is an Error.
class Index {
 public:
  explicit Index(const fs::path& path) : path_(path) {
    Check(sqlite3_open(path.c_str(), &handle_));
    sqlite3_busy_timeout(handle_, 5000);
  }
  ~Index() { sqlite3_close(handle_); }
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  void Execute(const char* sql) { Check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }

  std::vector<std::string> Paths() {
    std::vector<std::string> paths;
    const auto take = [](void* out, int, char** cells, char**) {
      static_cast<std::vector<std::string>*>(out)->emplace_back(cells[0]);
      return 0;
    };
    Check(sqlite3_exec(handle_, "SELECT path FROM files", take, &paths, nullptr));
    return paths;
  }

  void Delete(const std::string& path) {
    sqlite3_stmt* statement = nullptr;
    Check(sqlite3_prepare_v2(handle_, "DELETE FROM files WHERE path=?", -1, &statement, nullptr));
    sqlite3_bind_text(statement, 1, path.c_str(), -1, SQLITE_TRANSIENT);
    const int done = sqlite3_step(statement);
    sqlite3_finalize(statement);
    Check(done == SQLITE_DONE ? SQLITE_OK : done);
  }

 private:
  void Check(int code) const {
    if (code == SQLITE_OK) return;
    throw Error(ErrorKind::kIo, std::string("the index cannot be cleared: ") + sqlite3_errstr(code),
                {.file = path_.string()}, "end other bottega processes and try again");
  }

  fs::path path_;
  sqlite3* handle_ = nullptr;
};

}  // namespace

int64_t ForgetPaths(const fs::path& project, const std::function<bool(const std::string&)>& names) {
  const fs::path path = project / ".bottega" / "bottega.db";
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return 0;
  Index index(path);
  index.Execute("PRAGMA secure_delete=ON");
  index.Execute(kCreateFiles);
  int64_t deleted = 0;
  for (const std::string& known : index.Paths()) {
    if (!names(known)) continue;
    index.Delete(known);
    ++deleted;
  }
  index.Execute(kDropRunTables);  // class names, paths and tags may name the person as well
  index.Execute("VACUUM");
  index.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
  return deleted;
}

SourceDigest Store::DigestSource(const fs::path& source) {
  SourceDigest digest;
  std::error_code ignored;
  if (!fs::is_directory(source, ignored)) {
    digest.files = 1;
    digest.sha256 = database_->HashOf(source, &digest.bytes);
    return digest;
  }
  const std::vector<fs::path> files = SourceFiles(source);
  std::vector<std::string> hashes(files.size());
  std::vector<int64_t> bytes(files.size());
  Transaction transaction(*database_);
  ParallelFor(static_cast<int64_t>(files.size()), 16, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const size_t at = static_cast<size_t>(i);
      hashes[at] = database_->HashOf(source / files[at], &bytes[at]);
    }
  });
  transaction.Commit();
  Sha256 all;
  for (size_t i = 0; i < files.size(); ++i) {
    all.Update(hashes[i] + "  " + files[i].string() + "\n");
    digest.bytes += bytes[i];
  }
  digest.files = static_cast<int64_t>(files.size());
  digest.sha256 = all.Hex();
  return digest;
}

}  // namespace bottega
