// What a training step's tensors take, measured on steps of a few rows.
#pragma once

#include "train/setup.h"

namespace bottega {

// Bytes. Activations grow in proportion to the micro-batch's rows; the rest does not depend on it.
struct StepMemory {
  int64_t weights = 0;    // parameters and buffers
  int64_t gradients = 0;  // of all parameters
  int64_t slots = 0;      // of the optimizer
  int64_t fixed = 0;      // at a step's peak beside these: may be below 0, since the peak of the
                          // activations comes before that of the gradients
  double each_row = 0;    // activations of a row of the micro-batch

  // Of the activations (and what is fixed) in micro-batches of `micro` rows.
  int64_t Activations(int64_t micro) const;
  int64_t Total(int64_t micro) const { return weights + gradients + slots + Activations(micro); }
};

// Trains a throw-away model on two small batches; takes as much memory as they do and gives it
// back.
StepMemory MeasureStepMemory(const TrainSetup& setup, const Choices& choices, at::Device device);

}  // namespace bottega
