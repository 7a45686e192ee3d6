// One vector for each column of a table: Gorishniy et al. 2021, arXiv:2106.11959, section 3.3.
//
//   token of number column j = sum over its numbers k of x_k weight_k + bias_j,
//   token of category j = E_j[code_j] + bias_j
//
// A column that was encoded as several numbers (bins, parts of a date, words) is one token, which
// is linear in them: Gorishniy et al. 2022, arXiv:2203.05556, section 3.2.
//
// Before them stands the token `cls`, the same for every row, from which the answer is read (Devlin
// et al. 2018, arXiv:1810.04805). All categories lie in one table and all numbers in one product,
// so that the number of operations does not grow with that of the columns.
//
// Parameters: cls [d], weight [numbers, d], categories [sum of cardinalities, d] and bias
// [columns, d] (number columns, then categories), all from U(-1/sqrt(d), 1/sqrt(d)).
#pragma once

#include "engine/initialize.h"
#include "model/module.h"

namespace bottega {

class FeatureTokenizer : public Module {
 public:
  FeatureTokenizer(const ModelInput& input, int64_t width, Initializer& initializer);
  // [B, 1 + columns, width]; `cls` first.
  at::Tensor Forward(const Batch& batch) const;

 private:
  void PlaceNumbers(const ModelInput& input);
  at::Tensor NumberTokens(const at::Tensor& numbers) const;

  int64_t numbers_, number_columns_, categories_;
  // int64 [number columns * most numbers of one]: the numbers of each column, filled up with
  // `numbers_`. Undefined where each number is a column.
  at::Tensor slots_;
  at::Tensor offsets_;  // int64 [categories]: where each column's rows of the table begin
  at::Tensor* cls_ = nullptr;
  at::Tensor* weight_ = nullptr;
  at::Tensor* table_ = nullptr;
  at::Tensor* bias_ = nullptr;
};

}  // namespace bottega
