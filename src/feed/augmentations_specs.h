// Names and help of every augmentation; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& FlipSpec();
const Spec& RotateSpec();
const Spec& CropSpec();
const Spec& ColorJitterSpec();
const Spec& NoiseSpec();
const Spec& CutoutSpec();

// Components of the recipe's `augment`, kind "augmentation".
SpecList AugmentationSpecs();

}  // namespace bottega
