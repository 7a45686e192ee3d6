#include "feed/augmentations_specs.h"

namespace bottega {

SpecList AugmentationSpecs() {
  return {&FlipSpec(), &RotateSpec(), &CropSpec(), &ColorJitterSpec(), &NoiseSpec(), &CutoutSpec()};
}

}  // namespace bottega
