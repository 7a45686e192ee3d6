#include "optim/adafactor.h"

#include <cmath>
#include <limits>

#include "optim/parameter_set.h"

namespace bottega {

namespace {

constexpr double kEpsilon1 = std::numeric_limits<float>::epsilon();

// Root of the mean square.
double Rms(double sum_of_squares, int64_t count) {
  return std::sqrt(sum_of_squares / static_cast<double>(std::max<int64_t>(count, 1)));
}

class Adafactor : public Optimizer {
 public:
  Adafactor(const Json& settings, const UpdateTargets& targets)
      : beta2_decay_(settings.at("beta2_decay").get<double>()),
        epsilon2_(settings.at("eps2").get<double>()),
        clip_(settings.at("d").get<double>()),
        set_(targets, {}) {
    for (const auto& [name, parameter] : targets.parameters) {
      factors_.push_back(MakeFactors(parameter));
    }
  }

  void Step(double lr, const Objective*) override {
    const at::NoGradGuard no_grad;
    set_.Advance();
    if (set_.Plain() && Contiguous()) {
      for (const Segment& segment : set_.Segments(/*joined=*/false)) Run(lr, segment);
      return;
    }
    for (const UpdateLists& lists : set_.Lists()) {
      for (size_t i = 0; i < lists.parameters.size(); ++i) {
        Run(lr, lists, lists.parameters[i], lists.gradients[i], factors_[lists.index[i]]);
      }
    }
  }

  NamedTensors State() override {
    NamedTensors state = set_.State();
    for (size_t i = 0; i < factors_.size(); ++i) {
      const std::string& name = set_.parameters()[i].first;
      Factors& own = factors_[i];
      if (own.variance.defined()) state.emplace_back(name + ".variance", own.variance);
      if (own.row.defined()) state.emplace_back(name + ".row_var", own.row);
      if (own.column.defined()) state.emplace_back(name + ".col_var", own.column);
    }
    return state;
  }

  void LoadState(const NamedTensors& state) override {
    const at::NoGradGuard no_grad;
    set_.LoadState(state);
    for (auto [name, tensor] : State()) {
      const auto found = std::ranges::find(state, name, &std::pair<std::string, at::Tensor>::first);
      if (found == state.end() || found->second.sizes() != tensor.sizes()) {
        throw Error(ErrorKind::kData,
                    "the optimizer's state lacks '" + name + "' or has it in another shape", {},
                    "`bottega train` starts a new run");
      }
      if (!name.ends_with(".step")) tensor.copy_(found->second);
    }
  }

 private:
  struct Factors {
    at::Tensor row, column, variance;
  };

  static Factors MakeFactors(const at::Tensor& parameter) {
    const auto zeros = [&](std::vector<int64_t> shape) {
      return at::zeros(shape, at::TensorOptions().dtype(at::kFloat).device(parameter.device()));
    };
    std::vector<int64_t> shape = parameter.sizes().vec();
    if (shape.size() < 2) return {.variance = zeros(shape)};
    std::vector<int64_t> row = shape, column = shape;
    row.back() = 1;
    column[column.size() - 2] = 1;
    return {.row = zeros(row), .column = zeros(column)};
  }

  bool Contiguous() const {
    return std::ranges::all_of(set_.parameters(),
                               [](const auto& named) { return named.second.is_contiguous(); });
  }

  // The share of the new squares in the running means.
  double Share(int64_t step) const { return std::pow(static_cast<double>(step), beta2_decay_); }
  double Length(double lr, int64_t step, double rms) const {
    return std::max(epsilon2_, rms) * std::min(lr, 1 / std::sqrt(static_cast<double>(step)));
  }

  void Run(double lr, const Segment& segment) {
    const LoopArrays& a = segment.arrays;
    const double own = lr * segment.rule.lr_scale;
    const double length = Length(own, segment.step, Rms(SumOfSquares(a.weight, a.size), a.size));
    const float* gradient = a.gradient;
    if (segment.rule.l2 != 0) {
      gradient_.assign(gradient, gradient + a.size);
      AddScaled(1, static_cast<float>(segment.rule.l2), a.weight, gradient_.data(), a.size);
      gradient = gradient_.data();
    }
    direction_.resize(static_cast<size_t>(a.size));
    Direct(gradient, a.size, set_.parameters()[segment.first].second.sizes(),
           static_cast<float>(Share(segment.step)), factors_[segment.first]);
    const double below =
        std::max(1.0, Rms(SumOfSquares(direction_.data(), a.size), a.size) / clip_);
    AddScaled(static_cast<float>(1 - own * segment.rule.weight_decay),
              static_cast<float>(-length / below), direction_.data(), a.weight, a.size);
  }

  // g / sqrt(V) into direction_.
  void Direct(const float* gradient, int64_t size, at::IntArrayRef shape, float share,
              Factors& own) {
    constexpr float kFloor = static_cast<float>(kEpsilon1 * kEpsilon1);
    if (own.variance.defined()) {
      float* variance = own.variance.mutable_data_ptr<float>();
      BlendSquares(share, gradient, variance, size);
      PlainDirection(gradient, variance, kFloor, size, direction_.data());
      return;
    }
    const int64_t rows = shape[shape.size() - 2], columns = shape.back();
    float *row = own.row.mutable_data_ptr<float>(), *column = own.column.mutable_data_ptr<float>();
    means_.resize(static_cast<size_t>(rows + columns));
    for (int64_t at = 0; at < size; at += rows * columns, row += rows, column += columns) {
      MeanSquares(gradient + at, rows, columns, means_.data(), means_.data() + rows);
      Blend(share, means_.data(), row, rows);
      Blend(share, means_.data() + rows, column, columns);
      double mean = 0;
      for (int64_t i = 0; i < rows; ++i) mean += row[i];
      mean = std::max(mean / static_cast<double>(rows), kEpsilon1);
      FactoredDirection(gradient + at, row, column, static_cast<float>(1 / mean), kFloor, rows,
                        columns, direction_.data() + at);
    }
  }

  void Run(double lr, const UpdateLists& lists, at::Tensor parameter, at::Tensor gradient,
           Factors& own) const {
    const double scaled = lr * lists.rule.lr_scale, share = Share(lists.step);
    const int64_t size = parameter.numel();
    const double norm = parameter.norm().item<double>();
    const double length = Length(scaled, lists.step, Rms(norm * norm, size));
    if (lists.rule.l2 != 0) gradient = gradient + parameter * lists.rule.l2;
    if (lists.rule.weight_decay != 0) parameter.mul_(1 - scaled * lists.rule.weight_decay);
    const at::Tensor squares = gradient.square();
    at::Tensor estimate;
    if (own.variance.defined()) {
      own.variance.lerp_(squares, share);
      estimate = own.variance;
    } else {
      own.row.lerp_(squares.mean(-1, true), share);
      own.column.lerp_(squares.mean(-2, true), share);
      estimate = at::matmul(own.row, own.column) / own.row.mean(-2, true).clamp_min(kEpsilon1);
    }
    const at::Tensor direction = gradient * estimate.clamp_min(kEpsilon1 * kEpsilon1).rsqrt();
    const double turned = direction.norm().item<double>();
    parameter.add_(direction, -length / std::max(1.0, Rms(turned * turned, size) / clip_));
  }

  double beta2_decay_, epsilon2_, clip_;
  ParameterSet set_;
  std::vector<Factors> factors_;
  std::vector<float> direction_, gradient_, means_;
};

}  // namespace

std::unique_ptr<Optimizer> MakeAdafactor(const Json& settings, const UpdateTargets& targets) {
  return std::make_unique<Adafactor>(settings, targets);
}

}  // namespace bottega
