// Residual network for tables: the "ResNet" of Gorishniy et al. 2021, arXiv:2106.11959,
// section 3.2.
//
//   x = Linear([numbers, E_1[code_1], ..., E_k[code_k]])
//   x += dropout(Linear(dropout(ReLU(Linear(norm(x))))))   for each block
//   logits = Linear(ReLU(norm(x)))
//
// norm is batch normalization. Parameters: embeddings.I.weight, first, blocks.I.{norm,linear1,
// linear2}, norm, head. Initial values are PyTorch's.
#pragma once

#include "base/json.h"
#include "model/layers.h"

namespace bottega {

struct ResmlpSettings {
  int64_t blocks = 0, width = 0, hidden = 0;
  double hidden_dropout = 0, residual_dropout = 0;
  int64_t embedding = 0;  // 0: by the rule EmbeddingWidth of model/mlp.h
};

class ResmlpBlock : public Module {
 public:
  ResmlpBlock(const ResmlpSettings& settings, int64_t index, Initializer& initializer);
  at::Tensor Forward(const at::Tensor& x, const StepContext& context) const;

 private:
  ResmlpSettings settings_;
  uint32_t index_;
  std::shared_ptr<BatchNorm> norm_;
  std::shared_ptr<Linear> linear1_, linear2_;
};

class Resmlp : public Model {
 public:
  Resmlp(const ResmlpSettings& settings, const ModelInput& input);
  at::Tensor Embed(const Batch& batch, const StepContext& context) override;
  at::Tensor Head(const at::Tensor& embedding) override;
  // "blocks.0" and so on.
  std::vector<std::string> Blocks() const override {
    return NumberedBlocks("blocks", blocks_.size());
  }
  bool MixesCodes() const override { return true; }

 private:
  int64_t numbers_;
  std::vector<std::shared_ptr<Embedding>> embeddings_;
  std::shared_ptr<Linear> first_;
  std::vector<std::shared_ptr<ResmlpBlock>> blocks_;
  std::shared_ptr<BatchNorm> norm_;
  std::shared_ptr<Linear> head_;
};

// Errors: kRecipe for pictures.
std::shared_ptr<Model> MakeResmlp(const Json& settings, const ModelInput& input);

}  // namespace bottega
