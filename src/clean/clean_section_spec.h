// The recipe's `clean` section: repairs before the split, fitted steps after it.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& CleanSection();

}  // namespace bottega
