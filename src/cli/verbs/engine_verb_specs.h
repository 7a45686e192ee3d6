// Specs of the verbs that run in bottega-engine; their functions are in cli/engine/.
#pragma once

#include "spec/spec.h"

namespace bottega {

// --budget and --max-rss, of every verb that trains.
Param BudgetParam();
Param MaxRssParam();

const Spec& TrainVerbSpec();
const Spec& PlanVerbSpec();
const Spec& EvaluateVerbSpec();
const Spec& PredictVerbSpec();
const Spec& DiagnoseVerbSpec();
const Spec& RunVerbSpec();
const Spec& DemoVerbSpec();

}  // namespace bottega
