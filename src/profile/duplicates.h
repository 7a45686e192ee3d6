// Exact and near duplicates: of pictures by content and perceptual hash, of rows by their cells.
#pragma once

#include <cstdint>
#include <vector>

#include "data/dataset.h"
#include "profile/cells.h"

namespace bottega {

struct DuplicatePair {
  int64_t first = 0, second = 0;  // positions, first < second
  double similarity = 1;          // [0, 1]
  bool exact = false;
  double bits = 0;  // rows: information in what the two share; pictures: 0
};

struct Duplicates {
  std::vector<DuplicatePair> pairs;  // by first, then second
  std::vector<int64_t> group;  // per position: smallest position of its group (itself if alone)
  // Rows that equal an earlier one but hold so little information that this is expected by chance
  // (four yes/no columns have only 16 different rows). They are not linked.
  int64_t by_chance = 0;
};

struct DuplicateOptions {
  bool near_rows = true;
  bool near_pictures = true;
  // Rows: largest share of columns in which the two may truly differ. Larger finds more, and more
  // pairs that are merely alike.
  double row_difference = 0.15;
  // Pictures: largest relative difference of pixels, 1 - correlation, after alignment.
  double picture_difference = 0.01;
};

// One text column is all that rows would be compared by: then its texts are compared instead, by
// FindDuplicateTexts (profile/near_texts.h).
bool HoldsOneText(const Dataset& data);

// Looks at features only (target, group, weight, part and identifier columns are left out). Rows
// of tables are compared cell by cell; with a picture column, the pictures are compared instead.
// Equal rows are linked when their cells hold at least log2(n) + 3 bits, near ones when what they
// share holds at least 2 log2(n) + 4 bits, where a cell holds -log2(share of rows with its value)
// (Fellegi & Sunter, "A theory for record linkage", JASA 1969). Never looks at all pairs.
Duplicates FindDuplicates(const Dataset& data);
Duplicates FindDuplicates(const Dataset& data, const DuplicateOptions& options);

Duplicates FindDuplicatePictures(const Dataset& data, const DuplicateOptions& options);

// Of rows whose ComparedColumns are `cells`, more than one column or none of texts: the equal ones,
// and what joins them when near ones are looked for as well.
Duplicates FindEqualRows(const std::vector<const CellColumn*>& cells, int64_t rows);
Duplicates WithNearRows(Duplicates equal, const std::vector<const CellColumn*>& cells,
                        const DuplicateOptions& options);

// Per position: smallest position it is linked to by any chain of pairs.
std::vector<int64_t> GroupsOf(int64_t n, const std::vector<DuplicatePair>& pairs);

}  // namespace bottega
