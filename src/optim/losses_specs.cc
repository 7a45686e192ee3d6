#include "optim/losses_specs.h"

namespace bottega {

SpecList LossSpecs() {
  return {&AutoLossSpec(), &CrossEntropySpec(), &FocalSpec(), &OrdinalSpec(), &ExpectedCostSpec(),
          &MseSpec(),      &L1LossSpec(),       &HuberSpec(), &QuantileSpec()};
}

}  // namespace bottega
