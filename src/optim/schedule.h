// Learning-rate schedules: the factor that multiplies the optimizer's lr. Free of tensors.
#pragma once

#include <cstdint>
#include <memory>

#include "base/json.h"

namespace bottega {

class Schedule {
 public:
  virtual ~Schedule() = default;
  // Factor for the optimizer step number `step` (0-based) of `total` steps.
  virtual double Factor(int64_t step, int64_t total) = 0;
  // After each epoch: the monitored value, lower is better (for "plateau"; others ignore it).
  virtual void Observe(double) {}
  virtual Json State() const { return Json::object(); }
  virtual void LoadState(const Json&) {}
};

// `settings` is a resolved {name: cosine, warmup: 0.05, ...}; `steps_per_epoch` serves settings
// given in epochs.
std::unique_ptr<Schedule> MakeSchedule(const Json& settings, int64_t steps_per_epoch);

}  // namespace bottega
