#include "feed/augmentations_specs.h"

namespace bottega {

namespace {

Param Amount(const char* name, const char* what, double fallback, double max, const char* larger) {
  return {.name = name,
          .type = ParamType::kFloat,
          .what = what,
          .fallback = fallback,
          .min = 0,
          .max = max,
          .larger = larger,
          .smaller = "0 leaves it as it is"};
}

}  // namespace

const Spec& ColorJitterSpec() {
  static const Spec spec = {
      .kind = "augmentation",
      .name = "color_jitter",
      .one_line = "changes brightness, contrast, saturation and hue at random",
      .text =
          "Factors are drawn evenly from 1 - amount to 1 + amount and applied in this order as "
          "one linear map: brightness scales the values, contrast their distance to the "
          "picture's mean gray, saturation the distance of each pixel to its gray, hue turns "
          "colours by at most that share of the colour circle (in YIQ). Gray is Rec. 601's.",
      .params = {Amount("brightness", "largest change of the brightness factor", 0.2, 1,
                        "less dependence on light"),
                 Amount("contrast", "largest change of the contrast factor", 0.2, 1,
                        "less dependence on light and haze"),
                 Amount("saturation", "largest change of the saturation factor", 0.2, 1,
                        "less dependence on vivid colours"),
                 Amount("hue", "largest turn of the colour circle", 0.0, 0.5,
                        "colour stops being evidence; harmful where it tells classes apart")},
      .synonyms = {"colour jitter", "brightness", "contrast", "saturation", "hue"},
      .source = "Howard 2013, arXiv:1312.5402; torchvision's ColorJitter (which draws the order)",
      .regularizer = Regularizer{.helps = "light and cameras that differ",
                                 .costs = "hurts where the colour is the class; longer training",
                                 .set = "augment=[color_jitter]"}};
  return spec;
}

}  // namespace bottega
