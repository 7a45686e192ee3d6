// Models of tables that are not networks: how each is fitted, used and stored. All are free of
// libtorch; train/ drives a fit and stores it, infer/ makes a Predictor of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "learn/matrix.h"
#include "learn/table_rows.h"

namespace bottega {

// What rows are to be learned as, one entry a row.
struct TableTargets {
  int classes = 0;             // 0: a regression
  std::vector<int32_t> label;  // 0 .. classes - 1
  std::vector<float> value;    // regression: scaled to mean 0 and deviation 1
  std::vector<float> weight;   // empty: all 1

  int64_t rows() const { return static_cast<int64_t>(classes > 0 ? label.size() : value.size()); }
  double WeightOf(int64_t row) const {
    return weight.empty() ? 1.0 : weight[static_cast<size_t>(row)];
  }
};

// One array of a stored model; `whole`: whole numbers, stored as such.
struct NamedArray {
  std::string name;
  std::vector<int64_t> shape;
  std::vector<float> values;
  bool whole = false;
};

struct TableModelState {
  std::vector<NamedArray> arrays;
  std::string trees;  // of boosted trees, in XGBoost's own UBJSON; else empty
  // Arrays that hold the training rows themselves, one entry a row, in the order of the fit.
  std::vector<std::string> by_row;

  // Error kData when there is none of that name.
  const NamedArray& Find(const std::string& name) const;
};

// A fitted model. Thread-safe for reading, except boosted trees (XGBoost's predictions share a
// buffer).
class TableModel {
 public:
  virtual ~TableModel() = default;
  // rows x classes probabilities, or rows x 1 scaled values.
  virtual Matrix Predict(const TableRows& x) const = 0;
  // What the model sees in a row, for finding rows that are alike to it: rows x any width. Errors:
  // kUsage for a model that looks at nothing.
  virtual Matrix Embed(const TableRows& x) const = 0;
  virtual TableModelState State() const = 0;
};

// The data of a fit; they outlive it. `validation` may have no rows.
struct FitData {
  const TableRows* train = nullptr;
  const TableTargets* targets = nullptr;
  const TableRows* validation = nullptr;
  const TableTargets* validation_targets = nullptr;
  uint64_t seed = 1;
  int threads = 1;  // of boosted trees; other learners give the same on any number
};

// What a fit needs to go on later with the same bits.
struct FitProgress {
  std::vector<double> numbers;
  std::string bytes;
};

// A fit in steps: rounds of boosting, iterations of a solver.
class TableFit {
 public:
  virtual ~TableFit() = default;
  // Does step `step` (from 1). False: it has converged and there is none left to do; that step did
  // nothing.
  virtual bool Step(int64_t step) = 0;
  // Of the model after the steps so far, as TableModel::Predict. No rows where that costs more than
  // the fit is worth.
  virtual Matrix TrainOutputs() const = 0;
  virtual Matrix ValidationOutputs() const = 0;
  virtual FitProgress Save() const = 0;
  virtual void Load(const FitProgress& progress) = 0;
  // The model after `steps` steps, at most those that were done; only boosted trees go back.
  virtual std::unique_ptr<TableModel> Finish(int64_t steps) = 0;
};

// `settings`: a resolved {name: linear, ...}. Errors: kUsage when a library is missing.
std::unique_ptr<TableFit> MakeTableFit(const Json& settings, const FitData& data);

// A stored model for rows of that shape (`like` has no rows, but cardinalities and number columns).
// Errors: kData when the arrays do not fit; kUsage when a library is missing.
std::unique_ptr<TableModel> LoadTableModel(const Json& settings, int classes, const TableRows& like,
                                           const TableModelState& state);

// At most so many steps; 1 for those that are fitted in one.
int64_t MostSteps(const Json& settings);
// "round", "iteration", "fit": what a step is called.
std::string StepName(const Json& settings);
// Steps without a better validation score after which the fit ends; 0: never.
int64_t StepPatience(const Json& settings);

}  // namespace bottega
