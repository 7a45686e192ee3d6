// The runs of a project in `.bottega/bottega.db` (doc/formats/index.md): read from their folders
// once, and again when a file that it was read from changes. The folders are the truth; the index
// may be deleted at any time.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "run/run_record.h"
#include "run/run_tables.h"

namespace bottega {

class RunIndex {
 public:
  // Brings the index of `project`/runs up to date: one look at each folder, a reading of those that
  // changed. Rebuilds it where it is missing, damaged or of another version; keeps it in memory
  // where the project cannot be written to or another process holds the database for long. A
  // project without runs is left as it is. Errors: kIo when runs/ cannot be listed.
  explicit RunIndex(const std::filesystem::path& project);
  ~RunIndex();
  RunIndex(const RunIndex&) = delete;
  RunIndex& operator=(const RunIndex&) = delete;

  // Newest first; without `settings`, `named` and `scores`, which would be most of the work.
  std::vector<RunRecord> Runs();
  // Of every run that has it. `path` as in RunRecord::scores.
  std::unordered_map<std::string, RunScore> Scores(const std::string& path);
  std::vector<std::string> ScorePaths();
  // Settings that a person wrote, by path, then by run: as text.
  std::map<std::string, std::unordered_map<std::string, std::string>> Named();
  // RunRecord::settings of one run.
  Json Settings(const std::string& id);

  int64_t refreshed() const { return refreshed_; }  // folders that were read

 private:
  void Open(const std::string& database);
  template <class Ask>
  std::invoke_result_t<Ask, RunTables&> Answer(const Ask& ask);

  std::filesystem::path runs_;
  std::unique_ptr<RunTables> tables_;  // none: there are no runs
  int64_t refreshed_ = 0;
};

}  // namespace bottega
