// The recipe's `split` section.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& SplitSection();

}  // namespace bottega
