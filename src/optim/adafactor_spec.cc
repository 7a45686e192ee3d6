#include "optim/optimizers_specs.h"
#include "optim/shared_params_spec.h"

namespace bottega {

const Spec& AdafactorSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "adafactor",
      .one_line = "Adam's scale kept as a row and a column a matrix; steps relative to the weights",
      .text =
          "Wins on memory: a matrix of n by m weights needs n + m numbers instead of n m (Shazeer "
          "and Stern 2018), which matters for large embeddings and transformers. Fails on small "
          "models, where memory is no matter and the factored scale and the missing momentum cost "
          "accuracy; the rate is a bound: steps are at most lr and 1 / sqrt(step), times the "
          "weights' own size.",
      .params = {LearningRateParam(0.01),
                 {.name = "beta2_decay",
                  .type = ParamType::kFloat,
                  .what = "share of the newest squares in step t is t to this power",
                  .fallback = -0.8,
                  .min = -10,
                  .max = 0,
                  .larger = "scale adapts faster",
                  .smaller = "steadier scale"},
                 {.name = "eps2",
                  .type = ParamType::kFloat,
                  .what = "least size that weights are taken to have",
                  .fallback = 1e-3,
                  .min = 0,
                  .larger = "weights near 0 move faster",
                  .smaller = "weights near 0 move slower"},
                 {.name = "d",
                  .type = ParamType::kFloat,
                  .what = "updates whose root mean square is larger are scaled down to it",
                  .fallback = 1.0,
                  .min = 1,
                  .larger = "rarer clipping",
                  .smaller = "steadier"},
                 WeightDecayParam(0.0)},
      .source = "Shazeer and Stern 2018, arXiv:1804.04235; as torch.optim.Adafactor"};
  return spec;
}

}  // namespace bottega
