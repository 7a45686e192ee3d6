#include "clean/forget/out_of_reach.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "clean/forget/blot.h"
#include "clean/forget/holdings.h"
#include "run/mlflow/push.h"
#include "run/run_folder.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

// Of files that are not bottega's: a project may lie in a folder with much else.
constexpr uintmax_t kMostBytes = uintmax_t{4} << 30;

// The .git of the repository that the project lies in.
std::optional<fs::path> RepositoryOf(const fs::path& project) {
  std::error_code ignored;
  for (fs::path at = fs::absolute(project).lexically_normal(); at.has_relative_path();
       at = at.parent_path()) {
    if (fs::exists(at / ".git", ignored)) return at;
  }
  return std::nullopt;
}

// Paths stand whole in the index of git up to version 3; a history that lost a file is not seen.
std::vector<std::string> Tracked(const fs::path& repository, const fs::path& project,
                                 const std::vector<std::string>& paths) {
  std::vector<std::string> tracked;
  std::string index;
  try {
    index = ReadFile(repository / ".git" / "index");
  } catch (const Error&) {
    return tracked;  // a work tree elsewhere, or no commit yet
  }
  for (const std::string& path : paths) {
    const fs::path whole = fs::absolute(project / path).lexically_normal();
    if (index.find(whole.lexically_relative(repository).generic_string()) != std::string::npos) {
      tracked.push_back(path);
    }
  }
  return tracked;
}

std::string GitLine(const fs::path& project, const fs::path& source,
                    const std::map<std::string, StagedFile>& changed) {
  const auto repository = RepositoryOf(project);
  if (!repository) return "";
  std::vector<std::string> paths = {source.lexically_relative(project).generic_string()};
  for (const auto& [path, file] : changed) paths.push_back(path);
  std::vector<std::string> tracked = Tracked(*repository, project, paths);
  if (tracked.empty()) return "";
  const size_t count = tracked.size();
  tracked.resize(std::min<size_t>(count, 3));
  return "the git history of this folder tracks " + Join(tracked, ", ") +
         (count > 3 ? " and " + FormatCount(static_cast<int64_t>(count) - 3) + " more" : "") +
         ": its commits, and what was pushed, keep what they held";
}

// MLflow servers that runs of the project were sent to.
std::string ServersLine(const fs::path& project) {
  std::set<std::string> urls;
  for (const RunFolder& run : ListRuns(project)) {
    if (!run.Has(kPushFile)) continue;
    for (const auto& [url, server] : run.Read(kPushFile).at("servers").items()) {
      if (server.value("run", Json()).is_string()) urls.insert(url);
    }
  }
  if (urls.empty()) return "";
  return "MLflow at " + Join({urls.begin(), urls.end()}, ", ") +
         " has reports of runs, which may show rows; `bottega runs push` with its address replaces "
         "them by those without the person";
}

}  // namespace

std::vector<std::string> OutOfReach(const fs::path& project, const fs::path& source,
                                    bool from_source, const std::vector<SourceState>& states,
                                    const ValueFinder& finder,
                                    const std::map<std::string, StagedFile>& changed) {
  std::vector<std::string> lines;
  const fs::path named = fs::absolute(source).lexically_normal();
  if (!from_source && !states[0].chosen.empty()) {
    lines.push_back(
        "the source itself still holds them; later stages leave them aside. "
        "`--source FILE` takes them out of it");
  }
  if (const std::string servers = ServersLine(project); !servers.empty()) lines.push_back(servers);
  int64_t unread = 0, large = 0;
  uintmax_t looked_at = 0;
  for (const fs::path& file : OtherFiles(project, named)) {
    if (changed.contains(file.generic_string())) continue;
    std::error_code ignored;
    const uintmax_t bytes = fs::file_size(project / file, ignored);
    if (looked_at + bytes > kMostBytes) {
      ++large;
      continue;
    }
    looked_at += bytes;
    try {
      if (const int64_t count = ValuesIn(project / file, finder); count > 0) {
        int64_t blotted = 0;
        lines.push_back(finder.Blot(file.generic_string(), &blotted) + " names the person " +
                        FormatCount(count) + (count == 1 ? " time" : " times") +
                        "; it is not a file that bottega keeps");
      }
    } catch (const Error&) {
      ++unread;
    }
  }
  if (large > 0) {
    lines.push_back(FormatCount(large) + " large files of this folder, which were not looked at");
  }
  if (unread > 0) {
    lines.push_back(FormatCount(unread) + " files of this folder could not be read");
  }
  if (std::string line = GitLine(project, named, changed); !line.empty()) lines.push_back(line);
  lines.push_back(
      "backups, copies outside this folder, and models, reports and predictions that were given "
      "away");
  return lines;
}

}  // namespace bottega
