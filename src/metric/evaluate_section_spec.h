// The recipe's `evaluate` section.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& EvaluateSection();

}  // namespace bottega
