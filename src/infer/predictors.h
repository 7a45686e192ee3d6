// The Predictor behind each kind of model.
#pragma once

#include <filesystem>
#include <memory>

#include "clean/plan.h"
#include "learn/table_model.h"
#include "predict/predictor.h"

namespace bottega {

// From a model's folder (as run/model) and the plan that its training rows were fitted with.
// Errors: kMissing when the folder holds no finished model, kData when its files do not fit
// together.
std::unique_ptr<Predictor> PredictorFrom(const FittedPlan& plan,
                                         const std::filesystem::path& folder);

std::unique_ptr<Predictor> NetworkPredictor(const FittedPlan& plan,
                                            const std::filesystem::path& folder);
std::unique_ptr<Predictor> TablePredictor(const FittedPlan& plan,
                                          const std::filesystem::path& folder);
// The weighted mean of its members' answers; its embedding is that of the heaviest one.
std::unique_ptr<Predictor> BlendPredictor(const FittedPlan& plan,
                                          const std::filesystem::path& folder);

}  // namespace bottega
