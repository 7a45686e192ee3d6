#include "optim/gradient_noise_spec.h"

namespace bottega {

const Spec& GradientNoiseSection() {
  static const Spec spec = {
      .kind = "section",
      .name = "gradient_noise",
      .one_line = "add normal noise to every gradient, less from step to step",
      .text =
          "The variance at step t (from 0) is eta / (1 + t)^gamma. The noise depends on seed, "
          "step and weight alone.",
      .params = {{.name = "eta",
                  .type = ParamType::kFloat,
                  .what = "variance at the first step",
                  .fallback = 0.01,
                  .min = 0,
                  .min_open = true,
                  .larger = "wider search, rougher start",
                  .smaller = "closer to plain descent",
                  .source = "0.01, 0.3 and 1 in section 2"},
                 {.name = "gamma",
                  .type = ParamType::kFloat,
                  .what = "how fast the variance falls",
                  .fallback = 0.55,
                  .min = 0,
                  .larger = "the noise ends earlier",
                  .smaller = "noise until the end"}},
      .synonyms = {"noisy gradient", "gradient noise", "langevin"},
      .source = "Neelakantan et al. 2015, arXiv:1511.06807",
      .regularizer = Regularizer{
          .helps = "deep networks that are hard to start or fall into the nearest minimum",
          .costs = "slower, less steady learning; one more number to choose",
          .set = "train.gradient_noise.eta=0.01"}};
  return spec;
}

}  // namespace bottega
