// The cheap model with which defects are weighed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/label_judgement.h"

namespace bottega {

// Probabilities of classes, or values, for rows from other rows: boosted trees of table columns, a
// linear model of words, a linear probe of pictures; the mean of the first two where both are
// there.
class CostProbe {
 public:
  // Borrows `features`. `classes` 0: the target is a number.
  CostProbe(const LabelFeatures& features, int classes, uint64_t seed);

  std::string name() const;
  // rows.size() x classes, or x 1. `table` is features.table or a copy with cells made missing;
  // rows with label -1, or value NaN, are not learned from.
  Matrix Classes(const BinnedMatrix& table, const std::vector<int32_t>& label,
                 const std::vector<int32_t>& learn, const std::vector<int32_t>& rows) const;
  Matrix Values(const BinnedMatrix& table, const std::vector<double>& value,
                const std::vector<int32_t>& learn, const std::vector<int32_t>& rows) const;

 private:
  Matrix DenseClasses(const std::vector<int32_t>& label, const std::vector<int32_t>& learn,
                      const std::vector<int32_t>& rows) const;

  const LabelFeatures& features_;
  const int classes_;
  const uint64_t seed_;
};

}  // namespace bottega
