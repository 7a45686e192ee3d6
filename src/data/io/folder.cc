#include "data/io/folder.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/threads.h"
#include "data/arrow_support.h"
#include "data/io/folder_file.h"
#include "data/io/issue_list.h"
#include "data/io/side_table.h"
#include "data/io/source_bytes.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

using Kind = FolderFile::Kind;

constexpr int64_t kFilesAtOnce = 64;

// "train", "validation" or "test"; "" for other names.
std::string PartOfName(const std::string& folder) {
  static const std::map<std::string, std::string> parts = {
      {"train", "train"},      {"training", "train"},        {"val", "validation"},
      {"valid", "validation"}, {"validation", "validation"}, {"dev", "validation"},
      {"test", "test"},        {"testing", "test"}};
  const auto found = parts.find(LowerAscii(folder));
  return found == parts.end() ? std::string() : found->second;
}

std::vector<std::string> PathParts(const std::string& path) { return Split(path, '/'); }

// Whether all first folders with pictures are named as parts and hold folders in turn.
bool HasParts(const std::vector<FolderFile>& files) {
  bool any = false;
  for (const FolderFile& file : files) {
    if (file.kind == Kind::kForeign) continue;
    if (PartOfName(file.folder).empty()) return false;
    any = any || PathParts(file.path).size() >= 3;
  }
  return any;
}

// Files in folders that hold at least one file which is a picture, or claims to be one.
void DropOtherFolders(std::vector<FolderFile>* files) {
  std::set<std::string> folders;
  for (const FolderFile& file : *files) {
    if (file.kind != Kind::kForeign) folders.insert(file.folder);
  }
  std::erase_if(*files, [&](const FolderFile& file) { return !folders.contains(file.folder); });
}

void FillLabels(std::vector<FolderFile>* files, bool parts) {
  for (FolderFile& file : *files) {
    const std::vector<std::string> names = PathParts(file.path);
    const size_t at = parts ? 1 : 0;
    if (parts) file.part = PartOfName(names[0]);
    if (names.size() >= at + 2) {
      file.label = names[at];
    } else {
      file.kind = Kind::kForeign;
      file.why = "it lies in no class folder";
    }
  }
}

std::vector<FolderFile> FindFiles(const fs::path& root) {
  std::vector<FolderFile> files;
  for (const fs::path& path : SourceFiles(root)) {
    FolderFile facts;
    facts.path = path.generic_string();
    const size_t slash = facts.path.find('/');
    if (slash == std::string::npos) continue;
    facts.folder = facts.path.substr(0, slash);
    files.push_back(std::move(facts));
  }
  ParallelFor(static_cast<int64_t>(files.size()), kFilesAtOnce, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) LookAt(root, &files[static_cast<size_t>(i)]);
  });
  DropOtherFolders(&files);
  return files;
}

// The same command on the folder that holds the classes, if there is exactly one candidate.
std::string OneClassHint(const fs::path& root, const std::vector<FolderFile>& files) {
  std::set<std::string> below;
  for (const FolderFile& file : files) {
    const std::vector<std::string> names = PathParts(file.path);
    if (names.size() >= 3) below.insert(names[1]);
  }
  if (below.size() >= 2 && !files.empty()) {
    return "the classes seem to lie one folder deeper: `bottega init " +
           ShellQuote((root / files.front().folder).string()) + "`";
  }
  return "lay the pictures out as FOLDER/CLASS/FILE with at least two classes";
}

void RequireClasses(const fs::path& root, const std::vector<FolderFile>& files) {
  std::set<std::string> labels;
  for (const FolderFile& file : files) {
    if (file.kind == Kind::kPicture) labels.insert(file.label);
  }
  const Place place = {.file = root.string()};
  if (labels.empty()) {
    throw Error(ErrorKind::kData,
                files.empty() ? "the folder holds no pictures in class folders"
                              : "none of the folder's pictures can be used",
                place, "lay the pictures out as FOLDER/CLASS/FILE (JPEG, PNG or WebP)");
  }
  if (labels.size() == 1) {
    throw Error(ErrorKind::kData,
                "all pictures belong to one class, '" + *labels.begin() +
                    "': there is nothing to tell apart",
                place, OneClassHint(root, files));
  }
}

struct Cells {
  std::vector<std::string> picture, label, part;
  std::vector<double> width, height;
};

// The pictures that can be used; what is wrong with the files becomes issues.
Cells TakePictures(const std::vector<FolderFile>& files, Dataset* data, IssueList* issues) {
  Cells cells;
  for (size_t i = 0; i < files.size(); ++i) {
    AddIssues(files[i], {.file = files[i].path, .row = static_cast<int64_t>(i)}, issues);
    if (files[i].kind != Kind::kPicture) continue;
    data->rows.push_back(static_cast<int64_t>(i));
    cells.picture.push_back(files[i].path);
    cells.label.push_back(files[i].label);
    cells.part.push_back(files[i].part);
    cells.width.push_back(files[i].info.width);
    cells.height.push_back(files[i].info.height);
  }
  return cells;
}

Dataset Assemble(const fs::path& root, const std::vector<FolderFile>& files, bool parts) {
  Dataset data;
  data.source = data.root = root;
  IssueList issues;
  const Cells cells = TakePictures(files, &data, &issues);
  std::vector<std::shared_ptr<arrow::Field>> fields;
  std::vector<std::shared_ptr<arrow::Array>> arrays;
  const auto add = [&](Column column, std::shared_ptr<arrow::Array> values) {
    fields.push_back(arrow::field(column.name, values->type()));
    arrays.push_back(std::move(values));
    data.columns.push_back(std::move(column));
  };
  const bool binary = std::set<std::string>(cells.label.begin(), cells.label.end()).size() == 2;
  add({.name = "picture", .type = FeatureType::kPicture, .why = "the files"},
      TextArray(cells.picture));
  add({.name = "label",
       .type = binary ? FeatureType::kBinary : FeatureType::kCategory,
       .role = Role::kTarget,
       .why = "the names of the class folders"},
      TextArray(cells.label));
  if (parts) {
    add({.name = "part",
         .type = FeatureType::kCategory,
         .role = Role::kPart,
         .why = "the names of the first folders"},
        TextArray(cells.part));
  }
  add({.name = "width", .type = FeatureType::kNumber, .role = Role::kIgnored, .why = "in pixels"},
      NumberArray(cells.width));
  add({.name = "height", .type = FeatureType::kNumber, .role = Role::kIgnored, .why = "in pixels"},
      NumberArray(cells.height));
  for (SideColumn& column : ReadSideTable(root, cells.picture, &issues)) {
    if (data.Find(column.column.name) < 0) add(std::move(column.column), std::move(column.values));
  }
  data.table = arrow::Table::Make(arrow::schema(fields), arrays, data.size());
  data.issues = issues.Finish(root.string());
  data.reading = {{"format", "pictures"}, {"part", parts}};
  return data;
}

}  // namespace

std::vector<fs::path> SourceFiles(const fs::path& root) {
  std::vector<fs::path> files = ListFiles(root);
  std::error_code ignored;
  if (!fs::exists(root / "bottega.yaml", ignored)) return files;
  std::erase_if(files, [&](const fs::path& file) {
    auto name = file.begin();
    if (*name != "runs") return file == "bottega.yaml";
    return ++name != file.end() &&
           fs::exists(root / "runs" / *name / "recipe.resolved.yaml", ignored);
  });
  return files;
}

bool LooksLikePictureFolder(const fs::path& root) {
  std::error_code ignored;
  if (!fs::is_directory(root, ignored)) return false;
  for (const fs::path& path : SourceFiles(root)) {
    if (!path.has_parent_path()) continue;
    if (IsPictureFile(root / path)) return true;
  }
  return false;
}

Dataset ReadPictureFolder(const fs::path& root, const Json& settings) {
  RequireExists(root);
  std::error_code ignored;
  if (!fs::is_directory(root, ignored)) {
    throw Error(ErrorKind::kData, "this is a file, not a folder of pictures",
                {.file = root.string()}, "bottega init " + ShellQuote(root.parent_path().string()));
  }
  std::vector<FolderFile> files = FindFiles(root);
  const bool wanted = !settings.is_object() || settings.value("part", Json(true)) != Json(false);
  const bool parts = wanted && HasParts(files);
  FillLabels(&files, parts);
  RequireClasses(root, files);
  return Assemble(root, files, parts);
}

}  // namespace bottega
