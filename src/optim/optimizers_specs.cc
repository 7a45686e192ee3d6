#include "optim/optimizers_specs.h"

namespace bottega {

SpecList OptimizerSpecs() {
  return {&SgdSpec(), &AdamSpec(), &AdamwSpec(), &RmspropSpec(), &AdagradSpec()};
}

}  // namespace bottega
