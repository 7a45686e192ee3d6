// A reviewer at the terminal: asks the questions of a task one by one and keeps every answer.
#pragma once

#include <ostream>
#include <string>

#include "cli/review_task.h"

namespace bottega {

struct SittingOutcome {
  int64_t kept = 0, labelled = 0, set_aside = 0, unsure = 0, skipped = 0;
  int64_t elsewhere = 0;  // decided by others meanwhile
  int64_t left = 0;       // not answered
  bool finished = false;  // every question was put

  int64_t decided() const { return kept + labelled + set_aside; }
};

// Each answer is on the disk before the next question is put: whatever ends the process loses
// nothing. The end of the input stops it as `q` does. Throws Interrupted on a signal.
SittingOutcome HoldSitting(std::ostream& out, Project& project, const std::string& reviewer,
                           ReviewTask* task);

}  // namespace bottega
