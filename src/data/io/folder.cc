#include "data/io/folder.h"

#include <arrow/array.h>
#include <arrow/table.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
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
#include "data/io/issue_list.h"
#include "data/io/side_table.h"
#include "data/io/source_bytes.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int64_t kMostPixels = 100'000'000;
constexpr int64_t kFilesAtOnce = 64;
// How much of a file is read: nearly always enough, enough with an EXIF thumbnail, all of it.
constexpr std::array<size_t, 3> kHeadBytes = {8 << 10, 256 << 10, SIZE_MAX};
constexpr size_t kTailBytes = 4 << 10;

enum class Kind { kForeign, kUnreadable, kTooLarge, kPicture };

struct FileFacts {
  std::string path;    // relative to the root, '/' between folders
  std::string folder;  // first folder: split or class
  std::string label, part;
  Kind kind = Kind::kForeign;
  PictureInfo info;
  std::string why;  // of what is not used
  bool misnamed = false, truncated = false;
};

std::string_view FormatOfName(const std::string& path) {
  const std::string extension = LowerAscii(fs::path(path).extension().string());
  static const std::map<std::string, std::string_view> formats = {
      {".jpg", "jpeg"}, {".jpeg", "jpeg"}, {".jpe", "jpeg"},  {".jfif", "jpeg"},
      {".png", "png"},  {".webp", "webp"}, {".gif", "GIF"},   {".bmp", "BMP"},
      {".tif", "TIFF"}, {".tiff", "TIFF"}, {".heic", "HEIC"}, {".avif", "AVIF"}};
  const auto found = formats.find(extension);
  return found == formats.end() ? std::string_view() : found->second;
}

bool IsPictureByContent(std::string_view bytes) {
  return bytes.starts_with("\xFF\xD8\xFF") || bytes.starts_with("\x89PNG\r\n\x1A\n") ||
         (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP");
}

class OpenFile {
 public:
  explicit OpenFile(const fs::path& path) : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0) throw IoError("opening", path.string(), errno);
    size_ = std::max<off_t>(0, lseek(fd_, 0, SEEK_END));
  }
  ~OpenFile() { close(fd_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  size_t size() const { return static_cast<size_t>(size_); }
  std::string Read(size_t begin, size_t bytes) const {
    std::string out(std::min(bytes, size() - begin), '\0');
    size_t done = 0;
    while (done < out.size()) {
      const ssize_t got =
          pread(fd_, out.data() + done, out.size() - done, static_cast<off_t>(begin + done));
      if (got <= 0) break;
      done += static_cast<size_t>(got);
    }
    out.resize(done);
    return out;
  }

 private:
  int fd_;
  off_t size_ = 0;
};

// A JPEG ends with the marker FF D9; a few bytes that cameras append may follow.
bool EndsEarly(const OpenFile& file) {
  const std::string_view end("\xFF\xD9", 2);
  const size_t tail = std::min(file.size(), kTailBytes);
  if (file.Read(file.size() - tail, tail).rfind(end) != std::string::npos) return false;
  // A thumbnail in the head has its own end marker, but lies before the picture's first scan.
  const std::string all = file.Read(0, file.size());
  const size_t scan = all.rfind(std::string_view("\xFF\xDA", 2));
  const size_t found = all.rfind(end);
  return found == std::string::npos || (scan != std::string::npos && found < scan);
}

void ReadFacts(const fs::path& root, FileFacts* facts) {
  const std::string_view named = FormatOfName(facts->path);
  try {
    const OpenFile file(root / facts->path);
    for (const size_t bytes : kHeadBytes) {
      const std::string head = file.Read(0, bytes);
      if (!IsPictureByContent(head)) {
        facts->kind = named.empty() ? Kind::kForeign : Kind::kUnreadable;
        facts->why = head.empty() ? "the file is empty" : "it is no JPEG, PNG or WebP picture";
        return;
      }
      try {
        facts->info = ReadPictureInfo(head, facts->path);
      } catch (const Error& error) {
        facts->kind = Kind::kUnreadable;
        facts->why = error.message();
        if (head.size() < file.size()) continue;
        return;
      }
      break;
    }
    facts->kind = Kind::kPicture;
    facts->why.clear();
    const int64_t pixels = int64_t{facts->info.width} * facts->info.height;
    if (facts->info.format != "jpeg" && pixels > kMostPixels) {
      facts->kind = Kind::kTooLarge;
      facts->why = "a " + facts->info.format + " file of " + FormatCount(pixels) +
                   " pixels would have to be decoded whole; only a JPEG can be that large";
    }
    facts->misnamed = !named.empty() && named != facts->info.format;
    facts->truncated = facts->info.format == "jpeg" && EndsEarly(file);
  } catch (const Error& error) {
    facts->kind = Kind::kUnreadable;
    facts->why = error.message();
  }
}

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
bool HasParts(const std::vector<FileFacts>& files) {
  bool any = false;
  for (const FileFacts& file : files) {
    if (file.kind == Kind::kForeign) continue;
    if (PartOfName(file.folder).empty()) return false;
    any = any || PathParts(file.path).size() >= 3;
  }
  return any;
}

// Files in folders that hold at least one file which is a picture, or claims to be one.
void DropOtherFolders(std::vector<FileFacts>* files) {
  std::set<std::string> folders;
  for (const FileFacts& file : *files) {
    if (file.kind != Kind::kForeign) folders.insert(file.folder);
  }
  std::erase_if(*files, [&](const FileFacts& file) { return !folders.contains(file.folder); });
}

void FillLabels(std::vector<FileFacts>* files, bool parts) {
  for (FileFacts& file : *files) {
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

std::vector<FileFacts> FindFiles(const fs::path& root) {
  std::vector<FileFacts> files;
  for (const fs::path& path : SourceFiles(root)) {
    FileFacts facts;
    facts.path = path.generic_string();
    const size_t slash = facts.path.find('/');
    if (slash == std::string::npos) continue;
    facts.folder = facts.path.substr(0, slash);
    files.push_back(std::move(facts));
  }
  ParallelFor(static_cast<int64_t>(files.size()), kFilesAtOnce, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) ReadFacts(root, &files[static_cast<size_t>(i)]);
  });
  DropOtherFolders(&files);
  return files;
}

void AddIssues(const FileFacts& file, int64_t row, IssueList* issues) {
  const Place place = {.file = file.path, .row = row};
  const auto add = [&](const char* kind, const std::string& message) {
    issues->Add({kind, place, message});
  };
  if (file.kind == Kind::kForeign) {
    add("foreign_file", "the file is left out: " + file.why);
  } else if (file.kind == Kind::kUnreadable) {
    add("unreadable_file", "the picture is left out: " + file.why);
  } else if (file.kind == Kind::kTooLarge) {
    add("too_large", "the picture is left out: " + file.why);
  } else {
    if (file.misnamed) {
      add("misnamed_file",
          "the file is a " + file.info.format + " picture, not what its name says");
    }
    if (file.truncated) add("truncated_file", "the JPEG ends early; what is missing is gray");
  }
}

// The same command on the folder that holds the classes, if there is exactly one candidate.
std::string OneClassHint(const fs::path& root, const std::vector<FileFacts>& files) {
  std::set<std::string> below;
  for (const FileFacts& file : files) {
    const std::vector<std::string> names = PathParts(file.path);
    if (names.size() >= 3) below.insert(names[1]);
  }
  if (below.size() >= 2 && !files.empty()) {
    return "the classes seem to lie one folder deeper: `bottega init " +
           ShellQuote((root / files.front().folder).string()) + "`";
  }
  return "lay the pictures out as FOLDER/CLASS/FILE with at least two classes";
}

void RequireClasses(const fs::path& root, const std::vector<FileFacts>& files) {
  std::set<std::string> labels;
  for (const FileFacts& file : files) {
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

struct Columns {
  std::vector<std::string> picture, label, part;
  std::vector<double> width, height;
};

void AddColumn(Dataset* data, std::vector<std::shared_ptr<arrow::Field>>* fields,
               std::vector<std::shared_ptr<arrow::Array>>* arrays, Column column,
               std::shared_ptr<arrow::Array> values) {
  fields->push_back(arrow::field(column.name, values->type()));
  arrays->push_back(std::move(values));
  data->columns.push_back(std::move(column));
}

Dataset Assemble(const fs::path& root, const std::vector<FileFacts>& files, bool parts) {
  Dataset data;
  data.source = data.root = root;
  IssueList issues;
  Columns cells;
  for (size_t i = 0; i < files.size(); ++i) {
    AddIssues(files[i], static_cast<int64_t>(i), &issues);
    if (files[i].kind != Kind::kPicture) continue;
    data.rows.push_back(static_cast<int64_t>(i));
    cells.picture.push_back(files[i].path);
    cells.label.push_back(files[i].label);
    cells.part.push_back(files[i].part);
    cells.width.push_back(files[i].info.width);
    cells.height.push_back(files[i].info.height);
  }
  std::vector<std::shared_ptr<arrow::Field>> fields;
  std::vector<std::shared_ptr<arrow::Array>> arrays;
  const auto add = [&](Column column, std::shared_ptr<arrow::Array> values) {
    AddColumn(&data, &fields, &arrays, std::move(column), std::move(values));
  };
  add({.name = "picture", .type = FeatureType::kPicture, .why = "the files"},
      TextArray(cells.picture));
  const bool binary = std::set<std::string>(cells.label.begin(), cells.label.end()).size() == 2;
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
    if (data.Find(column.column.name) >= 0) continue;
    add(std::move(column.column), std::move(column.values));
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
    try {
      if (IsPictureByContent(OpenFile(root / path).Read(0, 16))) return true;
    } catch (const Error&) {
      continue;
    }
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
  std::vector<FileFacts> files = FindFiles(root);
  const bool wanted = !settings.is_object() || settings.value("part", Json(true)) != Json(false);
  const bool parts = wanted && HasParts(files);
  FillLabels(&files, parts);
  RequireClasses(root, files);
  return Assemble(root, files, parts);
}

}  // namespace bottega
