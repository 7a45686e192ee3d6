#include "feed/augmentations_specs.h"

namespace bottega {

const Spec& RotateSpec() {
  static const Spec spec = {
      .kind = "augmentation",
      .name = "rotate",
      .one_line = "turns pictures by a random angle",
      .text =
          "The angle is drawn evenly from -degrees to +degrees, around the middle, with bilinear "
          "sampling. What comes in at the corners repeats the nearest border pixel.",
      .params = {{.name = "degrees",
                  .type = ParamType::kFloat,
                  .what = "largest angle",
                  .fallback = 15.0,
                  .min = 0,
                  .max = 180,
                  .unit = "degrees",
                  .larger = "teaches that direction does not matter; corners lose more",
                  .smaller = "keeps pictures as they were taken"}},
      .synonyms = {"rotation", "turn"},
      .regularizer = Regularizer{
          .helps = "pictures taken at any angle",
          .costs = "hurts where up and down matter; corners are filled; longer training",
          .set = "augment=[rotate]"}};
  return spec;
}

}  // namespace bottega
