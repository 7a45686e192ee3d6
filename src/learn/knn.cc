// The k nearest training rows vote.
#include <cmath>

#include "base/error.h"
#include "learn/neighbors.h"
#include "learn/table_kinds.h"

namespace bottega {

namespace {

// Of a category in a distance: two different ones are then 1 apart, as far as two numbers that
// differ by one deviation.
constexpr float kHeight = 0.70710678F;
constexpr int64_t kQueriesAtOnce = 16384;  // bounds the memory of the answers

struct Memory {
  TableRows x;  // numbers standardized
  TableTargets targets;
  std::vector<float> mean, deviation;  // of the training rows' numbers
};

void Standardize(const std::vector<float>& mean, const std::vector<float>& deviation, Matrix* x) {
  for (int64_t r = 0; r < x->rows; ++r) {
    for (int64_t c = 0; c < x->columns; ++c) {
      const size_t at = static_cast<size_t>(c);
      x->row(r)[c] = (x->row(r)[c] - mean[at]) / deviation[at];
    }
  }
}

Memory Memorize(const FitData& data) {
  Memory memory{*data.train, *data.targets};
  const Matrix& x = memory.x.numbers;
  for (int64_t c = 0; c < x.columns; ++c) {
    double sum = 0, squares = 0;
    for (int64_t r = 0; r < x.rows; ++r) sum += x.at(r, c);
    const double mean = sum / static_cast<double>(x.rows);
    for (int64_t r = 0; r < x.rows; ++r) squares += (x.at(r, c) - mean) * (x.at(r, c) - mean);
    const double deviation = std::sqrt(squares / static_cast<double>(x.rows));
    memory.mean.push_back(static_cast<float>(mean));
    memory.deviation.push_back(deviation > 1e-12 ? static_cast<float>(deviation) : 1.0F);
  }
  Standardize(memory.mean, memory.deviation, &memory.x.numbers);
  return memory;
}

class Knn : public TableModel {
 public:
  Knn(const Json& settings, Memory memory)
      : k_(settings.at("k").get<int>()),
        by_distance_(settings.at("weights") == "distance"),
        memory_(std::move(memory)),
        reference_(OneHot(memory_.x, kHeight)) {}

  Matrix Predict(const TableRows& x) const override {
    Matrix out(x.rows(), std::max(1, memory_.targets.classes));
    const Matrix queries = Embed(x);
    for (int64_t begin = 0; begin < queries.rows; begin += kQueriesAtOnce) {
      const int64_t rows = std::min(kQueriesAtOnce, queries.rows - begin);
      Matrix some(rows, queries.columns);
      std::copy_n(queries.row(begin), rows * queries.columns, some.values.begin());
      const int k = static_cast<int>(std::min<int64_t>(k_, reference_.rows));
      const Neighbors near = NearestNeighbors(reference_, some, k);
      for (int64_t r = 0; r < rows; ++r) Vote(near, r, out.row(begin + r));
    }
    return out;
  }
  // The standardized row, as distances see it.
  Matrix Embed(const TableRows& x) const override {
    TableRows scaled = x;
    Standardize(memory_.mean, memory_.deviation, &scaled.numbers);
    return OneHot(scaled, kHeight);
  }
  TableModelState State() const override {
    const TableTargets& t = memory_.targets;
    const int64_t n = memory_.x.rows();
    TableModelState state{.by_row = {"codes", "numbers", "target", "weight"}};
    state.arrays.push_back({"numbers", {n, memory_.x.numbers.columns}, memory_.x.numbers.values});
    state.arrays.push_back({"codes", {n, memory_.x.code_columns()}, {}, true});
    state.arrays.back().values.assign(memory_.x.codes.begin(), memory_.x.codes.end());
    state.arrays.push_back({"target", {n}, t.value, t.classes > 0});
    if (t.classes > 0) state.arrays.back().values.assign(t.label.begin(), t.label.end());
    state.arrays.push_back({"weight", {n}, {}});
    for (int64_t r = 0; r < n; ++r) {
      state.arrays.back().values.push_back(static_cast<float>(t.WeightOf(r)));
    }
    const int64_t columns = memory_.x.numbers.columns;
    state.arrays.push_back({"mean", {columns}, memory_.mean});
    state.arrays.push_back({"deviation", {columns}, memory_.deviation});
    return state;
  }

 private:
  // Rows at distance 0 leave no vote to others, as in scikit-learn.
  void Vote(const Neighbors& near, int64_t query, float* out) const {
    const size_t first = static_cast<size_t>(query * near.k);
    const bool exact = by_distance_ && near.distance[first] == 0;
    std::vector<double> votes(static_cast<size_t>(std::max(1, memory_.targets.classes)));
    double sum = 0;
    for (int pass = 0; pass < 2 && sum == 0; ++pass) {
      for (size_t i = first; i < first + static_cast<size_t>(near.k); ++i) {
        const int64_t row = near.index[i];
        double weight = pass == 0 ? memory_.targets.WeightOf(row) : 1;  // all weights may be 0
        if (exact) weight *= near.distance[i] == 0;
        if (by_distance_ && !exact) weight /= near.distance[i];
        sum += weight;
        const size_t at = static_cast<size_t>(row);
        if (memory_.targets.classes > 0) {
          votes[static_cast<size_t>(memory_.targets.label[at])] += weight;
        } else {
          votes[0] += weight * memory_.targets.value[at];
        }
      }
    }
    for (size_t k = 0; k < votes.size(); ++k) out[k] = static_cast<float>(votes[k] / sum);
  }

  int k_;
  bool by_distance_;
  Memory memory_;
  Matrix reference_;
};

class KnnFit : public OneStepFit {
 public:
  KnnFit(const Json& settings, const FitData& data)
      : OneStepFit(data), model_(std::make_unique<Knn>(settings, Memorize(data))) {}
  Matrix ValidationOutputs() const override { return model_->Predict(*data_.validation); }
  std::unique_ptr<TableModel> Finish(int64_t) override { return std::move(model_); }

 private:
  std::unique_ptr<Knn> model_;
};

}  // namespace

std::unique_ptr<TableFit> FitKnn(const Json& settings, const FitData& data) {
  return std::make_unique<KnnFit>(settings, data);
}

std::unique_ptr<TableModel> LoadKnn(const Json& settings, int classes, const TableRows& like,
                                    const TableModelState& state) {
  const NamedArray &numbers = state.Find("numbers"), &codes = state.Find("codes"),
                   &target = state.Find("target"), &weight = state.Find("weight");
  if (target.shape.size() != 1 || target.shape[0] < 1) {
    throw Error(ErrorKind::kData, "the model remembers no rows");
  }
  const int64_t n = target.shape[0], columns = like.numbers.columns;
  RequireShape(numbers, {n, columns});
  RequireShape(codes, {n, like.code_columns()});
  RequireShape(weight, {n});
  Memory memory;
  memory.x.numbers = Matrix(n, columns);
  memory.x.numbers.values = numbers.values;
  memory.x.cardinality = like.cardinality;
  memory.x.codes.assign(codes.values.begin(), codes.values.end());
  for (size_t i = 0; i < memory.x.codes.size(); ++i) {
    const int32_t code = memory.x.codes[i];
    if (code < 0 || code >= like.cardinality[i % like.cardinality.size()]) {
      throw Error(ErrorKind::kData, "a code of the model is out of range");
    }
  }
  memory.targets.classes = classes;
  if (classes > 0) memory.targets.label.assign(target.values.begin(), target.values.end());
  if (classes == 0) memory.targets.value = target.values;
  for (const int32_t label : memory.targets.label) {
    if (label < 0 || label >= classes) throw Error(ErrorKind::kData, "a label is out of range");
  }
  memory.targets.weight = weight.values;
  memory.mean = state.Find("mean").values;
  memory.deviation = state.Find("deviation").values;
  RequireShape(state.Find("mean"), {columns});
  RequireShape(state.Find("deviation"), {columns});
  return std::make_unique<Knn>(settings, std::move(memory));
}

}  // namespace bottega
