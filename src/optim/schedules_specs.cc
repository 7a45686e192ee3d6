#include "optim/schedules_specs.h"

namespace bottega {

SpecList ScheduleSpecs() { return {&ConstantSpec(), &StepSpec(), &CosineSpec(), &PlateauSpec()}; }

}  // namespace bottega
