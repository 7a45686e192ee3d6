// One entry a learner behind MakeTableFit and LoadTableModel.
#pragma once

#include "learn/table_model.h"

namespace bottega {

std::unique_ptr<TableFit> FitMajority(const Json& settings, const FitData& data);
std::unique_ptr<TableModel> LoadMajority(const Json& settings, int classes, const TableRows& like,
                                         const TableModelState& state);
std::unique_ptr<TableFit> FitLinear(const Json& settings, const FitData& data);
std::unique_ptr<TableModel> LoadLinear(const Json& settings, int classes, const TableRows& like,
                                       const TableModelState& state);
std::unique_ptr<TableFit> FitKnn(const Json& settings, const FitData& data);
std::unique_ptr<TableModel> LoadKnn(const Json& settings, int classes, const TableRows& like,
                                    const TableModelState& state);
std::unique_ptr<TableFit> FitXgboost(const Json& settings, const FitData& data);
std::unique_ptr<TableModel> LoadXgboost(const Json& settings, int classes, const TableRows& like,
                                        const TableModelState& state);

// Error kData that names `array` unless it has that shape.
void RequireShape(const NamedArray& array, const std::vector<int64_t>& shape);

// A fit of one step: what it makes is all there is to know.
class OneStepFit : public TableFit {
 public:
  explicit OneStepFit(const FitData& data) : data_(data) {}
  bool Step(int64_t step) override { return step <= 1; }
  Matrix TrainOutputs() const override { return {}; }
  FitProgress Save() const override { return {}; }
  void Load(const FitProgress&) override {}

 protected:
  const FitData data_;
};

}  // namespace bottega
