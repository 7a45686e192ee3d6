// One file of a picture folder: what it is, told by its head and tail, never by its pixels.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "data/image/picture.h"
#include "data/io/issue_list.h"

namespace bottega {

struct FolderFile {
  // kForeign: neither a picture nor named like one.
  enum class Kind { kForeign, kUnreadable, kTooLarge, kPicture };

  std::string path;    // relative to the root, '/' between folders
  std::string folder;  // first folder: split or class
  std::string label, part;
  Kind kind = Kind::kForeign;
  PictureInfo info;
  std::string why;  // of what is not used
  bool misnamed = false, truncated = false;
};

// Reads the file at `path` below `root` and fills in kind, info, why, misnamed and truncated. A
// file that cannot be read is kUnreadable.
void LookAt(const std::filesystem::path& root, FolderFile* file);

// Says what is wrong with the file, and whether it is therefore left out.
void AddIssues(const FolderFile& file, const Place& place, IssueList* issues);

// Whether a file that can be read starts as a JPEG, PNG or WebP picture does.
bool IsPictureFile(const std::filesystem::path& path);

}  // namespace bottega
