#include "model/models_specs.h"

namespace bottega {

const Spec& ResmlpSpec() {
  static const Spec spec = {
      .kind = "model",
      .name = "resmlp",
      .one_line = "residual network for tables: blocks of two layers with a shortcut around each",
      .text =
          "The columns enter as in `mlp`; each block normalizes, goes through a wider layer and "
          "back, and adds the result to what it got, so that more blocks can be trained than "
          "layers "
          "of an `mlp`. Defaults are those of the authors' package. Its batch normalization makes "
          "a "
          "row's result depend on its micro-batch.",
      .params =
          {
              {.name = "blocks",
               .type = ParamType::kInt,
               .what = "residual blocks",
               .fallback = 2,
               .min = 1,
               .max = 64,
               .larger = "fits finer structure, and noise; slower",
               .smaller = "smoother, faster"},
              {.name = "width",
               .type = ParamType::kInt,
               .what = "units between the blocks",
               .fallback = 192,
               .min = 1,
               .max = 8192,
               .unit = "units",
               .larger = "fits finer structure, and noise; slower",
               .smaller = "smoother, faster"},
              {.name = "hidden_factor",
               .type = ParamType::kFloat,
               .what = "units inside a block, as a multiple of `width`",
               .fallback = 2.0,
               .min = 1,
               .max = 16,
               .larger = "more capacity for each block; slower",
               .smaller = "faster"},
              {.name = "hidden_dropout",
               .type = ParamType::kFloat,
               .what = "share of units inside a block set to zero at random in training",
               .fallback = 0.15,
               .min = 0,
               .max = 0.95,
               .larger = "less overfitting, slower learning",
               .smaller = "faster learning, more overfitting",
               .source = "Srivastava et al. 2014, JMLR 15"},
              {.name = "residual_dropout",
               .type = ParamType::kFloat,
               .what = "share of a block's results set to zero at random in training",
               .fallback = 0.0,
               .min = 0,
               .max = 0.95,
               .larger = "less overfitting, slower learning",
               .smaller = "faster learning, more overfitting"},
              {.name = "embedding",
               .type = ParamType::kInt,
               .what = "width of each category's vector; not set: half the number of categories, "
                       "at most 50",
               .fallback = nullptr,
               .min = 1,
               .max = 4096,
               .larger = "more detail per category",
               .smaller = "fewer parameters",
               .source = "Guo and Berkhahn 2016, arXiv:1604.06737; the rule is fast.ai's"},
          },
      .synonyms = {"tabular resnet", "residual mlp", "resnet for tables"},
      .source = "Gorishniy et al. 2021, arXiv:2106.11959"};
  return spec;
}

}  // namespace bottega
