#include "optim/losses_specs.h"

namespace bottega {

SpecList LossSpecs() {
  return {&AutoLossSpec(), &CrossEntropySpec(), &MseSpec(), &L1LossSpec(), &HuberSpec()};
}

}  // namespace bottega
