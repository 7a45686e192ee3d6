// Names and help of the averages of weights; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& EmaSpec();
const Spec& SwaSpec();

// Components of the recipe's `train.average`, kind "average".
SpecList WeightAverageSpecs();

}  // namespace bottega
