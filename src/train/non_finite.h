// A step whose loss or gradient is no number: which layer, which rows, and what replays it. Format
// of RUN/nan/: doc/formats/nan.md.
#pragma once

#include <span>

#include "feed/batch.h"
#include "train/checkpoint.h"
#include "train/setup.h"

namespace bottega {

struct BrokenStep {
  const TrainSetup& setup;
  const Choices& choices;
  at::Device device;
  Model& model;              // with the weights from before the step
  std::span<Batch> batches;  // the step's micro-batches
  int64_t epoch = 0;
  int64_t batch = 0;  // number of the step within the epoch, from 0
  int64_t step = 0;   // steps done before it
};

// Runs the step's forward and backward pass again, looking at every operator's result. In the order
// of what is looked at: {found: {kind: input|weights|output|loss|gradient|none, layer, operation},
// rows: [{row, why, largest, column}], affected}. Running statistics stay as they are; gradients
// are dropped.
Json DiagnoseStep(const BrokenStep& broken);

// Writes RUN/nan/ and throws Error kRecipe that says where, with a hint that may mend it.
[[noreturn]] void StopAtNonFinite(const BrokenStep& broken);

}  // namespace bottega
