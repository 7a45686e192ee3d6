// Names and help of what is done about classes of unequal size; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

// Components of the recipe's `train.balance`, kind "balance".
SpecList BalanceSpecs();

}  // namespace bottega
