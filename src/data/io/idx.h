// IDX files, as MNIST's: http://yann.lecun.com/exdb/mnist/ (section "FILE FORMATS").
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "data/dataset.h"
#include "data/image/picture.h"

namespace bottega {

// An IDX array of bytes: big-endian header (0, 0, type, rank, sizes), then row-major values.
struct IdxArray {
  std::vector<int64_t> shape;
  std::vector<uint8_t> values;
};

// `path` may be gzipped (by content). Errors: kMissing; kData when the header is wrong, the type
// is not unsigned byte, or the length disagrees with the sizes.
IdxArray ReadIdxArray(const std::filesystem::path& path);

// True when `source` is a folder or a file prefix ("mnist/t10k") with an images and a labels file,
// or one of the two files.
bool LooksLikeIdx(const std::filesystem::path& source);

// Images and labels of one folder, file prefix or images file: names contain "images" and
// "labels", and end in "-ubyte", ".idx", ".gz" or "-idx3-ubyte" as MNIST's do. If there are train
// and t10k (or test) pairs, the training pairs come first and a column "part" (Role::kPart) says
// train or test. Columns: "picture" ("#0", "#1", ... over all pairs), "label" (target), "part".
// Record numbers are those of the "#n". Labels without images are left out, with an issue.
// Errors: kMissing; kData when a pair is incomplete or images are not of rank 3 (gray) or 4 (RGB).
Dataset ReadIdx(const std::filesystem::path& source, const Json& settings);

// The pictures of ReadIdx(source), all in memory. Cells are "#n".
std::shared_ptr<PictureSource> OpenIdxPictures(const std::filesystem::path& source);

}  // namespace bottega
