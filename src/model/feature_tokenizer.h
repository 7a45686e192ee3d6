// One vector for each column of a table: Gorishniy et al. 2021, arXiv:2106.11959, section 3.3.
//
//   token of number j = x_j weight_j + bias_j,   token of category j = E_j[code_j] + bias_j
//
// before them the token `cls`, the same for every row, from which the answer is read (Devlin et al.
// 2018, arXiv:1810.04805). All categories lie in one table and all numbers in one product, so that
// the number of operations does not grow with that of the columns.
//
// Parameters: cls [d], weight [numbers, d], categories [sum of cardinalities, d] and bias
// [columns, d] (numbers, then categories), all from U(-1/sqrt(d), 1/sqrt(d)).
#pragma once

#include "engine/initialize.h"
#include "model/module.h"

namespace bottega {

class FeatureTokenizer : public Module {
 public:
  FeatureTokenizer(const ModelInput& input, int64_t width, Initializer& initializer);
  // [B, 1 + columns, width]; `cls` first.
  at::Tensor Forward(const Batch& batch) const;
  int64_t tokens() const { return 1 + numbers_ + categories_; }

 private:
  int64_t numbers_, categories_;
  at::Tensor offsets_;  // int64 [categories]: where each column's rows of the table begin
  at::Tensor* cls_ = nullptr;
  at::Tensor* weight_ = nullptr;
  at::Tensor* table_ = nullptr;
  at::Tensor* bias_ = nullptr;
};

}  // namespace bottega
