// Columns that can be computed from others of the same table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "profile/cells.h"

namespace bottega {

enum class DerivationKind {
  kLinear,    // a = k b + c
  kDatePart,  // the weekday of a date
  kFunction,  // every value of b has one value of a: city and country
  kStep,      // a changes at a few limits of the number b: age and age group
  kProduct,   // a = k b^p c^q ...: price and quantity, weight and height
  kSum,       // a = k b + l c + ... + m
  kSmooth,    // a = f(b), smooth: b and its logarithm
  kText,      // part of a text, or texts joined
};
std::string_view DerivationKindName(DerivationKind kind);

struct Derivation {
  size_t column = 0;  // indices into the cells
  std::vector<size_t> inputs;
  DerivationKind kind = DerivationKind::kLinear;
  std::string formula;  // "total = price * quantity"
  double agree = 1;     // share of the compared rows that follow it
  int64_t compared = 0;
  bool exact = true;  // within the rounding of the column itself
  int awkward = 0;    // minus signs and divisions; the plainest form is preferred
};

struct DeriveOptions {
  double errors = 0.02;       // share of rows that may break the rule
  int64_t sample = 4'000;     // rows that rules are sought in (spread evenly)
  int terms = 5;              // most inputs of a sum
  size_t most_columns = 300;  // number columns that sums and products are sought among
};

// What the cells are called, which of them may be inputs, and which may be found derived.
struct DeriveColumn {
  const CellColumn* cells = nullptr;
  std::string name;
  bool output = true;
};

// For each column at most one derivation, the simplest, such that no derivation depends on another
// column that is derived from it: leaving all of them out loses nothing. A rule must explain what a
// constant would not: its errors are at most a tenth of those of the best constant.
// Sums: orthogonal matching pursuit with least trimmed squares (Rousseeuw & Van Driessen,
// "Computing LTS regression for large data sets", 2006), then coefficients are rounded where that
// fits as well. Products: the same of logarithms, with exponents in halves. Values count as
// reproduced within half a unit of the column's last decimal (`exact`), or of its inputs' where
// that is small against the column's spread.
std::vector<Derivation> FindDerivations(const std::vector<DeriveColumn>& columns,
                                        const DeriveOptions& options);

// ---- The searches, each all candidates it finds. `rows`: positions that are looked at.
std::vector<Derivation> DeriveNumbers(const std::vector<DeriveColumn>& columns,
                                      const std::vector<int64_t>& rows,
                                      const DeriveOptions& options);
std::vector<Derivation> DeriveValues(const std::vector<DeriveColumn>& columns,
                                     const std::vector<int64_t>& rows,
                                     const DeriveOptions& options);
std::vector<Derivation> DeriveTexts(const std::vector<DeriveColumn>& columns,
                                    const std::vector<int64_t>& rows, const DeriveOptions& options);

}  // namespace bottega
