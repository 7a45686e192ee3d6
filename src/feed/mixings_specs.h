// Names and help of the ways to mix training rows; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& MixupSpec();
const Spec& CutmixSpec();

// Components of the recipe's `train.mix`, kind "mixing".
SpecList MixingSpecs();

}  // namespace bottega
