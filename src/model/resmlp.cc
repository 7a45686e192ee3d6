#include "model/resmlp.h"

#include "model/dropout.h"
#include "model/mixed_codes.h"
#include "model/mlp.h"

namespace bottega {

ResmlpBlock::ResmlpBlock(const ResmlpSettings& settings, int64_t index, Initializer& initializer)
    : settings_(settings), index_(static_cast<uint32_t>(index)) {
  norm_ = Add("norm", std::make_shared<BatchNorm>(settings.width));
  linear1_ = Add("linear1", std::make_shared<Linear>(settings.width, settings.hidden, initializer));
  linear2_ = Add("linear2", std::make_shared<Linear>(settings.hidden, settings.width, initializer));
}

at::Tensor ResmlpBlock::Forward(const at::Tensor& x, const StepContext& context) const {
  at::Tensor h = at::relu(linear1_->Forward(norm_->Forward(x, context)));
  h = linear2_->Forward(Dropout(h, settings_.hidden_dropout, 2 * index_, context));
  return x + Dropout(h, settings_.residual_dropout, 2 * index_ + 1, context);
}

Resmlp::Resmlp(const ResmlpSettings& settings, const ModelInput& input) : numbers_(input.numbers) {
  Initializer initializer(input.seed);
  int64_t width = input.numbers;
  for (const int64_t cardinality : input.cardinality) {
    const int64_t columns =
        settings.embedding > 0 ? settings.embedding : EmbeddingWidth(cardinality);
    embeddings_.push_back(Add("embeddings." + std::to_string(embeddings_.size()),
                              std::make_shared<Embedding>(cardinality, columns, initializer)));
    width += columns;
  }
  first_ = Add("first", std::make_shared<Linear>(width, settings.width, initializer));
  for (int64_t i = 0; i < settings.blocks; ++i) {
    blocks_.push_back(Add("blocks." + std::to_string(i),
                          std::make_shared<ResmlpBlock>(settings, i, initializer)));
  }
  norm_ = Add("norm", std::make_shared<BatchNorm>(settings.width));
  head_ = Add("head", std::make_shared<Linear>(settings.width, input.outputs, initializer));
}

at::Tensor Resmlp::Embed(const Batch& batch, const StepContext& context) {
  std::vector<at::Tensor> parts;
  if (numbers_ > 0) parts.push_back(batch.numbers);
  for (size_t i = 0; i < embeddings_.size(); ++i) {
    parts.push_back(MixedCodes(*embeddings_[i], batch, static_cast<int64_t>(i)));
  }
  at::Tensor x = first_->Forward(parts.size() == 1 ? parts[0] : at::cat(parts, 1));
  for (size_t i = 0; i < blocks_.size(); ++i) x = RunBlock(i, *blocks_[i], x, context);
  return at::relu(norm_->Forward(x, context));
}

at::Tensor Resmlp::Head(const at::Tensor& embedding) { return head_->Forward(embedding); }

std::shared_ptr<Model> MakeResmlp(const Json& json, const ModelInput& input) {
  if (input.picture_size > 0 ||
      input.numbers + static_cast<int64_t>(input.cardinality.size()) == 0) {
    throw Error(ErrorKind::kRecipe, "model 'resmlp' needs a table with at least one feature column",
                {}, "bottega train --set model=auto");
  }
  ResmlpSettings settings = {.blocks = json.at("blocks").get<int64_t>(),
                             .width = json.at("width").get<int64_t>(),
                             .hidden_dropout = json.at("hidden_dropout").get<double>(),
                             .residual_dropout = json.at("residual_dropout").get<double>()};
  settings.hidden = static_cast<int64_t>(static_cast<double>(settings.width) *
                                         json.at("hidden_factor").get<double>());
  if (!json.at("embedding").is_null()) settings.embedding = json.at("embedding").get<int64_t>();
  return std::make_shared<Resmlp>(settings, input);
}

}  // namespace bottega
