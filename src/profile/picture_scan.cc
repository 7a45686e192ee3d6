#include "profile/picture_scan.h"

#include <sys/stat.h>

#include <algorithm>
#include <mutex>
#include <optional>

#include "base/error.h"
#include "base/hash.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/threads.h"
#include "data/image/picture.h"
#include "data/image/picture_file.h"
#include "data/io/folder.h"

namespace bottega {
namespace {

using Cells = std::vector<std::optional<std::string>>;
using Scans = std::vector<PictureScan>;

constexpr DecodeOptions kSmall = {.min_side = kPropertySide};

bool IsIdxCell(const std::string& cell) { return !cell.empty() && cell[0] == '#'; }

// Names, sizes and times of all files: the same key, the same pictures.
uint64_t KeyOf(const Dataset& data, const Cells& cells) {
  uint64_t key = Xxh3(data.source.string(), 1);
  for (const auto& cell : cells) {
    if (!cell) continue;
    key = Xxh3(*cell, key);
    struct stat status{};
    if (IsIdxCell(*cell) || ::stat((data.root / *cell).c_str(), &status) != 0) continue;
    const int64_t facts[] = {status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
                             static_cast<int64_t>(status.st_ino)};
    key = Xxh3({reinterpret_cast<const char*>(facts), sizeof facts}, key);
  }
  return key;
}

Picture LoadCell(const Dataset& data, const PictureSource& source, const std::string& cell,
                 PictureScan* scan) {
  if (IsIdxCell(cell)) {
    Picture picture = source.Load(cell, kSmall);
    const std::string_view pixels(reinterpret_cast<const char*>(picture.rgb.data()),
                                  picture.rgb.size());
    scan->properties.width = picture.width;
    scan->properties.height = picture.height;
    scan->properties.format = "idx";
    scan->content[0] = Xxh3(pixels, static_cast<uint64_t>(picture.width));
    scan->content[1] = Xxh3(pixels, 0x5bd1e995ULL + static_cast<uint64_t>(picture.height));
    return picture;
  }
  const PictureFile file = ReadPictureFile(data.root / cell);
  scan->content[0] = Xxh3(file.bytes, 0);
  scan->content[1] = Xxh3(file.bytes, file.bytes.size() + 1);
  const PictureInfo info = ReadPictureInfo(file.bytes, cell);
  scan->properties.width = info.width;
  scan->properties.height = info.height;
  scan->properties.format = info.format;
  scan->properties.bytes = static_cast<int64_t>(file.bytes.size());
  return DecodePicture(file.bytes, kSmall, cell);
}

void ScanOne(const Dataset& data, const PictureSource& source, const std::string& cell,
             PictureScan* scan) {
  try {
    const Picture picture = LoadCell(data, source, cell, scan);
    scan->truncated = picture.truncated;
    scan->gray = GrayOf(picture);
    scan->layout = LayoutOf(picture);
    scan->cosine = CosineHash(scan->gray);
    scan->gradient = GradientHash(scan->gray);
    scan->features = PictureFeatures(picture);
    MeasurePixels(picture, &scan->properties);
    scan->readable = true;
  } catch (const Error& error) {
    scan->error = error.message();
  }
}

std::shared_ptr<const Scans> Scan(const Dataset& data, const Cells& cells) {
  auto scans = std::make_shared<Scans>(cells.size());
  const std::shared_ptr<PictureSource> source = OpenPictures(data);
  Progress progress("looking at pictures", static_cast<int64_t>(cells.size()), "pictures");
  ParallelFor(static_cast<int64_t>(cells.size()), 16, [&](int64_t begin, int64_t end) {
    ThrowIfInterrupted();
    for (int64_t i = begin; i < end; ++i) {
      const auto& cell = cells[static_cast<size_t>(i)];
      if (cell) ScanOne(data, *source, *cell, &(*scans)[static_cast<size_t>(i)]);
    }
    progress.Advance(end - begin);
  });
  return scans;
}

}  // namespace

std::shared_ptr<const Scans> ScanPictures(const Dataset& data) {
  static std::mutex mutex;
  static uint64_t kept_key = 0;
  static std::shared_ptr<const Scans> kept;
  if (!data.HasPictures()) {
    throw Error(ErrorKind::kData, "there is no picture column", {.file = data.source.string()});
  }
  const Cells cells = TextsOf(data, data.PictureIndex());
  const std::lock_guard lock(mutex);
  const uint64_t key = KeyOf(data, cells);
  if (kept == nullptr || key != kept_key || kept->size() != cells.size()) {
    kept = Scan(data, cells);
    kept_key = key;
  }
  return kept;
}

}  // namespace bottega
