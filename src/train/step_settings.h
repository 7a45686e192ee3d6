// What the steps of a training take, from its recipe.
#pragma once

#include "train/setup.h"
#include "train/stepper.h"

namespace bottega {

StepSettings StepSettingsOf(const TrainSetup& setup, const Choices& choices, at::Device device);

}  // namespace bottega
