#include "optim/schedules_specs.h"

namespace bottega {

SpecList ScheduleSpecs() {
  return {&ConstantSpec(), &StepSpec(),           &MultiStepSpec(),  &ExponentialSpec(),
          &CosineSpec(),   &CosineRestartsSpec(), &PolynomialSpec(), &OneCycleSpec(),
          &WsdSpec(),      &PlateauSpec()};
}

}  // namespace bottega
