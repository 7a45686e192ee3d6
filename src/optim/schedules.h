// The list of schedules, for MakeSchedule and the test that compares it with the Specs.
//
// With w warm-up steps the factor is (t + 1) / (w + 1) for t < w, times the schedule's own at its
// step 0; afterwards the schedule's own factor at step t - w of T - w:
// with E steps an epoch:
//   constant         1
//   step             factor ^ floor(t / (every E))
//   multi_step       factor ^ (number of `at` E that t has reached)
//   exponential      factor ^ (t / E)
//   cosine           floor + (1 - floor) (1 + cos(pi t / T)) / 2
//   cosine_restarts  the same over periods of first E steps, each `grow` times the one before
//   polynomial       floor + (1 - floor) (1 - t / T) ^ power
//   wsd              1 until the last `decay` T steps, then to the floor linearly, along half a
//                    cosine, or as 1 - sqrt
//   plateau          the product of its drops so far
// one_cycle has a rise of its own, without warm-up: over rise T - 1 steps from 1 / start_divisor to
// 1, then until the last step to 1 / (start_divisor end_divisor), along half a cosine or linearly.
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
