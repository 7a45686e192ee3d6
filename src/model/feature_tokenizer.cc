#include "model/feature_tokenizer.h"

namespace bottega {

FeatureTokenizer::FeatureTokenizer(const ModelInput& input, int64_t width, Initializer& initializer)
    : numbers_(input.numbers), categories_(static_cast<int64_t>(input.cardinality.size())) {
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
  bias_ = &AddParameter("bias", initializer.Uniform({numbers_ + categories_, width}, bound));
}

at::Tensor FeatureTokenizer::Forward(const Batch& batch) const {
  std::vector<at::Tensor> parts = {cls_->expand({batch.size(), 1, cls_->size(0)})};
  if (numbers_ > 0) {
    parts.push_back(
        at::addcmul(bias_->narrow(0, 0, numbers_), batch.numbers.unsqueeze(2), *weight_));
  }
  if (categories_ > 0) {
    const at::Tensor codes = batch.codes + offsets_.to(batch.codes.device());
    parts.push_back(at::embedding(*table_, codes) + bias_->narrow(0, numbers_, categories_));
  }
  return at::cat(parts, 1);
}

}  // namespace bottega
