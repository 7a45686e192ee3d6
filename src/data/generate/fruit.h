// Fruit: a drawn picture folder of apples, bananas and cherries with planted defects, for the demo.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/json.h"

namespace bottega {

struct FruitOptions {
  uint64_t seed = 7;
  // 500 apples, 50 bananas and 50 cherries in place of 500 each: the first of those that the
  // balanced set of the same seed has.
  bool unbalanced = false;
  int per_class = 500;         // pictures drawn for a class, before duplicates are planted
  int minority = 50;           // of bananas and of cherries when unbalanced
  int picture_size = 128;      // side in pixels; larger is slower to draw and to train on
  double wrong_labels = 0.02;  // share of drawn pictures that lie in another class's folder
  int exact_duplicates = 30;   // copies of files; scaled down with the set when unbalanced
  int near_duplicates = 30;    // re-encoded, slightly brighter or cropped copies
  int truncated = 6;           // files that end in the middle
  // Also draws a folder of `test_per_class` clean pictures of each class, see below.
  bool test_folder = false;
  int test_per_class = 100;
};

// Writes folder/{apple,banana,cherry}/NNNN.jpg, folder/fruit.csv (file, ripeness, size, pieces,
// group, background) and folder/truth/fruit_truth.json; see doc/formats/generated-data.md. The same
// options give the same bytes, whatever the number of threads. Needs an empty or missing folder
// (Error kUsage otherwise). Returns the truth, as written.
//
// With `test_folder`, a second folder named "<folder>-test" is drawn, which depends on the seed and
// test_per_class alone and shares no picture with the first: runs on the balanced and on the
// unbalanced set can be compared on it.
Json GenerateFruit(const std::filesystem::path& folder, const FruitOptions& options);

}  // namespace bottega
