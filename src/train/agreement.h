// How far lower precision moves a model's losses and gradients on real batches.
#pragma once

#include <vector>

#include "train/stepper.h"

namespace bottega {

// The largest over the batches. Not a number where either precision gives none.
struct Deviation {
  double loss = 0;      // |l' - l| / max(|l|, 0.01), l the mean loss in float32
  double gradient = 0;  // |g' - g| / |g|, Euclidean norms over all parameters together
};

// What `auto` accepts. A gradient off by less than 0.2 of its length points within 12 degrees of
// its direction; another draw of the batch's rows turns it further.
inline constexpr double kLossTolerance = 0.02, kGradientTolerance = 0.2;
bool Agrees(const Deviation& deviation);

// Runs every batch forward and backward in float32 and in `settings.precision`; no step is taken.
// The parameters' gradients are dropped.
Deviation MeasureDeviation(Model& model, const std::vector<Batch>& batches, StepSettings settings);

Json DeviationToJson(const Deviation& deviation);

}  // namespace bottega
