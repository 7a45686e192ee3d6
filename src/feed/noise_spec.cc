#include "feed/augmentations_specs.h"

namespace bottega {

const Spec& NoiseSpec() {
  static const Spec spec = {
      .kind = "augmentation",
      .name = "noise",
      .one_line = "adds bell-shaped noise to every value",
      .text =
          "Each value gets the sum of four even draws, centred, which is close to a normal "
          "distribution (it never exceeds 3.5 deviations).",
      .params = {{.name = "deviation",
                  .type = ParamType::kFloat,
                  .what = "standard deviation, where white is 1",
                  .fallback = 0.03,
                  .min = 0,
                  .max = 0.5,
                  .larger = "more robust to grainy pictures; fine texture is lost",
                  .smaller = "closer to the original"}},
      .synonyms = {"gaussian noise", "grain"},
      .source = "Bishop 1995, Neural Computation 7(1): noise acts as a penalty on steep functions",
      .regularizer = Regularizer{.helps = "grainy pictures, sensors that differ",
                                 .costs = "blurs fine detail; longer training",
                                 .set = "augment=[noise]"}};
  return spec;
}

}  // namespace bottega
