// Many trainings in one process, side by side: the folds of a cross-validation, other seeds,
// trials.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "train/train_stage.h"

namespace bottega {

struct SideJob {
  std::string name;    // in progress and errors, as "fold 0-3"
  TrainInputs inputs;  // a run folder of its own
};

struct SideOptions {
  // Threads that train; 0: as many as processors hold trainings of choices.threads each. On a
  // GPU 1.
  int workers = 0;
  // Bytes of the whole process that no training is begun beyond; 0: train.max_rss, and without it
  // what is available.
  int64_t memory = 0;
  // A training that fails (its loss is no number, its data do not do) leaves the others alone.
  bool keep_going = false;
};

struct SideOutcome {
  TrainOutcome outcome;
  std::optional<Error> error;  // with keep_going
};

// Trains all jobs, or resumes each from its own checkpoint; one that is finished is not trained
// again. Each model is the same to the bit as if its job were trained alone, whatever the workers.
//
// A worker takes the job that is least far and trains one epoch of it, so that all end at about the
// same time and no processor idles at the end. A further job is begun only while there is room for
// one more of the largest footprint measured so far; with one worker, one job after the other.
//
// Throws what Train() throws, after every job that was begun has saved a checkpoint: Interrupted
// after a signal, kBudget once train.time_budget is over (it counts for all jobs together), and the
// first job's error, with the job's name.
std::vector<SideOutcome> TrainSideBySide(const std::vector<SideJob>& jobs,
                                         const SideOptions& options = {});

}  // namespace bottega
