#include "run/run_folder.h"

#include <algorithm>
#include <system_error>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace bottega {

namespace fs = std::filesystem;

bool RunFolder::Has(const std::string& name) const {
  std::error_code ignored;
  return fs::exists(path_ / name, ignored);
}

namespace {

fs::path Whole(const fs::path& path) {
  const fs::path folder = fs::absolute(path).lexically_normal();
  return folder.has_filename() ? folder : folder.parent_path();
}

}  // namespace

std::string RunFolder::id() const {
  const fs::path name = path_.filename();
  const bool plain = !name.empty() && name != "." && name != "..";
  return plain ? name.string() : Whole(path_).filename().string();
}

fs::path RunFolder::Project() const { return Whole(path_).parent_path().parent_path(); }

Json RunFolder::Read(const std::string& name) const { return ReadJson(path_ / name); }

void RunFolder::Write(const std::string& name, const Json& value) const {
  WriteJson(path_ / name, value);
}

RunFolder CreateRun(const fs::path& project) {
  const fs::path runs = project / "runs";
  MakeFolders(runs);
  while (true) {
    const fs::path path = runs / NewRunId();
    std::error_code error;
    if (fs::create_directory(path, error)) return RunFolder(path);
    if (error) throw IoError("making the folder", path.string(), error.value());
  }
}

std::vector<RunFolder> ListRuns(const fs::path& project) {
  std::vector<RunFolder> runs;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(project / "runs", ignored)) {
    if (entry.is_directory(ignored) && fs::exists(entry.path() / "manifest.json", ignored)) {
      runs.emplace_back(entry.path());
    }
  }
  std::ranges::sort(runs, std::greater(), &RunFolder::id);
  return runs;
}

RunFolder FindRun(const fs::path& project, const std::string& name) {
  std::error_code ignored;
  if (name.find('/') != std::string::npos ||
      fs::exists(fs::path(name) / "manifest.json", ignored)) {
    fs::path folder = fs::path(name).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();  // as Tab completes it: runs/ID/
    if (fs::is_directory(folder, ignored)) return RunFolder(folder);
    throw Error(ErrorKind::kMissing, "there is no run folder here", {.file = name}, "bottega runs");
  }
  const std::vector<RunFolder> runs = ListRuns(project);
  if (runs.empty()) {
    const bool recipe = fs::exists(project / "bottega.yaml", ignored);
    throw Error(ErrorKind::kMissing, "there are no runs in this folder yet",
                {.file = (project / "runs").string()},
                recipe ? "bottega train" : "bottega init --help");
  }
  if (name.empty() || name == "latest") return runs.front();
  std::vector<RunFolder> matches;
  for (const RunFolder& run : runs) {
    if (run.id() == name) return run;
    if (run.id().find(name) != std::string::npos) matches.push_back(run);
  }
  if (matches.size() == 1) return matches.front();
  std::vector<std::string> ids;
  for (const RunFolder& run : matches.empty() ? runs : matches) {
    if (ids.size() < 3) ids.push_back(run.id());
  }
  throw Error(ErrorKind::kMissing,
              (matches.empty() ? "no run is called '" : "several runs match '") + name +
                  "'; the newest are " + Join(ids, ", "),
              {}, "bottega runs");
}

}  // namespace bottega
