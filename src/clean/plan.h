// FittedPlan: the steps that learn (impute, encode, scale), fitted on training rows only and stored
// as plan.json; training, predict and serve all apply the same plan.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "clean/features.h"
#include "data/dataset.h"

namespace bottega {

struct FittedPlan {
  std::string task;                  // "classification", "regression"
  std::vector<Column> columns;       // all columns of the training set, with roles
  std::vector<std::string> classes;  // sorted; empty for regression
  int positive = -1;
  double target_mean = 0, target_scale = 1;  // regression: (y - mean) / scale is learned
  std::string picture_column;                // "" for tables
  Json reading;                              // how the training source was read
  Json steps;                                // fitted state of every step, in order
};

// `train` holds positions (not record numbers) of the training rows. `settings` is the resolved
// `clean` section. Throws kData for a target with one class.
FittedPlan FitPlan(const Dataset& data, const std::vector<int64_t>& train, const Json& settings);

// Error kData when the plan gives a model nothing to learn from; it says why for each column.
void RequireFeatures(const Dataset& data, const FittedPlan& plan);

// `train`: positions of rows of `data` that the plan was fitted on. Features that the target went
// into (target_encode) are theirs as learned from the other training rows, and as a model must
// train on them; nullptr: all rows are new.
Features ApplyPlan(const FittedPlan& plan, const Dataset& data,
                   const std::vector<int64_t>* train = nullptr);
// Class index per row, -1 for missing or unseen labels.
std::vector<int32_t> LabelsOf(const FittedPlan& plan, const Dataset& data);
// Scaled regression target per row, NaN for missing.
std::vector<float> ValuesOf(const FittedPlan& plan, const Dataset& data);

Json PlanToJson(const FittedPlan& plan);
FittedPlan PlanFromJson(const Json& json, const std::string& file);

}  // namespace bottega
