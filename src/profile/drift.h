// Drift: whether columns of two samples come from one distribution, and how far apart they are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/dataset.h"

namespace bottega {

// Largest distance of the two empirical distribution functions, and the probability of so large a
// one if both samples came from one distribution: the limit distribution at sqrt(n m / (n + m)) D
// (Smirnov, "Table for estimating the goodness of fit of empirical distributions", Annals of
// Mathematical Statistics 19, 1948). NaN is left out.
struct KolmogorovSmirnov {
  double distance = 0;
  double p = 1;
};
KolmogorovSmirnov TwoSampleKs(std::vector<double> a, std::vector<double> b);

struct ColumnDrift {
  std::string column;
  std::string test;    // "kolmogorov_smirnov" of numbers and dates, "chi_square" of values
  std::string effect;  // "D" or "V": what `size` is
  double size = 0;     // D, or Cramer's V, both 0 to 1
  double psi = 0;      // population stability index over deciles or values
  double p = 1, adjusted = 1;
  double missing_before = 0, missing_after = 0;  // shares
  double missing_adjusted = 1;                   // of the test that the shares are one
  std::vector<std::string> new_values;           // at most 20, most frequent first
  int64_t rows_with_new_values = 0;
  bool drifted = false, missing_drifted = false;
};

struct DriftOptions {
  double q = 0.05;               // expected share of false discoveries among those reported
  double least_size = 0.1;       // of D and V: smaller effects are not reported however sure
  double least_missing_h = 0.1;  // of Cohen's h for missing shares
};

// All columns that both have and that hold numbers, dates or repeated values (not identifiers,
// texts and pictures). Probabilities are adjusted over all tests together (Benjamini & Hochberg
// 1995), so that many columns raise no false alarm, and effects have a least size, so that many
// rows do not. In the order of `before`.
std::vector<ColumnDrift> FindDrift(const Dataset& before, const Dataset& after,
                                   const DriftOptions& options = {});

}  // namespace bottega
