// One column as arithmetic of others: whether it holds, and how it reads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "profile/derived_columns.h"
#include "profile/number_columns.h"

namespace bottega {

struct ArithmeticRule {
  std::vector<size_t> inputs;  // into the number columns
  std::vector<double> factor;  // slopes; of a product: exponents
  double constant = 0;         // added; of a product: multiplied
  bool product = false;
};

class ArithmeticJudge {
 public:
  // Both are borrowed.
  ArithmeticJudge(const std::vector<DeriveColumn>& columns,
                  const std::vector<NumberColumn>& numbers, double errors)
      : columns_(columns), numbers_(numbers), errors_(errors) {}

  // The rule with the fewest digits that holds as well as `rule`; nothing where it does not hold.
  std::optional<Derivation> Plainest(size_t y, ArithmeticRule rule) const;
  // `rule` with the constant that leaves a middle residual of 0.
  ArithmeticRule Recentred(size_t y, ArithmeticRule rule) const;

 private:
  enum class Strictness { kExact, kInputs, kRoughly };
  double Value(const ArithmeticRule& rule, size_t row, double* rounding) const;
  Derivation Verify(size_t y, const ArithmeticRule& rule, Strictness strictness) const;
  // By its own rounding if it holds so, else by that of its inputs.
  Derivation Best(size_t y, const ArithmeticRule& rule) const;
  bool Holds(const Derivation& derivation) const;
  bool Rounder(size_t y, int digits, ArithmeticRule* rule, Derivation* best) const;
  std::string Formula(size_t y, const ArithmeticRule& rule) const;

  const std::vector<DeriveColumn>& columns_;
  const std::vector<NumberColumn>& numbers_;
  const double errors_;
};

}  // namespace bottega
