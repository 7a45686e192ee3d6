#include "feed/augmentations_specs.h"

namespace bottega {

const Spec& FlipSpec() {
  static const Spec spec = {
      .kind = "augmentation",
      .name = "flip",
      .one_line = "mirrors pictures at random",
      .text =
          "Mirrors left and right (and top and bottom, if asked) with the given probabilities. "
          "Leave it out where sides matter: text, digits, traffic signs, X-rays.",
      .params = {{.name = "horizontal",
                  .type = ParamType::kFloat,
                  .what = "probability of swapping left and right",
                  .fallback = 0.5,
                  .min = 0,
                  .max = 1,
                  .larger = "above 0.5 the mirrored pictures outnumber the others",
                  .smaller = "fewer mirrored pictures"},
                 {.name = "vertical",
                  .type = ParamType::kFloat,
                  .what = "probability of swapping top and bottom",
                  .fallback = 0.0,
                  .min = 0,
                  .max = 1,
                  .larger =
                      "for pictures without an up and a down, as from a microscope or the air",
                  .smaller = "keeps pictures upright"}},
      .synonyms = {"mirror", "horizontal flip"},
      .source = "Krizhevsky, Sutskever and Hinton 2012, section 4.1",
      .regularizer =
          Regularizer{.helps = "objects that look alike mirrored",
                      .costs = "hurts where sides matter (digits, text); longer training",
                      .set = "augment=[flip]"}};
  return spec;
}

}  // namespace bottega
