// The recipe's `expect` section.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& ExpectSection();

}  // namespace bottega
