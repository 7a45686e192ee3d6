// What the clock decides: precision and memory order are measured before the first step, on a model
// of its own that is like the one to be trained.
#pragma once

#include "train/choices.h"
#include "train/setup.h"

namespace bottega {

// A challenger must be this much faster than the default (fp32, contiguous) to be taken.
inline constexpr double kWorthwhileGain = 0.15;

// Settings that are given are taken as they are; what is "auto" or null is measured or computed.
Choices Choose(const TrainSetup& setup);

// Of seconds a step by label, the first being the default: the default's label unless another is
// faster by kWorthwhileGain.
std::string FastestWorthwhile(const std::vector<std::pair<std::string, double>>& seconds);

}  // namespace bottega
