#include "model/models_specs.h"

namespace bottega {

namespace {

Param DropoutParam(const std::string& name, const std::string& what, double fallback) {
  return {.name = name,
          .type = ParamType::kFloat,
          .what = "share of " + what + " set to zero at random in training",
          .fallback = fallback,
          .min = 0,
          .max = 0.95,
          .larger = "less overfitting, slower learning",
          .smaller = "faster learning, more overfitting"};
}

}  // namespace

const Spec& FtTransformerSpec() {
  static const Spec spec = {
      .kind = "model",
      .name = "ft_transformer",
      .one_line = "transformer for tables: every column a token, attention between the columns",
      .text =
          "Each column becomes a vector, however many numbers it was encoded as, blocks of "
          "attention and a gated layer let the columns look at each other, and the answer is read "
          "from one vector more. Often "
          "the best network for tables, and 10 to 100 times as much work as `mlp`: time grows with "
          "the number of columns, and with its square in attention. The authors' larger default is "
          "`--set model.blocks=3 --set model.width=192 --set model.heads=8`; they train it with "
          "`--set train.optimizer.lr=1e-4 --set train.optimizer.weight_decay=1e-5`. The smaller "
          "one "
          "here learns well at 1e-3.",
      .params =
          {
              {.name = "blocks",
               .type = ParamType::kInt,
               .what = "blocks of attention and gated layer",
               .fallback = 2,
               .min = 1,
               .max = 64,
               .larger = "finer interactions of columns; slower",
               .smaller = "faster"},
              {.name = "width",
               .type = ParamType::kInt,
               .what = "length of a token's vector, a multiple of `heads`",
               .fallback = 64,
               .min = 1,
               .max = 4096,
               .unit = "units",
               .larger = "fits finer structure, and noise; slower",
               .smaller = "smoother, faster"},
              {.name = "heads",
               .type = ParamType::kInt,
               .what = "attentions side by side in a block",
               .fallback = 4,
               .min = 1,
               .max = 256,
               .larger = "more patterns at once, each of fewer units",
               .smaller = "fewer patterns, each of more units",
               .source = "Vaswani et al. 2017, arXiv:1706.03762"},
              {.name = "ffn_factor",
               .type = ParamType::kFloat,
               .what = "units of the gated layer, as a multiple of `width`",
               .fallback = 4.0 / 3.0,
               .min = 0.1,
               .max = 16,
               .larger = "more capacity for each block; slower",
               .smaller = "faster",
               .source = "ReGLU: Shazeer 2020, arXiv:2002.05202"},
              DropoutParam("attention_dropout", "attention's weights", 0.2),
              DropoutParam("ffn_dropout", "the gated layer's units", 0.1),
              DropoutParam("residual_dropout", "what a block adds", 0.0),
          },
      .synonyms = {"ft-transformer", "tabular transformer", "feature tokenizer transformer"},
      .source = "Gorishniy et al. 2021, arXiv:2106.11959"};
  return spec;
}

}  // namespace bottega
