// Trains a throw-away copy of the model for a few steps on real batches and measures it.
#pragma once

#include <limits>

#include "train/setup.h"

namespace bottega {

struct ProbeEffort {
  int steps = 20;  // at most
  double seconds =
      std::numeric_limits<double>::infinity();  // after which no further step but a second begins
};

struct ProbeResult {
  int steps = 0;
  double step_seconds = 0;   // median of a step, with waiting for its batch; first ones left out
  double score_seconds = 0;  // scoring the validation rows once, from a part of them
  double watch_seconds = 0;  // measuring the layers once, from a part of the rows
  int64_t peak = 0;          // resident memory, bytes, at its highest
  int64_t pictures = 0;      // decoded into the training feed's cache by the end, at most
};

// The process's peak (base/memory.h) begins anew.
ProbeResult ProbeSteps(const TrainSetup& setup, const Choices& choices, at::Device device,
                       const ProbeEffort& effort);

// The first micro-batches of the first epoch: `count` of them, of `rows` rows each or fewer.
std::vector<Batch> FirstBatches(const TrainSetup& setup, Choices choices, int count, int64_t rows);

}  // namespace bottega
