// The model of a training, as its settings and choices say.
#pragma once

#include "train/setup.h"
#include "train/step_settings.h"

namespace bottega {

// With its initial weights, on the device, in the chosen order of memory and with the chosen blocks
// recomputed.
std::shared_ptr<Model> PlacedModel(const TrainSetup& setup, const Choices& choices,
                                   at::Device device);

}  // namespace bottega
