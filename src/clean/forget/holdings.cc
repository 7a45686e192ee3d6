#include "clean/forget/holdings.h"

#include <algorithm>
#include <iterator>
#include <system_error>

#include "clean/forget/staging.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

struct Home {
  const char* folder;
  HoldingKind kind;
  bool named;  // whether the folders in it have names of their own
};
constexpr Home kHomes[] = {
    {".bottega/audit", HoldingKind::kCache, true},
    {".bottega/split", HoldingKind::kCache, true},
    {".bottega/clean", HoldingKind::kPlan, true},
    {".bottega/versions", HoldingKind::kVersion, true},
    {".bottega", HoldingKind::kSummary, false},  // what is left of it
    {"runs", HoldingKind::kRun, true},
    {"reviews", HoldingKind::kReview, false},
    {"receipts", HoldingKind::kReceipt, false},
};
constexpr const char* kRecipes[] = {"bottega.yaml", "waivers.yaml"};

bool IsHidden(const fs::path& inside) {
  return std::any_of(inside.begin(), inside.end(),
                     [](const fs::path& part) { return part.string().starts_with("."); });
}

// A holding in `home`, of which `inside` is the path within.
Holding In(const Home& home, const fs::path& inside) {
  Holding holding{.path = home.folder / inside, .kind = home.kind};
  const std::string name = holding.name();
  if (name.starts_with("bottega.db")) holding.kind = HoldingKind::kIndex;
  if (name == "forgotten.json" && !home.named) holding.kind = HoldingKind::kMemory;
  if (IsHidden(inside)) holding.kind = HoldingKind::kLeftOver;
  if (home.named && std::distance(inside.begin(), inside.end()) > 1) {
    holding.of = inside.begin()->string();
  }
  return holding;
}

bool Begins(const fs::path& path, const fs::path& folder) {
  return std::ranges::mismatch(folder, path).in1 == folder.end();
}

void ListHome(const fs::path& project, const Home& home, std::vector<Holding>* holdings) {
  std::error_code error;
  const fs::path folder = project / home.folder;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    if (it->is_symlink(ignored)) {
      it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file(ignored) || it->path().filename() == ".lock") continue;
    const fs::path path = it->path().lexically_relative(project);
    const bool elsewhere = !home.named && std::ranges::any_of(kHomes, [&](const Home& other) {
      return other.named && Begins(path, other.folder);
    });
    if (elsewhere || Begins(path, kStagingFolder)) continue;
    holdings->push_back(In(home, path.lexically_relative(home.folder)));
  }
}

bool IsOwned(const fs::path& path) {
  return std::ranges::any_of(kHomes, [&](const Home& h) { return Begins(path, h.folder); }) ||
         std::ranges::any_of(kRecipes, [&](const char* name) { return path == name; });
}

}  // namespace

fs::path Holding::Folder() const {
  fs::path folder;
  for (const fs::path& part : path) {
    folder /= part;
    if (part == of) break;
  }
  return folder;
}

std::string_view HoldingKindName(HoldingKind kind) {
  switch (kind) {
    case HoldingKind::kCache:
      return "a cache";
    case HoldingKind::kPlan:
      return "a plan of repairs";
    case HoldingKind::kVersion:
      return "a version";
    case HoldingKind::kSummary:
      return "a record";
    case HoldingKind::kRun:
      return "a run";
    case HoldingKind::kReview:
      return "a review";
    case HoldingKind::kReceipt:
      return "a receipt";
    case HoldingKind::kRecipe:
      return "the recipe";
    case HoldingKind::kIndex:
      return "the index";
    case HoldingKind::kMemory:
      return "the memory of who was forgotten";
    case HoldingKind::kLeftOver:
      return "what a killed process left";
  }
  return "";
}

std::vector<Holding> ListHoldings(const fs::path& project) {
  std::vector<Holding> holdings;
  for (const Home& home : kHomes) ListHome(project, home, &holdings);
  std::error_code ignored;
  for (const char* name : kRecipes) {
    if (fs::is_regular_file(project / name, ignored)) {
      holdings.push_back({.path = name, .kind = HoldingKind::kRecipe});
    }
  }
  std::ranges::sort(holdings, {}, [](const Holding& h) { return h.path.string(); });
  return holdings;
}

std::vector<fs::path> OtherFiles(const fs::path& project, const fs::path& source) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(project, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    const fs::path path = it->path().lexically_relative(project);
    const bool skipped = it->is_symlink(ignored) || IsOwned(path) ||
                         it->path().filename() == ".git" ||
                         fs::equivalent(it->path(), source, ignored);
    if (skipped) {
      it.disable_recursion_pending();
    } else if (it->is_regular_file(ignored)) {
      files.push_back(path);
    }
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace bottega
