#include "base/error.h"
#include "feed/augmentation.h"

namespace bottega {

const std::vector<AugmentationBuilder>& AugmentationBuilders() {
  static const std::vector<AugmentationBuilder> builders = {
      {"flip", MakeFlip},   {"rotate", MakeRotate},
      {"crop", MakeCrop},   {"color_jitter", MakeColorJitter},
      {"noise", MakeNoise}, {"cutout", MakeCutout},
  };
  return builders;
}

std::unique_ptr<Augmentation> MakeAugmentation(const Json& settings) {
  const std::string name = settings.at("name").get<std::string>();
  for (const AugmentationBuilder& builder : AugmentationBuilders()) {
    if (builder.name == name) return builder.make(settings);
  }
  throw Error(ErrorKind::kRecipe, "unknown augmentation '" + name + "'", {},
              "bottega list augmentations");
}

}  // namespace bottega
