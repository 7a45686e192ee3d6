// Changing many files as one: what they are to become is written beside them first, then a journal,
// then they are put in place. A process that is killed before the journal is whole has changed
// nothing; after it, putting in place is repeated until it is done.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "base/json.h"

namespace bottega {

inline constexpr const char* kStagingFolder = ".bottega/forgetting";

struct StagedFile {
  std::filesystem::path staged;  // "": the file goes
  std::string before;            // SHA-256; "" where there was none
  std::string what;              // "3 rows taken out; 2 values blotted out"
};

class Staging {
 public:
  // Empties the folder of what an earlier process left that had no whole journal.
  explicit Staging(std::filesystem::path project);
  // A path in the staging folder, with the ending of `like`.
  std::filesystem::path Fresh(const std::filesystem::path& like);
  // `path`: relative to the project, or absolute where it lies outside.
  void Replace(const std::filesystem::path& path, const std::filesystem::path& staged,
               const std::string& what);
  void Remove(const std::filesystem::path& path, const std::string& what);
  // Where the bytes are that `path` is to have; "" when it is to go.
  std::filesystem::path Current(const std::filesystem::path& path) const;
  const std::map<std::string, StagedFile>& files() const { return files_; }

  // From here on it will be done. `facts`: what finishing needs to know.
  void Commit(const Json& facts);
  void Discard();

  static bool IsPending(const std::filesystem::path& project);
  // Puts the files of the journal in place (again) and returns it: `steps` and `facts`.
  static Json PutInPlace(const std::filesystem::path& project);
  // After PutInPlace and all that follows from it.
  static void Forget(const std::filesystem::path& project);

 private:
  void Note(const std::filesystem::path& path, const std::filesystem::path& staged,
            const std::string& what);

  std::filesystem::path project_;
  std::map<std::string, StagedFile> files_;
  int64_t next_ = 0;
};

}  // namespace bottega
