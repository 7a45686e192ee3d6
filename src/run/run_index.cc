#include "run/run_index.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "base/error.h"
#include "base/hash.h"
#include "base/interrupt.h"
#include "base/threads.h"
#include "run/database.h"
#include "run/run_tables.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr size_t kChunk = 256;  // runs read before they are written down
constexpr std::array<const char*, 4> kFiles = {"manifest.json", "metrics.json", "fairness.json",
                                               "tags.json"};

// A folder of runs/ and a hash of size, time and inode of the files that its record is read from.
struct Seen {
  std::string id;
  int64_t stamp = 0;
};

class RunsFolder {
 public:
  explicit RunsFolder(const fs::path& path) : directory_(opendir(path.c_str())) {
    if (directory_ == nullptr && errno != ENOENT) throw IoError("listing", path.string(), errno);
  }
  ~RunsFolder() {
    if (directory_ != nullptr) closedir(directory_);
  }
  RunsFolder(const RunsFolder&) = delete;
  RunsFolder& operator=(const RunsFolder&) = delete;

  bool exists() const { return directory_ != nullptr; }

  // Folders with a manifest, by id.
  std::vector<Seen> Look() {
    std::vector<Seen> seen;
    while (const dirent* entry = readdir(directory_)) {
      if (entry->d_name[0] != '.') seen.push_back({entry->d_name});
    }
    ParallelFor(static_cast<int64_t>(seen.size()), 512, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        Seen& one = seen[static_cast<size_t>(i)];
        one.stamp = StampOf(one.id);
      }
    });
    std::erase_if(seen, [](const Seen& one) { return one.stamp == 0; });
    std::ranges::sort(seen, {}, &Seen::id);
    return seen;
  }

 private:
  int64_t StampOf(const std::string& id) const {
    std::array<int64_t, 4 * kFiles.size()> facts{};
    for (size_t f = 0; f < kFiles.size(); ++f) {
      struct stat info{};
      const std::string path = id + "/" + kFiles[f];
      if (fstatat(dirfd(directory_), path.c_str(), &info, 0) != 0) {
        if (f == 0) return 0;  // no manifest: no run
        continue;
      }
      facts[4 * f] = info.st_size;
      facts[4 * f + 1] = info.st_mtim.tv_sec;
      facts[4 * f + 2] = info.st_mtim.tv_nsec;
      facts[4 * f + 3] = static_cast<int64_t>(info.st_ino);
    }
    const auto stamp =
        static_cast<int64_t>(Xxh3({reinterpret_cast<const char*>(facts.data()), sizeof facts}));
    return stamp == 0 ? 1 : stamp;
  }

  DIR* directory_;
};

// Those of `seen` whose stamp is another, or that are new.
std::vector<Seen> Changed(const std::vector<Seen>& seen,
                          const std::unordered_map<std::string, int64_t>& stamps) {
  std::vector<Seen> changed;
  for (const Seen& one : seen) {
    const auto known = stamps.find(one.id);
    if (known == stamps.end() || known->second != one.stamp) changed.push_back(one);
  }
  return changed;
}

std::vector<std::string> Gone(const std::vector<Seen>& seen,
                              const std::unordered_map<std::string, int64_t>& stamps) {
  std::vector<std::string> gone;
  for (const auto& [id, stamp] : stamps) {
    if (!std::ranges::binary_search(seen, id, {}, &Seen::id)) gone.push_back(id);
  }
  return gone;
}

// Reads what changed, and writes it down chunk by chunk: others wait for the database no longer
// than one chunk takes. Returns how many were read.
int64_t Refresh(const fs::path& runs, const std::vector<Seen>& seen, RunTables* tables) {
  const auto stamps = tables->Stamps();
  const std::vector<Seen> changed = Changed(seen, stamps);
  const std::vector<std::string> gone = Gone(seen, stamps);
  if (!gone.empty()) {
    tables->Begin();
    for (const std::string& id : gone) tables->Remove(id);
    tables->Commit();
  }
  for (size_t begin = 0; begin < changed.size(); begin += kChunk) {
    ThrowIfInterrupted();
    const size_t count = std::min(kChunk, changed.size() - begin);
    std::vector<RunRecord> records(count);
    ParallelFor(static_cast<int64_t>(count), 8, [&](int64_t from, int64_t to) {
      for (int64_t i = from; i < to; ++i) {
        const size_t at = static_cast<size_t>(i);
        records[at] = ReadRunRecord(RunFolder(runs / changed[begin + at].id));
      }
    });
    tables->Begin();
    for (size_t i = 0; i < count; ++i) tables->Add(records[i], changed[begin + i].stamp);
    tables->Commit();
  }
  return static_cast<int64_t>(changed.size());
}

bool IsDamage(int code) { return code == SQLITE_CORRUPT || code == SQLITE_NOTADB; }

void RemoveDatabase(const fs::path& path) {
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm"}) fs::remove(path.string() + ending, ignored);
}

}  // namespace

RunIndex::RunIndex(const fs::path& project) : runs_(project / "runs") {
  if (!RunsFolder(runs_).exists()) return;
  const fs::path file = project / ".bottega" / "bottega.db";
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  for (int attempt = 0; attempt < 2; ++attempt) {
    try {
      Open(file.string());
      return;
    } catch (const DatabaseError& failure) {
      tables_.reset();
      if (!IsDamage(failure.code())) break;
      RemoveDatabase(file);
    }
  }
  Open(":memory:");
}

RunIndex::~RunIndex() = default;

void RunIndex::Open(const std::string& database) {
  tables_ = std::make_unique<RunTables>(database);
  refreshed_ = Refresh(runs_, RunsFolder(runs_).Look(), tables_.get());
}

// What `ask` answers; asked again of an index in memory where the one on disk is damaged.
template <class Ask>
std::invoke_result_t<Ask, RunTables&> RunIndex::Answer(const Ask& ask) {
  if (!tables_) return {};
  try {
    return ask(*tables_);
  } catch (const DatabaseError&) {
    Open(":memory:");
  }
  return ask(*tables_);
}

std::vector<RunRecord> RunIndex::Runs() {
  return Answer([](RunTables& tables) { return tables.Runs(); });
}

std::unordered_map<std::string, RunScore> RunIndex::Scores(const std::string& path) {
  return Answer([&](RunTables& tables) { return tables.Scores(path); });
}

std::vector<std::string> RunIndex::ScorePaths() {
  return Answer([](RunTables& tables) { return tables.ScorePaths(); });
}

std::map<std::string, std::unordered_map<std::string, std::string>> RunIndex::Named() {
  return Answer([](RunTables& tables) { return tables.Named(); });
}

Json RunIndex::Settings(const std::string& id) {
  return Answer([&](RunTables& tables) { return tables.Settings(id); });
}

}  // namespace bottega
