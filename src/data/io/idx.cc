#include "data/io/idx.h"

#include <arrow/table.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "data/image/resample.h"
#include "data/io/source_bytes.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr uint8_t kUnsignedByte = 0x08;

struct Pair {
  fs::path images, labels;
  std::string part;  // "train", "test", "" when there is only one pair
};

bool Contains(const std::string& text, std::string_view what) {
  return text.find(what) != std::string::npos;
}

bool HasIdxHeader(const fs::path& path) {
  try {
    std::string head = ReadFile(path).substr(0, 4);
    if (CompressionOf(head) != "none") return true;
    return head.size() == 4 && head[0] == 0 && head[1] == 0 &&
           static_cast<uint8_t>(head[2]) == kUnsignedByte;
  } catch (const Error&) {
    return false;
  }
}

bool IsIdxName(const std::string& name, std::string_view what) {
  const std::string lower = LowerAscii(name);
  if (!Contains(lower, what)) return false;
  const bool packed = lower.ends_with(".gz");
  const std::string plain = packed ? lower.substr(0, lower.size() - 3) : lower;
  return plain.ends_with("ubyte") || plain.ends_with(".idx") || Contains(plain, "idx1") ||
         Contains(plain, "idx3") || Contains(plain, "idx4");
}

// What stands before "images" or "labels": "t10k-", "train-".
std::string Prefix(const std::string& name, std::string_view what) {
  return name.substr(0, LowerAscii(name).find(what));
}

std::vector<fs::path> Candidates(const fs::path& source, std::string* prefix) {
  std::error_code ignored;
  fs::path folder = source;
  if (!fs::is_directory(source, ignored)) {
    folder = source.has_parent_path() ? source.parent_path() : fs::path(".");
    const std::string name = source.filename().string();
    *prefix = name;
    for (const std::string_view what : {"images", "labels"}) {
      if (IsIdxName(name, what)) *prefix = Prefix(name, what);
    }
  }
  std::vector<fs::path> paths;
  if (!fs::is_directory(folder, ignored)) return paths;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// Pairs in the order train, others, test; `complete` false allows missing labels.
std::vector<Pair> FindPairs(const fs::path& source) {
  std::string wanted;
  const std::vector<fs::path> paths = Candidates(source, &wanted);
  std::vector<Pair> pairs;
  for (const fs::path& path : paths) {
    const std::string name = path.filename().string();
    if (!IsIdxName(name, "images") || !name.starts_with(wanted)) continue;
    const std::string prefix = Prefix(name, "images");
    // The same images packed and unpacked are one pair.
    const auto same = [&](const Pair& pair) {
      return Prefix(pair.images.filename().string(), "images") == prefix;
    };
    if (std::any_of(pairs.begin(), pairs.end(), same)) continue;
    Pair pair{path, {}, {}};
    for (const fs::path& other : paths) {
      const std::string label = other.filename().string();
      if (IsIdxName(label, "labels") && Prefix(label, "labels") == prefix && pair.labels.empty()) {
        pair.labels = other;
      }
    }
    const std::string lower = LowerAscii(prefix);
    pair.part = Contains(lower, "train")                             ? "train"
                : Contains(lower, "t10k") || Contains(lower, "test") ? "test"
                                                                     : "";
    pairs.push_back(std::move(pair));
  }
  const auto rank = [](const Pair& p) { return p.part == "train" ? 0 : p.part == "test" ? 2 : 1; };
  std::stable_sort(pairs.begin(), pairs.end(),
                   [&](const Pair& a, const Pair& b) { return rank(a) < rank(b); });
  return pairs;
}

std::vector<Pair> RequirePairs(const fs::path& source) {
  std::vector<Pair> pairs = FindPairs(source);
  if (pairs.empty()) {
    std::error_code ignored;
    if (!fs::exists(source, ignored)) RequireExists(source);
    throw Error(ErrorKind::kData, "no IDX images were found", {.file = source.string()},
                "give the files names with 'images' and 'labels', as train-images-idx3-ubyte.gz");
  }
  for (const Pair& pair : pairs) {
    if (!pair.labels.empty()) continue;
    throw Error(
        ErrorKind::kData, "there is no labels file for these images",
        {.file = pair.images.string()},
        "put " + Prefix(pair.images.filename().string(), "images") + "labels-idx1-ubyte beside it");
  }
  return pairs;
}

IdxArray ReadImages(const fs::path& path) {
  IdxArray images = ReadIdxArray(path);
  const size_t rank = images.shape.size();
  const bool sides = rank >= 3 && images.shape[1] > 0 && images.shape[2] > 0;
  if (!sides || rank > 4 || (rank == 4 && images.shape[3] != 3 && images.shape[3] != 1)) {
    throw Error(ErrorKind::kData, "the IDX file does not hold images (count x height x width)",
                {.file = path.string()});
  }
  return images;
}

class IdxPictures : public PictureSource {
 public:
  explicit IdxPictures(const fs::path& source) {
    for (const Pair& pair : RequirePairs(source)) parts_.push_back(ReadImages(pair.images));
  }

  Picture Load(const std::string& cell, const DecodeOptions&) const override {
    const auto [part, index] = Locate(cell);
    Picture picture;
    picture.height = static_cast<int>(part->shape[1]);
    picture.width = static_cast<int>(part->shape[2]);
    const size_t pixels = static_cast<size_t>(part->shape[1] * part->shape[2]);
    const bool color = part->shape.size() == 4 && part->shape[3] == 3;
    const uint8_t* from =
        part->values.data() + static_cast<size_t>(index) * pixels * (color ? 3 : 1);
    picture.rgb.resize(pixels * 3);
    for (size_t i = 0; i < pixels * 3; ++i) picture.rgb[i] = from[color ? i : i / 3];
    return picture;
  }

  PictureInfo Info(const std::string& cell) const override {
    const IdxArray& part = *Locate(cell).first;
    PictureInfo info;
    info.format = "idx";
    info.height = static_cast<int>(part.shape[1]);
    info.width = static_cast<int>(part.shape[2]);
    info.channels = part.shape.size() == 4 ? static_cast<int>(part.shape[3]) : 1;
    return info;
  }

 private:
  std::pair<const IdxArray*, int64_t> Locate(const std::string& cell) const {
    auto n = cell.starts_with('#') ? ParseInteger(std::string_view(cell).substr(1)) : std::nullopt;
    if (n && *n >= 0) {
      for (const IdxArray& part : parts_) {
        if (*n < part.shape[0]) return {&part, *n};
        *n -= part.shape[0];
      }
    }
    throw Error(ErrorKind::kMissing, "there is no image '" + cell + "' in the IDX files");
  }

  std::vector<IdxArray> parts_;
};

}  // namespace

IdxArray ReadIdxArray(const fs::path& path) {
  std::string bytes = ReadFile(path);
  const std::string_view compression = CompressionOf(bytes);
  if (compression != "none") bytes = Unpack(bytes, compression, path.string());
  const auto fail = [&](const std::string& why) {
    return Error(ErrorKind::kData, "this is no usable IDX file: " + why, {.file = path.string()});
  };
  const auto at = [&](size_t i) { return static_cast<uint8_t>(bytes[i]); };
  if (bytes.size() < 8 || at(0) != 0 || at(1) != 0)
    throw fail("its first bytes are not those of IDX");
  if (at(2) != kUnsignedByte) throw fail("its values are not unsigned bytes");
  const size_t rank = at(3), header = 4 + 4 * rank;
  if (rank == 0 || rank > 8 || bytes.size() < header) throw fail("its header is cut");
  IdxArray array;
  uint64_t values = 1;
  for (size_t d = 0; d < rank; ++d) {
    uint32_t size = 0;
    for (size_t i = 0; i < 4; ++i) size = size << 8 | at(4 + 4 * d + i);
    array.shape.push_back(size);
    values = size == 0 || values <= bytes.size() ? values * size : values;
  }
  if (values != bytes.size() - header) {
    throw fail("it has " + FormatCount(static_cast<int64_t>(bytes.size() - header)) +
               " values where its sizes make another number");
  }
  array.values.assign(bytes.begin() + static_cast<int64_t>(header), bytes.end());
  return array;
}

bool LooksLikeIdx(const fs::path& source) {
  const std::vector<Pair> pairs = FindPairs(source);
  return !pairs.empty() && HasIdxHeader(pairs.front().images);
}

Dataset ReadIdx(const fs::path& source, const Json&) {
  const std::vector<Pair> pairs = RequirePairs(source);
  const bool parts =
      std::any_of(pairs.begin(), pairs.end(), [](auto& p) { return p.part == "train"; }) &&
      std::any_of(pairs.begin(), pairs.end(), [](auto& p) { return p.part == "test"; });
  Dataset data;
  data.source = source;
  data.root = source;
  std::vector<std::string> pictures, labels, part;
  int64_t first = 0;
  for (const Pair& pair : pairs) {
    const IdxArray image = ReadImages(pair.images), label = ReadIdxArray(pair.labels);
    if (label.shape.size() != 1) {
      throw Error(ErrorKind::kData, "the IDX file does not hold labels (one number an image)",
                  {.file = pair.labels.string()});
    }
    if (label.shape[0] != image.shape[0]) {
      data.issues.push_back({"ragged_row",
                             {.file = pair.labels.string()},
                             "there are " + FormatCount(label.shape[0]) + " labels for " +
                                 FormatCount(image.shape[0]) +
                                 " images; what has no partner is left out"});
    }
    for (int64_t i = 0; i < std::min(label.shape[0], image.shape[0]); ++i) {
      data.rows.push_back(first + i);
      pictures.push_back("#" + std::to_string(first + i));
      labels.push_back(std::to_string(label.values[static_cast<size_t>(i)]));
      part.push_back(pair.part == "test" ? "test" : "train");
    }
    first += image.shape[0];
  }
  if (std::adjacent_find(labels.begin(), labels.end(), std::not_equal_to<>()) == labels.end()) {
    throw Error(ErrorKind::kData,
                labels.empty() ? "the IDX files hold no images" : "all images have the same label",
                {.file = source.string()}, "put images of a second class into the files");
  }
  std::vector<std::shared_ptr<arrow::Field>> fields = {arrow::field("picture", arrow::utf8()),
                                                       arrow::field("label", arrow::utf8())};
  std::vector<std::shared_ptr<arrow::Array>> arrays = {TextArray(pictures), TextArray(labels)};
  data.columns.push_back(
      {.name = "picture", .type = FeatureType::kPicture, .why = "the images of the IDX files"});
  data.columns.push_back({.name = "label",
                          .type = FeatureType::kCategory,
                          .role = Role::kTarget,
                          .why = "the labels of the IDX files"});
  if (parts) {
    fields.push_back(arrow::field("part", arrow::utf8()));
    arrays.push_back(TextArray(part));
    data.columns.push_back({.name = "part",
                            .type = FeatureType::kCategory,
                            .role = Role::kPart,
                            .why = "the names of the IDX files"});
  }
  data.table = arrow::Table::Make(arrow::schema(fields), arrays, data.size());
  data.reading = {{"format", "idx"}};
  return data;
}

std::shared_ptr<PictureSource> OpenIdxPictures(const fs::path& source) {
  return std::make_shared<IdxPictures>(source);
}

}  // namespace bottega
