// The recipe's `train.gradient_noise:` section; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& GradientNoiseSection();

}  // namespace bottega
