// A run folder: runs/<id>/ with the files of DESIGN section 7.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/json.h"

namespace bottega {

class RunFolder {
 public:
  explicit RunFolder(std::filesystem::path path) : path_(std::move(path)) {}
  const std::filesystem::path& path() const { return path_; }
  // The folder's name, also of "." and of a path as Tab completes it: runs/ID/.
  std::string id() const;
  std::filesystem::path File(const std::string& name) const { return path_ / name; }
  // The folder that holds runs/, absolute.
  std::filesystem::path Project() const;
  bool Has(const std::string& name) const;
  Json Read(const std::string& name) const;
  void Write(const std::string& name, const Json& value) const;
  // For whoever writes into it. Errors: kUsage while another process does.
  FolderLock Lock() const {
    return FolderLock(path_, "wait for it; `bottega train` starts another run");
  }
  // Training ended, and the manifest says what it came to.
  bool Trained() const { return Read("manifest.json").contains("trained"); }

 private:
  std::filesystem::path path_;
};

// runs/<new id>/ below `project`.
RunFolder CreateRun(const std::filesystem::path& project);
// `name`: a path, an id, an unambiguous part of one, or "latest". Error kMissing lists the newest.
RunFolder FindRun(const std::filesystem::path& project, const std::string& name);
std::vector<RunFolder> ListRuns(const std::filesystem::path& project);  // newest first

}  // namespace bottega
