// How many trainings at once.
#pragma once

#include <vector>

#include "train/side_by_side.h"

namespace bottega {

// `wanted`, or, when that is 0, as many as processors hold trainings of choices.threads each; on a
// GPU 1. At most one a job, at least 1.
int WorkersFor(const std::vector<SideJob>& jobs, int wanted);

}  // namespace bottega
