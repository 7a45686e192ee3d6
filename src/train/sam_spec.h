// The recipe's `train.sam:` section; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& SamSection();

}  // namespace bottega
