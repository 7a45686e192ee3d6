#include "optim/optimizers_specs.h"
#include "optim/shared_params_spec.h"

namespace bottega {

const Spec& LionSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "lion",
      .one_line = "steps of one size in the direction of the momentum's sign",
      .text =
          "Wins on large models and large batches with one number a weight, at a rate 3 to 10 "
          "times "
          "smaller and a decay 3 to 10 times larger than those of `adamw` (Chen et al. 2023, "
          "section 5; the defaults follow that). Fails with batches below about 64, where the sign "
          "is mostly noise (section 4.6), and without a schedule that ends near 0: steps never "
          "shrink by themselves.",
      .params = {LearningRateParam(1e-4, "Chen et al. 2023, arXiv:2302.06675, section 5"),
                 Beta1Param(0.9),
                 {.name = "beta2",
                  .type = ParamType::kFloat,
                  .what = "memory of the momentum between steps",
                  .fallback = 0.99,
                  .min = 0,
                  .max = 0.9999999,
                  .larger = "steadier direction",
                  .smaller = "turns sooner"},
                 WeightDecayParam(0.1)},
      .synonyms = {"evolved sign momentum", "sign momentum"},
      .source = "Chen et al. 2023, arXiv:2302.06675"};
  return spec;
}

}  // namespace bottega
