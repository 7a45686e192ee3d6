// FT-Transformer for tables: Gorishniy et al. 2021, "Revisiting deep learning models for tabular
// data", arXiv:2106.11959, section 3.3.
//
//   x = FeatureTokenizer(row)                               [1 + columns, d], cls first
//   x += dropout(Attention(norm(x))),  x += dropout(FFN(norm(x)))   for each block
//   logits = Linear(ReLU(norm(x[cls])))
//   Attention(x) = Linear(dropout(softmax(Q K^T / sqrt(d / heads))) V), several heads
//   FFN(x) = Linear(dropout(ReGLU(Linear(x)))),  ReGLU([a, b]) = a ReLU(b)  (arXiv:2002.05202)
//
// As in the paper the first block's attention has no norm before it, and the last block computes
// nothing but the row of cls. Biases of Q, K, V and of the attention's last layer start at 0; other
// initial values are PyTorch's.
#pragma once

#include "base/json.h"
#include "model/feature_tokenizer.h"
#include "model/layers.h"

namespace bottega {

struct FtTransformerSettings {
  int64_t blocks = 0, width = 0, heads = 0;
  int64_t ffn_width = 0;  // of ReGLU's result
  double attention_dropout = 0, ffn_dropout = 0, residual_dropout = 0;
};

class FtBlock : public Module {
 public:
  FtBlock(const FtTransformerSettings& settings, int64_t index, Initializer& initializer);
  // x [B, tokens, d]; [B, 1, d] after the last block.
  at::Tensor Forward(const at::Tensor& x, const StepContext& context) const;

 private:
  at::Tensor Attend(const at::Tensor& x, const StepContext& context) const;
  at::Tensor FeedForward(const at::Tensor& x, const StepContext& context) const;
  // Layers of dropout.h: four for each block.
  uint32_t Layer(uint32_t use) const { return static_cast<uint32_t>(4 * index_) + use; }

  FtTransformerSettings settings_;
  int64_t index_;
  std::shared_ptr<LayerNorm> attention_norm_, ffn_norm_;
  std::shared_ptr<Linear> qkv_, out_, ffn1_, ffn2_;
};

class FtTransformer : public Model {
 public:
  FtTransformer(const FtTransformerSettings& settings, const ModelInput& input);
  at::Tensor Embed(const Batch& batch, const StepContext& context) override;
  at::Tensor Head(const at::Tensor& embedding) override;
  // "blocks.0" and so on.
  std::vector<std::string> Blocks() const override {
    return NumberedBlocks("blocks", blocks_.size());
  }

 private:
  std::shared_ptr<FeatureTokenizer> tokenizer_;
  std::vector<std::shared_ptr<FtBlock>> blocks_;
  std::shared_ptr<LayerNorm> norm_;
  std::shared_ptr<Linear> head_;
};

// Errors: kRecipe for pictures, and where `width` is no multiple of `heads`.
std::shared_ptr<Model> MakeFtTransformer(const Json& settings, const ModelInput& input);

}  // namespace bottega
