// The tables of runs in bottega.db (doc/formats/index.md). Every failure is a DatabaseError.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "run/database.h"
#include "run/run_record.h"

namespace bottega {

// What deletes them: the next listing makes them anew.
inline constexpr const char* kDropRunTables =
    "DROP TABLE IF EXISTS runs; DROP TABLE IF EXISTS scores; DROP TABLE IF EXISTS paths;"
    "DROP TABLE IF EXISTS named; DROP TABLE IF EXISTS run_tables;";

class RunTables {
 public:
  // Makes the tables where `path` has none, or some of another version.
  explicit RunTables(const std::string& path);

  std::unordered_map<std::string, int64_t> Stamps();
  void Begin() { connection_.Execute("BEGIN IMMEDIATE"); }
  void Commit() { connection_.Execute("COMMIT"); }
  // Both between Begin() and Commit(). `stamp`: of the files that the record was read from.
  void Remove(const std::string& id);
  void Add(const RunRecord& record, int64_t stamp);

  // As in RunIndex.
  std::vector<RunRecord> Runs();
  std::unordered_map<std::string, RunScore> Scores(const std::string& path);
  std::vector<std::string> ScorePaths();
  std::map<std::string, std::unordered_map<std::string, std::string>> Named();
  Json Settings(const std::string& id);

 private:
  int64_t Version();
  void Create();
  int64_t NumberOf(const std::string& path);
  void AddScores(const RunRecord& record, int64_t number);
  void AddNamed(const RunRecord& record, int64_t number);

  Connection connection_;
  std::unordered_map<std::string, int64_t> numbers_;  // of paths
};

}  // namespace bottega
