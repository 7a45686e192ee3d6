// The recipe's `tune:` section.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& TuneSection();

}  // namespace bottega
