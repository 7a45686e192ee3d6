// The list of schedules, for MakeSchedule and the test that compares it with the Specs.
//
// With w warm-up steps the factor is (t + 1) / (w + 1) for t < w, times the schedule's own at its
// step 0; afterwards the schedule's own factor at step t - w of T - w:
//   constant  1
//   step      factor ^ floor(t / (every * steps_per_epoch))
//   cosine    floor + (1 - floor) (1 + cos(pi t / T)) / 2
//   plateau   the product of its drops so far
#pragma once

#include <string>
#include <vector>

#include "optim/schedule.h"

namespace bottega {

struct ScheduleBuilder {
  std::string name;
  std::unique_ptr<Schedule> (*make)(const Json& settings, int64_t steps_per_epoch);
};

// In the order of ScheduleSpecs().
const std::vector<ScheduleBuilder>& ScheduleBuilders();

}  // namespace bottega
