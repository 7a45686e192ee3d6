#include "model/feature_tokenizer.h"

#include <algorithm>

namespace bottega {

FeatureTokenizer::FeatureTokenizer(const ModelInput& input, int64_t width, Initializer& initializer)
    : numbers_(input.numbers),
      number_columns_(input.numbers),
      categories_(static_cast<int64_t>(input.cardinality.size())) {
  PlaceNumbers(input);
  const double bound = 1 / std::sqrt(static_cast<double>(width));
  cls_ = &AddParameter("cls", initializer.Uniform({width}, bound));
  if (numbers_ > 0) {
    weight_ = &AddParameter("weight", initializer.Uniform({numbers_, width}, bound));
  }
  if (categories_ > 0) {
    std::vector<int64_t> offsets;
    int64_t rows = 0;
    for (const int64_t cardinality : input.cardinality) {
      offsets.push_back(rows);
      rows += cardinality;
    }
    offsets_ = at::tensor(offsets);
    table_ = &AddParameter("categories", initializer.Uniform({rows, width}, bound));
  }
  bias_ = &AddParameter("bias", initializer.Uniform({number_columns_ + categories_, width}, bound));
}

void FeatureTokenizer::PlaceNumbers(const ModelInput& input) {
  if (input.number_columns.empty()) return;
  std::vector<std::vector<int64_t>> columns;
  for (size_t k = 0; k < input.number_columns.size(); ++k) {
    const auto column = static_cast<size_t>(input.number_columns[k]);
    columns.resize(std::max(columns.size(), column + 1));
    columns[column].push_back(static_cast<int64_t>(k));
  }
  number_columns_ = static_cast<int64_t>(columns.size());
  if (number_columns_ == numbers_) return;
  size_t most = 0;
  for (const std::vector<int64_t>& column : columns) most = std::max(most, column.size());
  std::vector<int64_t> slots;
  for (std::vector<int64_t>& column : columns) {
    column.resize(most, numbers_);
    slots.insert(slots.end(), column.begin(), column.end());
  }
  slots_ = at::tensor(slots);
}

at::Tensor FeatureTokenizer::NumberTokens(const at::Tensor& numbers) const {
  const at::Tensor bias = bias_->narrow(0, 0, number_columns_);
  if (!slots_.defined()) return at::addcmul(bias, numbers.unsqueeze(2), *weight_);
  const at::Tensor slots = slots_.to(numbers.device());
  const at::Tensor by_column = at::constant_pad_nd(numbers, {0, 1})
                                   .index_select(1, slots)
                                   .view({numbers.size(0), number_columns_, -1});
  const at::Tensor weights = at::constant_pad_nd(*weight_, {0, 0, 0, 1})
                                 .index_select(0, slots)
                                 .view({number_columns_, -1, weight_->size(1)});
  return at::bmm(by_column.transpose(0, 1), weights).transpose(0, 1) + bias;
}

at::Tensor FeatureTokenizer::Forward(const Batch& batch) const {
  std::vector<at::Tensor> parts = {cls_->expand({batch.size(), 1, cls_->size(0)})};
  if (numbers_ > 0) parts.push_back(NumberTokens(batch.numbers));
  if (categories_ > 0) {
    const at::Tensor codes = batch.codes + offsets_.to(batch.codes.device());
    parts.push_back(at::embedding(*table_, codes) + bias_->narrow(0, number_columns_, categories_));
  }
  return at::cat(parts, 1);
}

}  // namespace bottega
