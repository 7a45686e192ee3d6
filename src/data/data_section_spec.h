// The recipe's `data` section.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& DataSection();

}  // namespace bottega
