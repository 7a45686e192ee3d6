// The recipe's `fairness` section.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& FairnessSection();

}  // namespace bottega
