// Using a trained model, free of libtorch types: what cli/ calls.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "base/json.h"
#include "metric/predictions.h"
#include "predict/predictor.h"
#include "split/row_plan.h"

namespace bottega {

// Loads run/model and run/plan.json. Errors: kMissing when the run has no trained model.
std::unique_ptr<Predictor> LoadPredictor(const std::filesystem::path& run);

// Predictions for every row of `data` that is in `split`, with labels, weights and the sensitive
// columns' values as groups. Rows whose picture cannot be decoded are left out: `failed` gets their
// record numbers and the reasons.
Predictions PredictParts(Predictor& predictor, const Dataset& data, const RowPlan& split,
                         const std::filesystem::path& run,
                         std::map<int64_t, std::string>* failed = nullptr);

}  // namespace bottega
