// Anonymity of a table: equivalence classes over quasi-identifiers, and what generalizing a column
// does to them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "profile/cells.h"

namespace bottega {

// Rows with equal cells in all quasi-identifiers; a missing cell equals a missing one.
struct EquivalenceClasses {
  std::vector<int32_t> of_row;  // class of each row
  std::vector<int64_t> size;    // rows of each class

  int64_t smallest() const;            // k: 0 without rows
  int64_t RowsBelow(int64_t k) const;  // in classes of fewer than k rows
  int64_t Classes() const { return static_cast<int64_t>(size.size()); }
};

// One column in place of another: `code` per row, -1 for missing.
struct Generalization {
  size_t column = 0;  // index into the quasi-identifiers
  std::string how;    // "drop it", "steps of 10", "its first 3 digits", "years"
  int64_t smallest = 0, below = 0;
  double lost = 0;  // share of the column's entropy
};

// k-anonymity: Sweeney 2002. Classes by 64-bit sums of mixed codes: two different rows of n share
// one by chance with probability below n^2 / 2^65.
class Anonymity {
 public:
  // The cells are borrowed.
  Anonymity(std::vector<const CellColumn*> quasi, int64_t rows);
  const EquivalenceClasses& classes() const { return classes_; }

  // What each way of generalizing one column leaves, the most helpful first: fewest rows in classes
  // below k, then least entropy lost. Numbers by steps or tenths, codes by their first characters,
  // dates by months, years and decades, categories without the rare ones; each column dropped.
  std::vector<Generalization> Generalizations(int64_t k) const;

 private:
  std::vector<const CellColumn*> quasi_;
  std::vector<uint64_t> hashes_;
  EquivalenceClasses classes_;
};

// What the classes tell of a confidential column (missing cells are left out).
struct Diversity {
  int64_t distinct = 0;      // l of distinct l-diversity: fewest values in a class
  double entropy = 0;        // l of entropy l-diversity: exp of the least entropy of a class
  double distance = 0;       // t: the largest distance of a class from the whole
  int64_t uniform_rows = 0;  // rows of classes with at least two rows that all hold one value
};

// l-diversity: Machanavajjhala et al. 2007, definitions 4.1 and 4.2. t-closeness: Li, Li and
// Venkatasubramanian 2007; the earth mover's distance with equal ground distance for categories,
// the ordered one over fifty quantiles for numbers. Classes of fewer than `least` rows are left
// out.
Diversity DiversityOf(const EquivalenceClasses& classes, const CellColumn& confidential,
                      int64_t least);

}  // namespace bottega
