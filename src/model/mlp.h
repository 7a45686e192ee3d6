// Multi-layer perceptron over a table's numbers and category codes.
//
//   h0 = [numbers, E_1[code_1], ..., E_k[code_k]]
//   h_i = dropout(act(norm(W_i h_{i-1} + b_i))),  logits = W h_n + b
//
// Parameters: embeddings.I.weight, layers.I.{weight,bias}, norms.I.{weight,bias},
// head.{weight,bias}. Embeddings of categories: Guo and Berkhahn 2016, arXiv:1604.06737.
#pragma once

#include "base/json.h"
#include "model/layers.h"
#include "model/module.h"

namespace bottega {

struct MlpSettings {
  std::vector<int64_t> hidden;
  double dropout = 0;
  std::string norm = "none";  // "none", "batch", "layer"
  std::string activation;     // "relu", "gelu", "silu", "tanh"
  int64_t embedding = 0;      // width of every embedding; 0: by the rule EmbeddingWidth
};

// min(50, ceil(cardinality / 2)): fast.ai's rule.
int64_t EmbeddingWidth(int64_t cardinality);

class Mlp : public Model {
 public:
  Mlp(const MlpSettings& settings, const ModelInput& input);
  at::Tensor Embed(const Batch& batch, const StepContext& context) override;
  at::Tensor Head(const at::Tensor& embedding) override;
  // "layers.0" and so on, each with its norm, activation and dropout.
  std::vector<std::string> Blocks() const override {
    return NumberedBlocks("layers", linears_.size() - 1);
  }
  bool MixesCodes() const override { return true; }

  const MlpSettings& settings() const { return settings_; }
  const std::vector<std::shared_ptr<Embedding>>& embeddings() const { return embeddings_; }
  // Hidden layers, then the head.
  const std::vector<std::shared_ptr<Linear>>& linears() const { return linears_; }
  int64_t numbers() const { return numbers_; }

 private:
  at::Tensor Layer(size_t index, const at::Tensor& x, const StepContext& context) const;

  MlpSettings settings_;
  int64_t numbers_;
  std::vector<std::shared_ptr<Embedding>> embeddings_;
  std::vector<std::shared_ptr<Linear>> linears_;
  std::vector<std::shared_ptr<Norm>> norms_;
};

std::shared_ptr<Model> MakeMlp(const Json& settings, const ModelInput& input);

}  // namespace bottega
