// The learning-rate range test: Smith 2017, arXiv:1506.01186, section 3.3. The rate rises
// geometrically from step to step while the loss is watched; nothing is kept. Free of libtorch
// types.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "train/train_stage.h"

namespace bottega {

struct LrRangeOptions {
  double low = 1e-6, high = 10;
  int64_t steps = 150;  // at most: it ends where the loss diverges
};

struct LrPoint {
  double lr = 0;
  double loss = 0;    // of the batch after the update at this rate
  double smooth = 0;  // running mean over neighbouring rates
};

struct LrRange {
  std::vector<LrPoint> points;
  bool diverged = false;
  // Rates, where the loss falls at all: where its fall begins (a tenth of it is done), is steepest
  // per factor of the rate, and is complete.
  std::optional<double> begins, steepest, lowest;
  std::optional<double> suggested;
  std::string reason;  // why that one, or why none
};

// On the data, model and optimizer of `inputs`, from its seed; inputs.run is not used. Errors: as
// those of Train.
LrRange FindLearningRate(const TrainInputs& inputs, const LrRangeOptions& options);

// Fills `smooth` and all below the points. The suggested rate is the one of the steepest fall, but
// at most a third of the rate of the lowest loss, which is already on the way to diverging (Smith
// 2017: the largest rate that still learns is an upper bound).
void JudgeRange(LrRange* range);

Json RangeToJson(const LrRange& range);

}  // namespace bottega
