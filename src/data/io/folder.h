// Picture folders: root/[split/]class/file.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/json.h"
#include "data/dataset.h"
#include "data/image/picture.h"

namespace bottega {

// ListFiles of a source that is a folder, without what a project that lives in it writes there (its
// recipe and run folders).
std::vector<std::filesystem::path> SourceFiles(const std::filesystem::path& root);

// True when `root` is a folder with at least one picture (by content) in a folder below it.
bool LooksLikePictureFolder(const std::filesystem::path& root);

// Reads the headers (never the pixels) of all files below `root`, in parallel.
//
// The record number of a row is the index of its path, relative to `root`, among all regular files
// below class folders in byte order. Columns: "picture" (path relative to `root`); "label" (name
// of the class folder, target); "part" (train, validation or test; Role::kPart) if the first
// folders are called train, val, valid, validation, test or testing; "width" and "height" of the
// picture (ignored role). A table root/*.csv with a column of the files' paths adds its other
// columns; class folders win over a column of the same name.
//
// What cannot be used is left out with a ReadIssue and keeps its record number: "unreadable_file"
// (no picture, cut before its size, unsupported), "too_large" (as WhyTooLarge says),
// "foreign_file" (neither a picture nor named like one). A picture whose name claims another format
// is used, with an issue "misnamed_file"; a JPEG that ends early is used, with "truncated_file".
// Errors: kMissing when `root` is not there; kData when it holds no pictures or only one class.
//
// `settings`: what the recipe's data section has on reading; the keys used are "part" (false:
// folders named train etc. are classes like others). Null or {} means all defaults.
Dataset ReadPictureFolder(const std::filesystem::path& root, const Json& settings);

// Pictures of the Dataset's picture column, whether ReadPictureFolder, ReadIdx or a table with a
// column of paths (relative to data.root) gave it. Thread-safe. Keeps no reference to `data`.
// Error kData when it has no picture column.
std::shared_ptr<PictureSource> OpenPictures(const Dataset& data);

}  // namespace bottega
