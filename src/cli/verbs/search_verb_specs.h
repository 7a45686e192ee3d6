// Specs of the verbs that train a recipe many times over to compare; their functions are in
// cli/engine/.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& TuneVerbSpec();
const Spec& AblateVerbSpec();

}  // namespace bottega
