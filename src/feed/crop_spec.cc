#include "feed/augmentations_specs.h"

namespace bottega {

const Spec& CropSpec() {
  static const Spec spec = {
      .kind = "augmentation",
      .name = "crop",
      .one_line = "cuts out a random part and resizes it (random resized crop)",
      .text =
          "The part has a random share of the picture's area and a random shape, drawn evenly "
          "on a logarithmic scale. It is cut before any other augmentation, wherever it stands "
          "in the list; of a JPEG only that part is decoded. Where all pictures fit into memory "
          "they are decoded once, at full scale.",
      .params = {{.name = "smallest",
                  .type = ParamType::kFloat,
                  .what = "smallest share of the area",
                  .fallback = 0.35,
                  .min = 0,
                  .max = 1,
                  .min_open = true,
                  .larger = "milder; the object stays in view",
                  .smaller = "stronger; may cut the object away (ImageNet recipes use 0.08)"},
                 {.name = "largest",
                  .type = ParamType::kFloat,
                  .what = "largest share of the area",
                  .fallback = 1.0,
                  .min = 0,
                  .max = 1,
                  .min_open = true},
                 {.name = "ratio",
                  .type = ParamType::kFloat,
                  .what = "width to height of the part lies between 1/ratio and ratio",
                  .fallback = 4.0 / 3.0,
                  .min = 1,
                  .max = 10,
                  .larger = "more distortion",
                  .smaller = "1 keeps shapes"}},
      .synonyms = {"random resized crop", "zoom", "scale"},
      .source = "Szegedy et al. 2014, arXiv:1409.4842, section 6; torchvision's RandomResizedCrop",
      .regularizer = Regularizer{.helps = "objects of any size and place",
                                 .costs = "may cut the object off; longer training",
                                 .set = "augment=[crop]"}};
  return spec;
}

}  // namespace bottega
