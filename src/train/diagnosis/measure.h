// What a finished run shows without any further training.
#pragma once

#include "train/setup.h"

namespace bottega {

// Adds to `facts` fit, guessing, layers, epochs, curve, running and order
// (doc/formats/diagnosis.md).
void MeasureRun(const TrainSetup& setup, const std::string& score, Json* facts);

Json EstimateToJson(double value, double low, double high);

}  // namespace bottega
