// Names and help of the learning-rate schedules; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& ConstantSpec();
const Spec& StepSpec();
const Spec& MultiStepSpec();
const Spec& ExponentialSpec();
const Spec& CosineSpec();
const Spec& CosineRestartsSpec();
const Spec& PolynomialSpec();
const Spec& OneCycleSpec();
const Spec& WsdSpec();
const Spec& PlateauSpec();

SpecList ScheduleSpecs();

}  // namespace bottega
