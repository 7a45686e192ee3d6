// Names and help of the optimizers; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& SgdSpec();
const Spec& SgdwSpec();
const Spec& AdamSpec();
const Spec& AdamwSpec();
const Spec& NadamSpec();
const Spec& RadamSpec();
const Spec& AdamaxSpec();
const Spec& RmspropSpec();
const Spec& AdagradSpec();
const Spec& LionSpec();
const Spec& LambSpec();
const Spec& AdafactorSpec();
const Spec& LbfgsSpec();

SpecList OptimizerSpecs();

}  // namespace bottega
