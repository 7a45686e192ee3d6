// The recipe's `train:` section.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& TrainSection();
const Spec& EarlyStoppingSection();  // nested in it

}  // namespace bottega
