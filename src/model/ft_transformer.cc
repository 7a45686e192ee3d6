#include "model/ft_transformer.h"

#include "model/dropout.h"

namespace bottega {

FtBlock::FtBlock(const FtTransformerSettings& settings, int64_t index, Initializer& initializer)
    : settings_(settings), index_(index) {
  const int64_t d = settings.width;
  if (index > 0) attention_norm_ = Add("attention_norm", std::make_shared<LayerNorm>(d));
  qkv_ = Add("qkv", std::make_shared<Linear>(d, 3 * d, initializer));
  out_ = Add("out", std::make_shared<Linear>(d, d, initializer));
  ffn_norm_ = Add("ffn_norm", std::make_shared<LayerNorm>(d));
  ffn1_ = Add("ffn1", std::make_shared<Linear>(d, 2 * settings.ffn_width, initializer));
  ffn2_ = Add("ffn2", std::make_shared<Linear>(settings.ffn_width, d, initializer));
  const at::NoGradGuard no_grad;
  qkv_->bias().zero_();
  out_->bias().zero_();
}

at::Tensor FtBlock::Attend(const at::Tensor& x, const StepContext& context) const {
  const int64_t rows = x.size(0), tokens = x.size(1), d = settings_.width;
  const int64_t heads = settings_.heads, depth = d / heads;
  const bool last = index_ + 1 == settings_.blocks;
  const at::Tensor in = attention_norm_ ? attention_norm_->Forward(x, context) : x;
  at::Tensor q, k, v;
  if (last) {
    // Only cls asks.
    q = at::linear(in.select(1, 0), qkv_->weight().narrow(0, 0, d), qkv_->bias().narrow(0, 0, d))
            .view({rows, 1, heads, depth})
            .transpose(1, 2);
    const at::Tensor kv =
        at::linear(in, qkv_->weight().narrow(0, d, 2 * d), qkv_->bias().narrow(0, d, 2 * d));
    const at::Tensor both = kv.view({rows, tokens, 2, heads, depth}).permute({2, 0, 3, 1, 4});
    k = both[0];
    v = both[1];
  } else {
    const at::Tensor all =
        qkv_->Forward(in).view({rows, tokens, 3, heads, depth}).permute({2, 0, 3, 1, 4});
    q = all[0];
    k = all[1];
    v = all[2];
  }
  const double scale = 1 / std::sqrt(static_cast<double>(depth));
  at::Tensor share = at::softmax(at::matmul(q * scale, k.transpose(2, 3)), -1);
  share = Dropout(share, settings_.attention_dropout, Layer(0), context);
  const at::Tensor joined = at::matmul(share, v).transpose(1, 2).reshape({rows, q.size(2), d});
  return Dropout(out_->Forward(joined), settings_.residual_dropout, Layer(1), context);
}

at::Tensor FtBlock::FeedForward(const at::Tensor& x, const StepContext& context) const {
  const std::vector<at::Tensor> halves =
      ffn1_->Forward(ffn_norm_->Forward(x, context)).chunk(2, -1);
  const at::Tensor gated =
      Dropout(halves[0] * at::relu(halves[1]), settings_.ffn_dropout, Layer(2), context);
  return Dropout(ffn2_->Forward(gated), settings_.residual_dropout, Layer(3), context);
}

at::Tensor FtBlock::Forward(const at::Tensor& x, const StepContext& context) const {
  const bool last = index_ + 1 == settings_.blocks;
  const at::Tensor attended = (last ? x.narrow(1, 0, 1) : x) + Attend(x, context);
  return attended + FeedForward(attended, context);
}

FtTransformer::FtTransformer(const FtTransformerSettings& settings, const ModelInput& input) {
  Initializer initializer(input.seed);
  tokenizer_ =
      Add("tokenizer", std::make_shared<FeatureTokenizer>(input, settings.width, initializer));
  for (int64_t i = 0; i < settings.blocks; ++i) {
    blocks_.push_back(
        Add("blocks." + std::to_string(i), std::make_shared<FtBlock>(settings, i, initializer)));
  }
  norm_ = Add("norm", std::make_shared<LayerNorm>(settings.width));
  head_ = Add("head", std::make_shared<Linear>(settings.width, input.outputs, initializer));
}

at::Tensor FtTransformer::Embed(const Batch& batch, const StepContext& context) {
  at::Tensor x = tokenizer_->Forward(batch);
  for (size_t i = 0; i < blocks_.size(); ++i) x = RunBlock(i, *blocks_[i], x, context);
  return at::relu(norm_->Forward(x.select(1, 0), context));
}

at::Tensor FtTransformer::Head(const at::Tensor& embedding) { return head_->Forward(embedding); }

std::shared_ptr<Model> MakeFtTransformer(const Json& json, const ModelInput& input) {
  if (input.picture_size > 0 ||
      input.numbers + static_cast<int64_t>(input.cardinality.size()) == 0) {
    throw Error(ErrorKind::kRecipe,
                "model 'ft_transformer' needs a table with at least one feature column", {},
                "bottega train --set model=auto");
  }
  FtTransformerSettings settings = {.blocks = json.at("blocks").get<int64_t>(),
                                    .width = json.at("width").get<int64_t>(),
                                    .heads = json.at("heads").get<int64_t>(),
                                    .attention_dropout = json.at("attention_dropout").get<double>(),
                                    .ffn_dropout = json.at("ffn_dropout").get<double>(),
                                    .residual_dropout = json.at("residual_dropout").get<double>()};
  settings.ffn_width = static_cast<int64_t>(static_cast<double>(settings.width) *
                                            json.at("ffn_factor").get<double>());
  if (settings.width % settings.heads != 0) {
    throw Error(ErrorKind::kRecipe,
                "model.width is " + std::to_string(settings.width) + ", no multiple of the " +
                    std::to_string(settings.heads) + " heads",
                {},
                "bottega train --set model.name=ft_transformer --set model.width=" +
                    std::to_string((settings.width / settings.heads + 1) * settings.heads));
  }
  return std::make_shared<FtTransformer>(settings, input);
}

}  // namespace bottega
