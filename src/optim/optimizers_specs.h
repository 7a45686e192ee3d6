// Names and help of the optimizers; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& SgdSpec();
const Spec& AdamSpec();
const Spec& AdamwSpec();
const Spec& RmspropSpec();
const Spec& AdagradSpec();

SpecList OptimizerSpecs();

}  // namespace bottega
