#include "feed/augmentations_specs.h"

namespace bottega {

const Spec& CutoutSpec() {
  static const Spec spec = {
      .kind = "augmentation",
      .name = "cutout",
      .one_line = "covers a random square with the mean colour",
      .text =
          "The square's middle lies anywhere in the picture, so that part of it may fall "
          "outside. Keeps a model from relying on one part of the object.",
      .params = {{.name = "fraction",
                  .type = ParamType::kFloat,
                  .what = "area of the square as a share of the picture",
                  .fallback = 0.2,
                  .min = 0,
                  .max = 1,
                  .larger = "stronger; may hide the object",
                  .smaller = "weaker"},
                 {.name = "probability",
                  .type = ParamType::kFloat,
                  .what = "share of pictures that get a square",
                  .fallback = 0.5,
                  .min = 0,
                  .max = 1,
                  .larger = "more pictures are covered",
                  .smaller = "more stay whole"}},
      .synonyms = {"random erasing", "cut out"},
      .source = "DeVries and Taylor 2017, arXiv:1708.04552",
      .regularizer = Regularizer{.helps = "models that look at one part of the object only",
                                 .costs = "may hide the object; longer training",
                                 .set = "augment=[cutout]"}};
  return spec;
}

}  // namespace bottega
