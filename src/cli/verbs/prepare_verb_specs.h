// Specs of the verbs that prepare a training; they run in bottega-engine, in cli/engine/.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& LrFindSpec();
const Spec& LrShowSpec();
const Spec& OptimRaceSpec();

}  // namespace bottega
