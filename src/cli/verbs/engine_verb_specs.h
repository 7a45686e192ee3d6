// Specs of the verbs that run in bottega-engine; their functions are in cli/engine/.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& TrainVerbSpec();
const Spec& PlanVerbSpec();
const Spec& EvaluateVerbSpec();
const Spec& PredictVerbSpec();
const Spec& DiagnoseVerbSpec();
const Spec& RunVerbSpec();
const Spec& DemoVerbSpec();

}  // namespace bottega
