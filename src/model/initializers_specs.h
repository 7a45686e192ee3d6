// Names and help of the schemes of initial weights; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

SpecList InitializerSpecs();

}  // namespace bottega
