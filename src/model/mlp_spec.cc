#include "model/models_specs.h"
#include "model/shared_params_spec.h"

namespace bottega {

const Spec& MlpSpec() {
  static const Spec spec = {
      .kind = "model",
      .name = "mlp",
      .one_line = "multi-layer perceptron for tables, with embeddings of the categories",
      .text =
          "Numbers (imputed and scaled) and one learned vector per category are joined and go "
          "through fully connected layers, each followed by batch normalization if asked, an "
          "activation and dropout. A good first model for tables; gradient boosted trees are "
          "the usual rival.",
      .params =
          {
              {.name = "hidden",
               .type = ParamType::kIntList,
               .what = "units of each hidden layer, in order",
               .fallback = Json::array({128, 64}),
               .min = 1,
               .max = 65536,
               .unit = "units",
               .larger = "fits finer structure, and noise; slower",
               .smaller = "smoother, faster; may miss structure"},
              {.name = "dropout",
               .type = ParamType::kFloat,
               .what = "share of hidden units set to zero at random in training",
               .fallback = 0.1,
               .min = 0,
               .max = 0.95,
               .larger = "less overfitting, slower learning",
               .smaller = "faster learning, more overfitting",
               .source = "Srivastava et al. 2014, JMLR 15",
               .regularizer = DropoutTrade()},
              {.name = "norm",
               .type = ParamType::kChoice,
               .what = "how each hidden layer is normalized: over the micro-batch (batch), over "
                       "the units of each row (layer), or not",
               .fallback = "none",
               .choices = {"none", "batch", "layer"},
               .source = "Ioffe and Szegedy 2015, arXiv:1502.03167; Ba et al. 2016, "
                         "arXiv:1607.06450",
               .regularizer = NormTrade("model={name: mlp, norm: batch}")},
              {.name = "activation",
               .type = ParamType::kChoice,
               .what = "function after each hidden layer",
               .fallback = "relu",
               .choices = {"relu", "gelu", "silu", "tanh"},
               .source = "gelu: Hendrycks and Gimpel 2016, arXiv:1606.08415"},
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
      .synonyms = {"multilayer perceptron", "feed-forward network", "neural network", "dense"},
      .source = "Rumelhart, Hinton and Williams 1986, Nature 323",
      .renamed = {{"batch_norm", "norm: batch"}}};
  return spec;
}

}  // namespace bottega
