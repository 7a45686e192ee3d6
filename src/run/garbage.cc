#include "run/garbage.h"

#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "run/receipt.h"
#include "run/running.h"
#include "run/sub_run.h"
#include "run/tags.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

struct Size {
  int64_t bytes = 0, files = 0;
  int64_t newest = 0;  // modification time of the newest file
};

Size SizeOf(const fs::path& folder) {
  Size size;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    struct stat info{};
    if (lstat(it->path().c_str(), &info) != 0 || S_ISDIR(info.st_mode)) continue;
    size.bytes += info.st_size;
    ++size.files;
    if (it->path().filename() == ".lock") continue;  // made by whoever looked last
    size.newest = std::max<int64_t>(size.newest, info.st_mtim.tv_sec);
  }
  return size;
}

// Of the run and of the runs inside it, as those of folds.
std::vector<fs::path> CheckpointFolders(const fs::path& run) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (fs::recursive_directory_iterator it(run, error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().filename() != "checkpoints" || it->is_symlink() || !it->is_directory()) continue;
    folders.push_back(it->path());
    it.disable_recursion_pending();
  }
  return folders;
}

bool IsIdByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.';
}

// Those of `ids` that stand as words in `text`.
void FindIds(const std::string& text, const std::set<std::string>& ids,
             std::set<std::string>* found) {
  for (size_t begin = 0; begin < text.size();) {
    while (begin < text.size() && !IsIdByte(text[begin])) ++begin;
    size_t end = begin;
    while (end < text.size() && IsIdByte(text[end])) ++end;
    std::string word = text.substr(begin, end - begin);
    while (word.ends_with('.')) word.pop_back();
    if (ids.contains(word)) found->insert(word);
    begin = end;
  }
}

std::string TextOf(const fs::path& path) {
  try {
    return ReadFile(path);
  } catch (const Error&) {
    return "";
  }
}

// Recipes beside runs/ and reviews: what may name any run.
std::vector<fs::path> NamingFiles(const fs::path& project) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(project, ignored)) {
    const std::string ending = entry.path().extension().string();
    if (ending == ".yaml" || ending == ".yml") files.push_back(entry.path());
  }
  if (fs::is_directory(project / "reviews", ignored)) {
    for (const fs::path& file : ListFiles(project / "reviews")) {
      files.push_back(project / "reviews" / file);
    }
  }
  return files;
}

// Runs that something else in the project needs.
std::set<std::string> NeededRuns(const fs::path& project, const std::vector<RunFolder>& runs) {
  std::set<std::string> ids, needed;
  for (const RunFolder& run : runs) ids.insert(run.id());
  for (const fs::path& file : NamingFiles(project)) FindIds(TextOf(file), ids, &needed);
  for (const RunFolder& run : runs) {
    std::set<std::string> named;
    FindIds(TextOf(run.File("manifest.json")), ids, &named);
    named.erase(run.id());
    needed.merge(named);
  }
  for (const Receipt& receipt : ListReceipts(project)) {
    for (const StaleRun& stale : receipt.stale) needed.insert(stale.replaced_by);
  }
  return needed;
}

// Empty where it cannot be read: such a run is neither trained nor to be continued.
Json ManifestOf(const RunFolder& run) {
  try {
    return run.Read("manifest.json");
  } catch (const Error&) {
    return nullptr;
  }
}

bool HasTags(const RunFolder& run) {
  try {
    return !ReadTags(run).empty();
  } catch (const Error&) {
    return true;  // whatever it says: it is not ours to throw away
  }
}

class Search {
 public:
  Search(const fs::path& project, const GarbageRules& rules, std::vector<KeptRun>* kept)
      : project_(project),
        rules_(rules),
        kept_(kept),
        runs_(ListRuns(project)),
        needed_(NeededRuns(project, runs_)),
        running_(project),
        now_(NowUnixSeconds()) {}

  std::vector<Garbage> Run() {
    std::set<std::string> verbs;  // that have a run to continue already
    for (const RunFolder& run : runs_) {
      const Json manifest = ManifestOf(run);
      const auto verb = manifest.is_object() ? ContinuingVerb(manifest) : std::nullopt;
      const bool newest = verb && verbs.insert(*verb).second;
      Consider(run, manifest.contains("trained"), newest ? *verb : "");
    }
    LeftOvers();
    std::ranges::reverse(found_);
    return std::move(found_);
  }

 private:
  // Why a run must stay whatever its age; "" where nothing speaks for it. `verb`: whose `--resume`
  // continues this one; "" for none.
  std::string WhyKept(const RunFolder& run, const std::string& verb) const {
    if (running_.Contains(run.id())) return "it is being written to";
    if (run.id() == runs_.front().id()) return "it is the newest";
    if (!verb.empty()) return "`bottega " + verb + " --resume` continues it";
    if (HasTags(run)) return "it has tags";
    if (needed_.contains(run.id())) return "something else in the project names it";
    return "";
  }

  void Consider(const RunFolder& run, bool trained, const std::string& verb) {
    const Size size = SizeOf(run.path());
    const double age = static_cast<double>(now_ - size.newest);
    const bool goes =
        trained ? rules_.old_age && age >= *rules_.old_age : age >= rules_.unfinished_age;
    const std::string why = WhyKept(run, verb);
    if (goes && why.empty()) {
      found_.push_back({trained ? GarbageKind::kOld : GarbageKind::kUnfinished, run, size.bytes,
                        size.files, age});
      return;
    }
    if (goes) kept_->push_back({run.id(), why});
    // A run that another names is used as it is, not trained further.
    const bool newest = run.id() == runs_.front().id();
    if (!trained || !rules_.checkpoints || newest || !verb.empty() || running_.Contains(run.id()))
      return;
    Size checkpoints;
    for (const fs::path& folder : CheckpointFolders(run.path())) {
      const Size one = SizeOf(folder);
      checkpoints.bytes += one.bytes;
      checkpoints.files += one.files;
    }
    if (checkpoints.files == 0) return;
    found_.push_back({GarbageKind::kCheckpoints, run, checkpoints.bytes, checkpoints.files, age});
  }

  void LeftOvers() {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(project_ / "runs", ignored)) {
      if (!entry.is_directory(ignored) || entry.is_symlink(ignored)) continue;
      if (fs::exists(entry.path() / "manifest.json", ignored)) continue;
      struct stat info{};
      if (stat(entry.path().c_str(), &info) != 0) continue;
      const Size size = SizeOf(entry.path());
      const double age =
          static_cast<double>(now_ - std::max<int64_t>(size.newest, info.st_mtim.tv_sec));
      const RunFolder folder(entry.path());
      if (age < rules_.unfinished_age || running_.Contains(folder.id())) continue;
      found_.push_back({GarbageKind::kLeftOver, folder, size.bytes, size.files, age});
    }
  }

  const fs::path& project_;
  const GarbageRules& rules_;
  std::vector<KeptRun>* kept_;
  const std::vector<RunFolder> runs_;
  const std::set<std::string> needed_;
  const RunningRuns running_;
  const int64_t now_;
  std::vector<Garbage> found_;
};

// What is worth knowing of a run when it is gone.
Json RecordOf(const Garbage& garbage) {
  Json item = {{"run", garbage.run.id()},
               {"what", GarbageKindName(garbage.kind)},
               {"bytes", garbage.bytes},
               {"files", garbage.files}};
  if (garbage.kind == GarbageKind::kCheckpoints || !garbage.run.Has("manifest.json")) return item;
  try {
    const Json manifest = garbage.run.Read("manifest.json");
    for (const char* key : {"created", "command", "inputs", "sets", "trained", "data_version"}) {
      if (manifest.contains(key)) item[key] = manifest[key];
    }
    item["model"] = manifest.at("recipe").value("model", Json());
    if (garbage.run.Has("metrics.json")) {
      const Json metrics = garbage.run.Read("metrics.json");
      const std::string primary = metrics.value("primary", "");
      for (const char* part : {"validation", "test"}) {
        if (!metrics.contains(part) || !metrics[part].contains(primary)) continue;
        item["scores"][std::string(part) + "." + primary] = metrics[part][primary];
      }
    }
  } catch (const std::exception&) {
    item["damaged"] = true;
  }
  return item;
}

void RemoveFolder(const fs::path& folder) {
  std::error_code error;
  fs::remove(folder / "manifest.json", error);  // first: now it is no run
  if (!error) fs::remove_all(folder, error);
  if (error) throw IoError("removing", folder.string(), error.value());
}

}  // namespace

std::string_view GarbageKindName(GarbageKind kind) {
  switch (kind) {
    case GarbageKind::kUnfinished:
      return "unfinished run";
    case GarbageKind::kOld:
      return "old run";
    case GarbageKind::kCheckpoints:
      return "checkpoints";
    case GarbageKind::kLeftOver:
      break;
  }
  return "left-over";
}

std::vector<Garbage> FindGarbage(const fs::path& project, const GarbageRules& rules,
                                 std::vector<KeptRun>* kept) {
  return Search(project, rules, kept).Run();
}

Json RemoveGarbage(const fs::path& project, const std::vector<Garbage>& garbage) {
  const std::string id = NewRunId();
  Json record = {{"format", 1}, {"id", id}, {"time", NowUtc()}, {"items", Json::array()}};
  const fs::path path = project / ".bottega" / "removed" / (id + ".json");
  for (const Garbage& one : garbage) {
    std::optional<FolderLock> lock;
    try {
      lock.emplace(one.run.path(), "");
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kUsage) throw;
      continue;
    }
    record["items"].push_back(RecordOf(one));
    WriteJson(path, record);  // before: what is gone is on record
    if (one.kind == GarbageKind::kCheckpoints) {
      for (const fs::path& folder : CheckpointFolders(one.run.path())) {
        std::error_code error;
        fs::remove_all(folder, error);
        if (error) throw IoError("removing", folder.string(), error.value());
      }
    } else {
      RemoveFolder(one.run.path());
    }
  }
  return record;
}

}  // namespace bottega
