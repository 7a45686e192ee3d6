#include "model/mlp.h"

#include "model/dropout.h"
#include "model/mixed_codes.h"

namespace bottega {

namespace {

at::Tensor Activate(const std::string& name, const at::Tensor& x) {
  if (name == "relu") return at::relu(x);
  if (name == "gelu") return at::gelu(x);
  if (name == "silu") return at::silu(x);
  return at::tanh(x);
}

}  // namespace

int64_t EmbeddingWidth(int64_t cardinality) { return std::min<int64_t>(50, (cardinality + 1) / 2); }

Mlp::Mlp(const MlpSettings& settings, const ModelInput& input)
    : settings_(settings), numbers_(input.numbers) {
  Initializer initializer(input.seed);
  int64_t width = input.numbers;
  for (const int64_t cardinality : input.cardinality) {
    const int64_t columns =
        settings.embedding > 0 ? settings.embedding : EmbeddingWidth(cardinality);
    embeddings_.push_back(Add("embeddings." + std::to_string(embeddings_.size()),
                              std::make_shared<Embedding>(cardinality, columns, initializer)));
    width += columns;
  }
  for (const int64_t hidden : settings.hidden) {
    const std::string index = std::to_string(linears_.size());
    linears_.push_back(
        Add("layers." + index, std::make_shared<Linear>(width, hidden, initializer)));
    if (auto norm = MakeNorm(settings.norm, hidden)) {
      norms_.push_back(Add("norms." + index, std::move(norm)));
    }
    width = hidden;
  }
  linears_.push_back(Add("head", std::make_shared<Linear>(width, input.outputs, initializer)));
}

at::Tensor Mlp::Embed(const Batch& batch, const StepContext& context) {
  std::vector<at::Tensor> parts;
  if (numbers_ > 0) parts.push_back(batch.numbers);
  if (!embeddings_.empty()) {
    for (size_t i = 0; i < embeddings_.size(); ++i) {
      parts.push_back(MixedCodes(*embeddings_[i], batch, static_cast<int64_t>(i)));
    }
  }
  at::Tensor h = parts.size() == 1 ? parts[0] : at::cat(parts, 1);
  for (size_t i = 0; i + 1 < linears_.size(); ++i) {
    const Module* norm = norms_.empty() ? nullptr : norms_[i].get();
    h = RunBlock(i, {linears_[i].get(), norm}, h, context,
                 [this, i](const at::Tensor& x, const StepContext& c) { return Layer(i, x, c); });
  }
  return h;
}

at::Tensor Mlp::Layer(size_t index, const at::Tensor& x, const StepContext& context) const {
  at::Tensor h = linears_[index]->Forward(x);
  if (!norms_.empty()) h = norms_[index]->Forward(h, context);
  h = Activate(settings_.activation, h);
  return Dropout(h, settings_.dropout, static_cast<uint32_t>(index), context);
}

at::Tensor Mlp::Head(const at::Tensor& embedding) { return linears_.back()->Forward(embedding); }

std::shared_ptr<Model> MakeMlp(const Json& json, const ModelInput& input) {
  if (input.picture_size > 0 ||
      input.numbers + static_cast<int64_t>(input.cardinality.size()) == 0) {
    throw Error(ErrorKind::kRecipe, "model 'mlp' needs a table with at least one feature column",
                {}, "bottega train --set model=auto");
  }
  MlpSettings settings;
  settings.hidden = json.at("hidden").get<std::vector<int64_t>>();
  settings.dropout = json.at("dropout").get<double>();
  settings.norm = json.at("norm").get<std::string>();
  settings.activation = json.at("activation").get<std::string>();
  if (!json.at("embedding").is_null()) settings.embedding = json.at("embedding").get<int64_t>();
  return std::make_shared<Mlp>(settings, input);
}

}  // namespace bottega
