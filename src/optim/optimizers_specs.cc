#include "optim/optimizers_specs.h"

namespace bottega {

SpecList OptimizerSpecs() {
  return {&SgdSpec(),   &SgdwSpec(),      &AdamSpec(),    &AdamwSpec(),   &NadamSpec(),
          &RadamSpec(), &AdamaxSpec(),    &RmspropSpec(), &AdagradSpec(), &LionSpec(),
          &LambSpec(),  &AdafactorSpec(), &LbfgsSpec()};
}

}  // namespace bottega
