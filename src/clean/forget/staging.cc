#include "clean/forget/staging.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

fs::path FolderOf(const fs::path& project) { return project / kStagingFolder; }
fs::path JournalOf(const fs::path& project) { return FolderOf(project) / "journal.json"; }

// Folders that removing files left empty, up to the project's own.
void RemoveEmptyFolders(const fs::path& project, fs::path folder) {
  std::error_code error;
  while (folder.lexically_normal() != project.lexically_normal() && folder.has_relative_path() &&
         fs::is_empty(folder, error) && !error && fs::remove(folder, error)) {
    folder = folder.parent_path();
  }
}

void PutOne(const fs::path& project, const fs::path& path, const Json& staged) {
  const fs::path target = project / path;  // an absolute path stays one
  std::error_code error;
  if (staged.is_null()) {
    if (!fs::remove(target, error) && error) {
      throw IoError("removing", target.string(), error.value());
    }
    RemoveEmptyFolders(project, target.parent_path());
    return;
  }
  const fs::path from = FolderOf(project) / staged.get<std::string>();
  if (!fs::exists(from, error)) return;  // it is there already
  const auto mode = fs::status(target, error).permissions();
  const bool had_mode = !error;
  WriteFileAtomic(target, ReadFile(from));
  if (had_mode) fs::permissions(target, mode, error);
}

}  // namespace

Staging::Staging(fs::path project) : project_(std::move(project)) {
  std::error_code ignored;
  fs::remove_all(FolderOf(project_), ignored);
  MakeFolders(FolderOf(project_));
}

fs::path Staging::Fresh(const fs::path& like) {
  return FolderOf(project_) / (std::to_string(next_++) + like.extension().string());
}

void Staging::Note(const fs::path& path, const fs::path& staged, const std::string& what) {
  StagedFile& file = files_[path.generic_string()];
  std::error_code ignored;
  if (file.what.empty() && fs::exists(project_ / path, ignored)) {
    file.before = Sha256OfFile(project_ / path);
  }
  file.staged = staged;
  file.what = file.what.empty() ? what : file.what + "; " + what;
}

void Staging::Replace(const fs::path& path, const fs::path& staged, const std::string& what) {
  Note(path, staged, what);
}

void Staging::Remove(const fs::path& path, const std::string& what) { Note(path, {}, what); }

fs::path Staging::Current(const fs::path& path) const {
  const auto known = files_.find(path.generic_string());
  return known == files_.end() ? project_ / path : known->second.staged;
}

void Staging::Commit(const Json& facts) {
  Json steps = Json::array();
  for (const auto& [path, file] : files_) {
    steps.push_back(
        {{"path", path},
         {"staged", file.staged.empty()
                        ? Json()
                        : Json(file.staged.lexically_relative(FolderOf(project_)).string())},
         {"before", file.before},
         {"what", file.what}});
  }
  WriteJson(JournalOf(project_), {{"format", 1}, {"steps", steps}, {"facts", facts}});
}

void Staging::Discard() {
  std::error_code ignored;
  fs::remove_all(FolderOf(project_), ignored);
}

bool Staging::IsPending(const fs::path& project) {
  std::error_code ignored;
  return fs::exists(JournalOf(project), ignored);
}

Json Staging::PutInPlace(const fs::path& project) {
  const Json journal = ReadJson(JournalOf(project));
  for (const Json& step : journal.at("steps")) {
    PutOne(project, step.at("path").get<std::string>(), step.at("staged"));
  }
  return journal;
}

void Staging::Forget(const fs::path& project) {
  std::error_code error;
  fs::remove(JournalOf(project), error);
  fs::remove_all(FolderOf(project), error);
}

}  // namespace bottega
