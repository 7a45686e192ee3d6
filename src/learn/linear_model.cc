// Logistic, softmax and ridge regression over numbers and one-hot categories.
#include <algorithm>
#include <cmath>

#include "base/threads.h"
#include "learn/lbfgs.h"
#include "learn/table_kinds.h"

namespace bottega {

namespace {

constexpr int64_t kChunk = 2048;
constexpr int64_t kProductsWorthThreads = 2'000'000;  // of one pass over the rows

// Weights [outputs][width + 1], the intercept last. One output for two classes and for values.
struct Shape {
  int64_t outputs = 1, numbers = 0, width = 0;
  std::vector<int64_t> offset;
  int classes = 0;

  Shape(const TableRows& like, int of_classes)
      : outputs(of_classes > 2 ? of_classes : 1),
        numbers(like.numbers.columns),
        width(OneHotWidth(like)),
        offset(OneHotOffsets(like)),
        classes(of_classes) {}
  size_t size() const { return static_cast<size_t>(outputs * (width + 1)); }

  template <typename Weight>
  void Scores(const Weight* w, const TableRows& x, int64_t row, double* score) const {
    const float* number = x.numbers.row(row);
    const int32_t* code = x.codes_of(row);
    for (int64_t k = 0; k < outputs; ++k, w += width + 1) {
      double sum = w[width];
      for (int64_t c = 0; c < numbers; ++c) sum += w[c] * number[c];
      for (size_t c = 0; c < offset.size(); ++c) sum += w[offset[c] + code[c]];
      score[k] = sum;
    }
  }
  void AddGradient(const double* error, const TableRows& x, int64_t row, double* g) const {
    const float* number = x.numbers.row(row);
    const int32_t* code = x.codes_of(row);
    for (int64_t k = 0; k < outputs; ++k, g += width + 1) {
      for (int64_t c = 0; c < numbers; ++c) g[c] += error[k] * number[c];
      for (size_t c = 0; c < offset.size(); ++c) g[offset[c] + code[c]] += error[k];
      g[width] += error[k];
    }
  }
};

// -log(1 / (1 + e^-z)) without overflow.
double SoftPlus(double z) { return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))); }

// Scores become the derivatives of the loss by them; returns the loss.
double LossOf(const Shape& shape, const TableTargets& targets, int64_t row, double* score) {
  const size_t at = static_cast<size_t>(row);
  if (shape.classes == 0) {
    const double error = score[0] - targets.value[at];
    score[0] = error;
    return error * error / 2;
  }
  if (shape.classes <= 2) {
    const double z = score[0], truth = targets.label[at];
    score[0] = 1 / (1 + std::exp(-z)) - truth;
    return truth > 0 ? SoftPlus(-z) : SoftPlus(z);
  }
  const double top = *std::max_element(score, score + shape.outputs);
  double sum = 0;
  for (int64_t k = 0; k < shape.outputs; ++k) sum += std::exp(score[k] - top);
  const double log_sum = top + std::log(sum);
  const double loss = log_sum - score[targets.label[at]];
  for (int64_t k = 0; k < shape.outputs; ++k) score[k] = std::exp(score[k] - log_sum);
  score[targets.label[at]] -= 1;
  return loss;
}

Matrix Outputs(const Shape& shape, const auto* weights, const TableRows& x) {
  Matrix out(x.rows(), std::max(1, shape.classes));
  ParallelFor(x.rows(), kChunk, [&](int64_t begin, int64_t end) {
    std::vector<double> score(static_cast<size_t>(shape.outputs));
    for (int64_t r = begin; r < end; ++r) {
      shape.Scores(weights, x, r, score.data());
      float* to = out.row(r);
      if (shape.classes == 0) {
        to[0] = static_cast<float>(score[0]);
      } else if (shape.classes <= 2) {
        const double p = 1 / (1 + std::exp(-score[0]));
        to[shape.classes - 1] = static_cast<float>(p);
        if (shape.classes == 2) to[0] = static_cast<float>(1 - p);
      } else {
        const double top = std::ranges::max(score);
        double sum = 0;
        for (double& s : score) sum += s = std::exp(s - top);
        for (size_t k = 0; k < score.size(); ++k) to[k] = static_cast<float>(score[k] / sum);
      }
    }
  });
  return out;
}

class LinearModel : public TableModel {
 public:
  LinearModel(Shape shape, std::vector<float> weights)
      : shape_(std::move(shape)), weights_(std::move(weights)) {}

  Matrix Predict(const TableRows& x) const override { return Outputs(shape_, weights_.data(), x); }
  // What each column adds to each output: weight times value.
  Matrix Embed(const TableRows& x) const override {
    const int64_t columns = shape_.numbers + static_cast<int64_t>(shape_.offset.size());
    Matrix out(x.rows(), columns * shape_.outputs);
    for (int64_t r = 0; r < x.rows(); ++r) {
      float* to = out.row(r);
      const float* w = weights_.data();
      for (int64_t k = 0; k < shape_.outputs; ++k, w += shape_.width + 1) {
        for (int64_t c = 0; c < shape_.numbers; ++c) *to++ = w[c] * x.numbers.at(r, c);
        for (size_t c = 0; c < shape_.offset.size(); ++c) {
          *to++ = w[shape_.offset[c] + x.codes_of(r)[c]];
        }
      }
    }
    return out;
  }
  TableModelState State() const override {
    NamedArray weight{"weight", {shape_.outputs, shape_.width}}, bias{"bias", {shape_.outputs}};
    for (int64_t k = 0; k < shape_.outputs; ++k) {
      const auto row = weights_.begin() + k * (shape_.width + 1);
      weight.values.insert(weight.values.end(), row, row + shape_.width);
      bias.values.push_back(row[shape_.width]);
    }
    return {.arrays = {weight, bias}};
  }

 private:
  Shape shape_;
  std::vector<float> weights_;
};

class LinearFit : public TableFit {
 public:
  LinearFit(const Json& settings, const FitData& data)
      : data_(data),
        shape_(*data.train, data.targets->classes),
        l2_(settings.at("l2").get<double>()),
        tolerance_(settings.at("tolerance").get<double>()),
        solver_([this](const auto& w, auto* g) { return Value(w, g); }, Start()) {}

  bool Step(int64_t) override { return solver_.Step(tolerance_); }
  Matrix TrainOutputs() const override { return Outputs(shape_, solver_.x().data(), *data_.train); }
  Matrix ValidationOutputs() const override {
    return Outputs(shape_, solver_.x().data(), *data_.validation);
  }
  FitProgress Save() const override { return {.numbers = solver_.State()}; }
  void Load(const FitProgress& progress) override { solver_.LoadState(progress.numbers); }
  std::unique_ptr<TableModel> Finish(int64_t) override {
    return std::make_unique<LinearModel>(
        shape_, std::vector<float>(solver_.x().begin(), solver_.x().end()));
  }

 private:
  double TotalWeight() const {
    double sum = 0;
    for (int64_t r = 0; r < data_.targets->rows(); ++r) sum += data_.targets->WeightOf(r);
    return sum;
  }
  std::vector<double> Start() {
    total_ = TotalWeight();
    return std::vector<double>(shape_.size());
  }
  double Value(const std::vector<double>& w, std::vector<double>* gradient) const;
  int Threads() const {
    const int64_t columns = shape_.numbers + static_cast<int64_t>(shape_.offset.size());
    const int64_t products = data_.train->rows() * columns * shape_.outputs;
    return products < kProductsWorthThreads ? 1 : 0;
  }

  const FitData data_;
  const Shape shape_;
  const double l2_, tolerance_;
  double total_ = 0;
  Lbfgs solver_;
};

// Mean loss plus l2 / (2 total weight) times the squared weights; chunks are added in order, so
// that threads change nothing.
double LinearFit::Value(const std::vector<double>& w, std::vector<double>* gradient) const {
  const int64_t rows = data_.train->rows(), chunks = (rows + kChunk - 1) / kChunk;
  std::vector<std::vector<double>> parts(static_cast<size_t>(chunks));
  std::vector<double> losses(static_cast<size_t>(chunks));
  ParallelFor(
      rows, kChunk,
      [&](int64_t begin, int64_t end) {
        std::vector<double>& part = parts[static_cast<size_t>(begin / kChunk)];
        double& loss = losses[static_cast<size_t>(begin / kChunk)];
        part.assign(w.size(), 0);
        std::vector<double> score(static_cast<size_t>(shape_.outputs));
        for (int64_t r = begin; r < end; ++r) {
          const double weight = data_.targets->WeightOf(r);
          if (weight == 0) continue;
          shape_.Scores(w.data(), *data_.train, r, score.data());
          loss += weight * LossOf(shape_, *data_.targets, r, score.data());
          for (double& s : score) s *= weight;
          shape_.AddGradient(score.data(), *data_.train, r, part.data());
        }
      },
      Threads());
  gradient->assign(w.size(), 0);
  double value = 0;
  for (size_t chunk = 0; chunk < parts.size(); ++chunk) {
    value += losses[chunk];
    for (size_t i = 0; i < w.size(); ++i) (*gradient)[i] += parts[chunk][i];
  }
  value /= total_;
  const size_t width = static_cast<size_t>(shape_.width);
  for (size_t i = 0; i < w.size(); ++i) {
    (*gradient)[i] /= total_;
    if (i % (width + 1) == width) continue;  // the intercept is free
    value += l2_ / (2 * total_) * w[i] * w[i];
    (*gradient)[i] += l2_ / total_ * w[i];
  }
  return value;
}

}  // namespace

std::unique_ptr<TableFit> FitLinear(const Json& settings, const FitData& data) {
  return std::make_unique<LinearFit>(settings, data);
}

std::unique_ptr<TableModel> LoadLinear(const Json&, int classes, const TableRows& like,
                                       const TableModelState& state) {
  const Shape shape(like, classes);
  const NamedArray &weight = state.Find("weight"), &bias = state.Find("bias");
  RequireShape(weight, {shape.outputs, shape.width});
  RequireShape(bias, {shape.outputs});
  std::vector<float> weights;
  for (int64_t k = 0; k < shape.outputs; ++k) {
    const auto row = weight.values.begin() + k * shape.width;
    weights.insert(weights.end(), row, row + shape.width);
    weights.push_back(bias.values[static_cast<size_t>(k)]);
  }
  return std::make_unique<LinearModel>(shape, std::move(weights));
}

}  // namespace bottega
