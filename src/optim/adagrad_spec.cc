#include "optim/optimizers_specs.h"
#include "optim/shared_params_spec.h"

namespace bottega {

const Spec& AdagradSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "adagrad",
      .one_line = "steps divided by the root of the sum of all squared gradients",
      .text =
          "Wins on sparse features: those that are rarely seen keep their long steps (Duchi et al. "
          "2011). Fails on long trainings of deep networks: the sum only grows, and steps die out "
          "(Zeiler 2012, arXiv:1212.5701).",
      .params = {LearningRateParam(0.01),
                 {.name = "lr_decay",
                  .type = ParamType::kFloat,
                  .what = "the learning rate is divided by 1 + lr_decay (step - 1)",
                  .fallback = 0.0,
                  .min = 0,
                  .larger = "steps shrink faster",
                  .smaller = "steps shrink less"},
                 {.name = "initial",
                  .type = ParamType::kFloat,
                  .what = "start of the sum of squared gradients",
                  .fallback = 0.0,
                  .min = 0,
                  .larger = "smaller first steps",
                  .smaller = "larger first steps"},
                 EpsilonParam(1e-10),
                 L2Param()},
      .synonyms = {"adaptive gradient"},
      .source = "Duchi, Hazan and Singer 2011, JMLR 12",
      .renamed = {CoupledDecayRenamed("adamw")}};
  return spec;
}

}  // namespace bottega
