// How well one column alone tells the target.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/coarse_codes.h"

namespace bottega {

// Codes for look-ups by value: numbers of more than 100 values in `parts` parts of equal size,
// everything else as it is; missing cells are a value of their own.
CoarseCodes LookUpOf(const CellColumn& cells, int64_t parts = 64);

struct Told {
  double score = 0;  // 0: no better than guessing, 1: always right
  double low = 0;    // lower end of its interval (95 %)
};

// A target that single columns are asked to tell, out of fold: rows lie in one of two halves, and
// what one half says of a column's values is put to the test in the other.
class TellingOf {
 public:
  // Rows with a label of -1 are left out.
  TellingOf(std::vector<int32_t> label, int64_t classes, uint64_t seed);
  // Rows with NaN are left out.
  TellingOf(const std::vector<double>& target, uint64_t seed);

  // Classes: per value the one that is over-represented most in the other half; the mean over
  // classes of the share that is right, b, scaled to (b - 1/k) / (1 - 1/k). Values that the other
  // half lacks count as guesses. Numbers: 1 - squared error / variance of the target's ranks,
  // predicted by the mean rank of the value in the other half. No cell of `x` is missing.
  Told By(const CoarseCodes& x) const;

 private:
  Told ClassBy(const CoarseCodes& x) const;
  Told NumberBy(const CoarseCodes& x) const;

  std::vector<char> half_;
  std::vector<int32_t> label_;
  int64_t classes_ = 0;  // 0: a number
  std::vector<double> rank_;
};

}  // namespace bottega
