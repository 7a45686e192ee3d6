// The recipe's `use` section: purpose first.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& UseSection();

}  // namespace bottega
