#include "data/generate/fruit.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/random.h"
#include "base/text.h"
#include "base/threads.h"
#include "data/generate/fruit_scene.h"
#include "data/image/picture.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr std::array<const char*, 3> kClasses = {"apple", "banana", "cherry"};
constexpr int64_t kTestIndex = 1'000'000;  // first picture of the test folder, in each class
constexpr int64_t kDrawnByDefault = 1500;
constexpr int64_t kPlantStream = 9, kQualityStream = 10;

// One file of the folder.
struct Item {
  int kind = 0;         // class that was drawn
  int given = 0;        // class folder that it lies in
  int64_t index = 0;    // of the drawing
  int64_t source = -1;  // item that this is a copy of
  std::string change;   // of a near copy: "recompressed", "brighter", "cropped"
  bool cut = false;
  std::string file;  // relative path
  std::string bytes;
  double ripeness = 0, size = 0;
  int pieces = 1;
  int64_t group = 0;
  std::string background;
};

std::vector<Item> DrawnItems(const FruitOptions& options) {
  std::vector<Item> items;
  for (int kind = 0; kind < 3; ++kind) {
    const bool few = options.unbalanced && kind > 0;
    const int count = few ? std::min(options.minority, options.per_class) : options.per_class;
    for (int64_t i = 0; i < count; ++i) items.push_back({.kind = kind, .given = kind, .index = i});
  }
  return items;
}

// The given share of each class, at random.
void PlantWrongLabels(const FruitOptions& options, std::vector<Item>* items) {
  for (int kind = 0; kind < 3; ++kind) {
    std::vector<Item*> own;
    for (Item& item : *items) {
      if (item.kind == kind) own.push_back(&item);
    }
    const int64_t n = static_cast<int64_t>(own.size());
    const auto wrong =
        static_cast<size_t>(std::lround(options.wrong_labels * static_cast<double>(n)));
    Random random(options.seed, Purpose::kGenerate, kPlantStream, kind);
    const std::vector<int64_t> order = Permutation(n, options.seed + static_cast<uint64_t>(kind),
                                                   Purpose::kGenerate, kPlantStream);
    for (size_t i = 0; i < std::min(wrong, order.size()); ++i) {
      Item* item = own[static_cast<size_t>(order[i])];
      item->given = (kind + 1 + static_cast<int>(random.Below(2))) % 3;
    }
  }
}

// Truncated files and copies: of different pictures, all rightly labelled.
void PlantDefects(const FruitOptions& options, std::vector<Item>* items) {
  const int64_t drawn = static_cast<int64_t>(items->size());
  const auto scaled = [&](int count) {
    return std::min<int64_t>(drawn / 8,
                             std::lround(static_cast<double>(count * drawn) / kDrawnByDefault));
  };
  std::vector<int64_t> order =
      Permutation(drawn, options.seed, Purpose::kGenerate, kPlantStream + 100);
  std::erase_if(order, [&](int64_t i) {
    const Item& item = (*items)[static_cast<size_t>(i)];
    return item.kind != item.given;
  });
  size_t next = 0;
  const auto take = [&] { return next < order.size() ? order[next++] : int64_t{-1}; };
  for (int64_t i = 0; i < scaled(options.truncated); ++i) {
    if (const int64_t at = take(); at >= 0) (*items)[static_cast<size_t>(at)].cut = true;
  }
  constexpr std::array<const char*, 3> kChanges = {"recompressed", "brighter", "cropped"};
  const int64_t exact = scaled(options.exact_duplicates), near = scaled(options.near_duplicates);
  for (int64_t i = 0; i < exact + near; ++i) {
    const int64_t at = take();
    if (at < 0) break;
    Item copy = (*items)[static_cast<size_t>(at)];
    copy.source = at;
    if (i >= exact) copy.change = kChanges[static_cast<size_t>(i - exact) % kChanges.size()];
    items->push_back(std::move(copy));
  }
}

// Numbers in each class folder that say nothing about what was planted.
void NameFiles(const FruitOptions& options, std::vector<Item>* items) {
  const std::vector<int64_t> order = Permutation(static_cast<int64_t>(items->size()), options.seed,
                                                 Purpose::kGenerate, kPlantStream + 200);
  std::array<int, 3> numbers{};
  for (const int64_t i : order) {
    Item& item = (*items)[static_cast<size_t>(i)];
    char name[16];
    std::snprintf(name, sizeof name, "%04d.jpg", numbers[static_cast<size_t>(item.given)]++);
    item.file = std::string(kClasses[static_cast<size_t>(item.given)]) + "/" + name;
  }
}

Picture Changed(const Picture& original, const std::string& change) {
  Picture picture = original;
  if (change == "brighter") {
    for (uint8_t& value : picture.rgb) {
      value = static_cast<uint8_t>(std::min(255, (value * 277 + 128) / 256));
    }
  } else if (change == "cropped") {
    const double w = original.width, h = original.height;
    picture = ResizeCrop(original, {0.02 * w, 0.02 * h, 0.96 * w, 0.96 * h}, original.width,
                         original.height);
  }
  return picture;
}

void DrawItem(const FruitOptions& options, int64_t first_index, Item* item) {
  const int64_t index = first_index + item->index;
  const FruitScene scene =
      DrawFruit(static_cast<FruitKind>(item->kind), index, options.seed, options.picture_size);
  Random random(options.seed, Purpose::kGenerate, kQualityStream, index * 3 + item->kind);
  const int quality = 82 + static_cast<int>(random.Below(14));
  const bool near = !item->change.empty();
  item->bytes = near ? EncodeJpeg(Changed(scene.picture, item->change),
                                  item->change == "recompressed" ? 65 : quality)
                     : EncodeJpeg(scene.picture, quality);
  if (item->cut) {
    const double kept = random.Uniform(0.4, 0.75);
    item->bytes.resize(static_cast<size_t>(kept * static_cast<double>(item->bytes.size())));
  }
  item->ripeness = scene.ripeness;
  item->size = scene.size;
  item->pieces = scene.pieces;
  item->group = scene.session;
  item->background = scene.background;
}

// Thousands of small files: an fsync each would take longer than drawing them.
void WritePlain(const fs::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw IoError("writing", path.string(), errno);
}

void WriteItems(const FruitOptions& options, const fs::path& folder, int64_t first_index,
                std::vector<Item>* items) {
  for (const char* name : kClasses) MakeFolders(folder / name);
  Progress progress("drawing fruit", static_cast<int64_t>(items->size()), "pictures");
  ParallelFor(static_cast<int64_t>(items->size()), 8, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      Item& item = (*items)[static_cast<size_t>(i)];
      DrawItem(options, first_index, &item);
      WritePlain(folder / item.file, item.bytes);
      item.bytes.clear();
    }
    progress.Advance(end - begin);
  });
}

std::vector<const Item*> ByFile(const std::vector<Item>& items) {
  std::vector<const Item*> sorted;
  for (const Item& item : items) sorted.push_back(&item);
  std::sort(sorted.begin(), sorted.end(),
            [](const Item* a, const Item* b) { return a->file < b->file; });
  return sorted;
}

void WriteTable(const fs::path& path, const std::vector<Item>& items) {
  std::string text = "file,ripeness,size,pieces,group,background\n";
  char line[128];
  for (const Item* item : ByFile(items)) {
    std::snprintf(line, sizeof line, ",%.3f,%.3f,%d,s%04d,", item->ripeness, item->size,
                  item->pieces, static_cast<int>(item->group));
    text += item->file + line + item->background + "\n";
  }
  WriteFileAtomic(path, text);
}

Json Planted(const char* kind, const char* check, const std::set<std::string>& files) {
  return {{"kind", kind}, {"check", check}, {"files", files}};
}

// The form that all generators share: doc/formats/generated-data.md.
Json Truth(const FruitOptions& options, const std::vector<Item>& items) {
  Json labels = Json::object();
  std::set<std::string> wrong, exact, near, truncated;
  for (const Item* item : ByFile(items)) {
    labels[item->file] = kClasses[static_cast<size_t>(item->kind)];
    if (item->kind != item->given) wrong.insert(item->file);
    if (item->cut) truncated.insert(item->file);
    if (item->source < 0) continue;
    std::set<std::string>& copies = item->change.empty() ? exact : near;
    copies.insert(item->file);
    copies.insert(items[static_cast<size_t>(item->source)].file);
  }
  return {
      {"format", 1},
      {"target", "label"},
      {"seed", options.seed},
      {"true", labels},
      {"planted", Json::array({Planted("pictures twice, exactly", "exact_duplicates", exact),
                               Planted("pictures twice, altered", "near_duplicate_pictures", near),
                               Planted("wrong labels", "suspicious_labels", wrong),
                               Planted("truncated files", "truncated_pictures", truncated)})}};
}

void RequireEmpty(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::exists(folder, ignored) || fs::is_empty(folder, ignored)) return;
  throw Error(ErrorKind::kUsage, "the folder is not empty", {.file = folder.string()},
              "name a folder that does not exist yet");
}

void WriteTestFolder(const fs::path& folder, const FruitOptions& options) {
  std::vector<Item> items;
  FruitOptions clean = options;
  clean.unbalanced = false;
  clean.per_class = options.test_per_class;
  items = DrawnItems(clean);
  NameFiles(clean, &items);
  WriteItems(clean, folder, kTestIndex, &items);
  WriteTable(folder / "fruit.csv", items);
}

}  // namespace

Json GenerateFruit(const fs::path& folder, const FruitOptions& options) {
  const fs::path test = folder.string() + "-test";
  RequireEmpty(folder);
  if (options.test_folder) RequireEmpty(test);
  std::vector<Item> items = DrawnItems(options);
  PlantWrongLabels(options, &items);
  PlantDefects(options, &items);
  NameFiles(options, &items);
  WriteItems(options, folder, 0, &items);
  WriteTable(folder / "fruit.csv", items);
  const Json truth = Truth(options, items);
  WriteJson(folder / "truth" / "fruit_truth.json", truth);
  if (options.test_folder) WriteTestFolder(test, options);
  return truth;
}

}  // namespace bottega
