// Schedules whose factor depends on the step alone; the formulas stand in schedules.h.
#pragma once

#include "optim/schedule.h"

namespace bottega {

std::unique_ptr<Schedule> MakeConstant(const Json& settings, int64_t steps_per_epoch);
std::unique_ptr<Schedule> MakeStep(const Json& settings, int64_t steps_per_epoch);
std::unique_ptr<Schedule> MakeMultiStep(const Json& settings, int64_t steps_per_epoch);
std::unique_ptr<Schedule> MakeExponential(const Json& settings, int64_t steps_per_epoch);
std::unique_ptr<Schedule> MakeCosine(const Json& settings, int64_t steps_per_epoch);
std::unique_ptr<Schedule> MakeCosineRestarts(const Json& settings, int64_t steps_per_epoch);
std::unique_ptr<Schedule> MakePolynomial(const Json& settings, int64_t steps_per_epoch);
std::unique_ptr<Schedule> MakeOneCycle(const Json& settings, int64_t steps_per_epoch);
std::unique_ptr<Schedule> MakeWsd(const Json& settings, int64_t steps_per_epoch);

}  // namespace bottega
