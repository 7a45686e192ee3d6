// Names and help of the learning-rate schedules; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& ConstantSpec();
const Spec& StepSpec();
const Spec& CosineSpec();
const Spec& PlateauSpec();

SpecList ScheduleSpecs();

}  // namespace bottega
