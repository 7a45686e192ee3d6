// Names and help of an entry of train.groups; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& ParameterGroupSection();

}  // namespace bottega
