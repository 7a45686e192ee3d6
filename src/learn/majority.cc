// The floor under every model: class frequencies, or the mean or median of the values.
#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "learn/table_kinds.h"

namespace bottega {

namespace {

class Majority : public TableModel {
 public:
  explicit Majority(std::vector<float> answer) : answer_(std::move(answer)) {}

  Matrix Predict(const TableRows& x) const override {
    Matrix out(x.rows(), static_cast<int64_t>(answer_.size()));
    for (int64_t r = 0; r < x.rows(); ++r) std::ranges::copy(answer_, out.row(r));
    return out;
  }
  Matrix Embed(const TableRows&) const override {
    throw Error(ErrorKind::kUsage,
                "the model 'majority' looks at no column: rows are all alike to it", {},
                "bottega train --set model=linear");
  }
  TableModelState State() const override {
    return {.arrays = {{"answer", {static_cast<int64_t>(answer_.size())}, answer_}}};
  }

 private:
  std::vector<float> answer_;
};

std::vector<float> Frequencies(const TableTargets& targets) {
  std::vector<double> weight(static_cast<size_t>(targets.classes));
  for (int64_t r = 0; r < targets.rows(); ++r) {
    weight[static_cast<size_t>(targets.label[static_cast<size_t>(r)])] += targets.WeightOf(r);
  }
  const double sum = std::accumulate(weight.begin(), weight.end(), 0.0);
  std::vector<float> share;
  for (const double w : weight) share.push_back(static_cast<float>(sum > 0 ? w / sum : 0));
  return share;
}

float Mean(const TableTargets& targets) {
  double sum = 0, weight = 0;
  for (int64_t r = 0; r < targets.rows(); ++r) {
    sum += targets.WeightOf(r) * targets.value[static_cast<size_t>(r)];
    weight += targets.WeightOf(r);
  }
  return static_cast<float>(weight > 0 ? sum / weight : 0);
}

// The least value with half of the weight at or below it; of two such, their middle.
float Median(const TableTargets& targets) {
  std::vector<int64_t> order(static_cast<size_t>(targets.rows()));
  std::iota(order.begin(), order.end(), 0);
  const auto value = [&](int64_t r) { return targets.value[static_cast<size_t>(r)]; };
  std::ranges::stable_sort(order, {}, value);
  double half = 0;
  for (const int64_t r : order) half += targets.WeightOf(r) / 2;
  double below = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    below += targets.WeightOf(order[i]);
    if (below > half) return value(order[i]);
    if (below == half && i + 1 < order.size()) {
      return (value(order[i]) + value(order[i + 1])) / 2;
    }
  }
  return 0;
}

class MajorityFit : public OneStepFit {
 public:
  MajorityFit(const Json& settings, const FitData& data)
      : OneStepFit(data), median_(settings.at("of_values") == "median") {}

  Matrix TrainOutputs() const override { return Model().Predict(*data_.train); }
  Matrix ValidationOutputs() const override { return Model().Predict(*data_.validation); }
  std::unique_ptr<TableModel> Finish(int64_t) override {
    return std::make_unique<Majority>(Model());
  }

 private:
  Majority Model() const {
    const TableTargets& targets = *data_.targets;
    if (targets.classes > 0) return Majority(Frequencies(targets));
    return Majority({median_ ? Median(targets) : Mean(targets)});
  }
  bool median_;
};

}  // namespace

std::unique_ptr<TableFit> FitMajority(const Json& settings, const FitData& data) {
  return std::make_unique<MajorityFit>(settings, data);
}

std::unique_ptr<TableModel> LoadMajority(const Json&, int classes, const TableRows&,
                                         const TableModelState& state) {
  const NamedArray& answer = state.Find("answer");
  RequireShape(answer, {std::max(1, classes)});
  return std::make_unique<Majority>(answer.values);
}

}  // namespace bottega
