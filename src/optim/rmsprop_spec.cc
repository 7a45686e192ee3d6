#include "optim/optimizers_specs.h"
#include "optim/shared_params_spec.h"

namespace bottega {

const Spec& RmspropSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "rmsprop",
      .one_line = "steps divided by the root of the mean squared gradient",
      .text =
          "Wins on noisy objectives that change, as recurrent networks and reinforcement learning, "
          "and with one number a weight. Fails in the first steps: its means start at 0 and are "
          "not "
          "corrected, so that they are too long (Kingma and Ba 2015, section 5): use a warm-up.",
      .params = {LearningRateParam(0.01),
                 {.name = "alpha",
                  .type = ParamType::kFloat,
                  .what = "memory of the mean squared gradient",
                  .fallback = 0.99,
                  .min = 0,
                  .max = 0.9999999,
                  .larger = "steadier scale",
                  .smaller = "scale adapts faster"},
                 EpsilonParam(1e-8),
                 MomentumParam(0.0),
                 {.name = "centered",
                  .type = ParamType::kBool,
                  .what = "divide by the gradient's deviation instead of its root mean square",
                  .fallback = false,
                  .source = "Graves 2013, arXiv:1308.0850"},
                 L2Param()},
      .synonyms = {"rms propagation"},
      .source = "Tieleman and Hinton 2012, Coursera lecture 6.5",
      .renamed = {CoupledDecayRenamed("adamw")}};
  return spec;
}

}  // namespace bottega
