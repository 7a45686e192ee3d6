#include "optim/lbfgs.h"

#include <algorithm>
#include <cmath>
#include <deque>

#include "optim/line_search.h"

namespace bottega {

namespace {

constexpr double kLargestGradient = 1e-7, kSmallestChange = 1e-9, kCurvature = 1e-10;

double Dot(const at::Tensor& a, const at::Tensor& b) { return at::dot(a, b).item<double>(); }
double Largest(const at::Tensor& x) { return x.abs().max().item<double>(); }

class Lbfgs : public Optimizer {
 public:
  Lbfgs(const Json& settings, const UpdateTargets& targets)
      : most_iterations_(settings.at("max_iter").get<int64_t>()),
        history_(settings.at("history").get<size_t>()),
        search_(settings.at("line_search") == "strong_wolfe"),
        parameters_(targets.parameters) {
    const ParameterRule plain;
    for (const ParameterRule& rule : targets.rules) {
      if (rule == plain) continue;
      throw Error(ErrorKind::kRecipe,
                  "lbfgs takes one step for all parameters: it knows no groups, no layer_decay and "
                  "no decay of weights",
                  {}, "bottega list optimizer lbfgs");
    }
  }

  bool NeedsObjective() const override { return true; }

  void Step(double lr, const Objective* objective) override {
    const at::NoGradGuard no_grad;
    if (objective == nullptr) {
      throw Error(ErrorKind::kInternal, "lbfgs was given no objective to evaluate");
    }
    objective_ = objective;
    double loss = objective->value;
    at::Tensor gradient = Gather();
    if (gradient.numel() == 0 || Largest(gradient) <= kLargestGradient) return;
    int64_t evaluations = 1;
    for (int64_t iteration = 1; Iterate(lr, iteration, &loss, &gradient, &evaluations);
         ++iteration) {
    }
  }

  NamedTensors State() override;
  void LoadState(const NamedTensors& state) override;

 private:
  struct Pair {
    at::Tensor step, change;  // s and y
    double inverse;           // 1 / s.y
  };

  at::Tensor Gather() const {
    std::vector<at::Tensor> parts;
    for (const auto& [name, p] : parameters_) {
      parts.push_back(p.grad().defined() ? p.grad().reshape({-1})
                                         : at::zeros({p.numel()}, p.options()));
    }
    return parts.empty() ? at::empty({0}) : at::cat(parts);
  }

  void AddToParameters(double t, const at::Tensor& d) const {
    int64_t offset = 0;
    for (const auto& [name, p] : parameters_) {
      p.detach().add_(d.narrow(0, offset, p.numel()).view(p.sizes()), t);
      offset += p.numel();
    }
  }

  double Evaluate() const {
    const at::AutoGradMode gradients(true);
    return objective_->again();
  }

  // The next direction; remembers the last step where its curvature is positive.
  void Turn(const at::Tensor& gradient) {
    if (iterations_ == 1) {
      direction_ = gradient.neg();
      pairs_.clear();
      scale_ = 1;
      return;
    }
    const at::Tensor change = gradient - before_, step = direction_ * step_;
    const double curvature = Dot(change, step);
    if (curvature > kCurvature) {
      if (pairs_.size() == history_) pairs_.pop_front();
      pairs_.push_back({step, change, 1 / curvature});
      scale_ = curvature / Dot(change, change);
    }
    direction_ = gradient.neg();
    std::vector<double> share(pairs_.size());
    for (size_t i = pairs_.size(); i-- > 0;) {
      share[i] = Dot(pairs_[i].step, direction_) * pairs_[i].inverse;
      direction_.add_(pairs_[i].change, -share[i]);
    }
    direction_.mul_(scale_);
    for (size_t i = 0; i < pairs_.size(); ++i) {
      const double back = Dot(pairs_[i].change, direction_) * pairs_[i].inverse;
      direction_.add_(pairs_[i].step, share[i] - back);
    }
  }

  // Leaves the parameters at the point found, with its loss and gradient.
  int Search(double slope, int64_t most, double* loss, at::Tensor* gradient) {
    std::vector<at::Tensor> start;
    for (const auto& [name, p] : parameters_) start.push_back(p.detach().clone());
    const auto return_to_start = [&] {
      for (size_t i = 0; i < start.size(); ++i) parameters_[i].second.detach().copy_(start[i]);
    };
    std::vector<std::pair<double, at::Tensor>> seen = {{0.0, *gradient}};
    const auto at = [&](double t) {
      AddToParameters(t, direction_);
      LinePoint point{.t = t, .value = Evaluate()};
      seen.emplace_back(t, Gather());
      return_to_start();
      point.slope = Dot(seen.back().second, direction_);
      return point;
    };
    const LineFound found = SearchLine({.largest_element = Largest(direction_),
                                        .most = static_cast<int>(std::max<int64_t>(0, most))},
                                       {.t = 0, .value = *loss, .slope = slope}, step_, at);
    step_ = found.point.t;
    *loss = found.point.value;
    for (const auto& [t, g] : seen) {
      if (t == step_) *gradient = g;
    }
    AddToParameters(step_, direction_);
    return found.evaluations;
  }

  bool Iterate(double lr, int64_t iteration, double* loss, at::Tensor* gradient,
               int64_t* evaluations) {
    const int64_t most_evaluations = most_iterations_ * 5 / 4;
    ++iterations_;
    Turn(*gradient);
    before_ = gradient->clone();
    const double loss_before = *loss;
    step_ = lr;
    if (iterations_ == 1) step_ *= std::min(1.0, 1 / gradient->abs().sum().item<double>());
    const double slope = Dot(*gradient, direction_);
    if (!(slope <= -kSmallestChange)) return false;
    if (search_) {
      *evaluations += Search(slope, most_evaluations - *evaluations, loss, gradient);
    } else {
      AddToParameters(step_, direction_);
      if (iteration == most_iterations_) return false;
      *loss = Evaluate();
      *gradient = Gather();
      ++*evaluations;
    }
    if (iteration == most_iterations_ || *evaluations >= most_evaluations) return false;
    if (Largest(*gradient) <= kLargestGradient) return false;
    if (Largest(direction_) * std::abs(step_) <= kSmallestChange) return false;
    return std::abs(*loss - loss_before) >= kSmallestChange;
  }

  int64_t most_iterations_;
  size_t history_;
  bool search_;
  NamedTensors parameters_;
  const Objective* objective_ = nullptr;
  int64_t iterations_ = 0;  // of all steps
  at::Tensor direction_, before_;
  std::deque<Pair> pairs_;
  double scale_ = 1, step_ = 0;
};

NamedTensors Lbfgs::State() {
  std::vector<double> numbers = {static_cast<double>(iterations_), scale_, step_};
  for (const Pair& pair : pairs_) numbers.push_back(pair.inverse);
  NamedTensors state = {{"lbfgs.numbers", at::tensor(numbers, at::kDouble)}};
  if (iterations_ == 0) return state;
  state.emplace_back("lbfgs.direction", direction_);
  state.emplace_back("lbfgs.gradient", before_);
  for (size_t i = 0; i < pairs_.size(); ++i) {
    state.emplace_back("lbfgs.s." + std::to_string(i), pairs_[i].step);
    state.emplace_back("lbfgs.y." + std::to_string(i), pairs_[i].change);
  }
  return state;
}

void Lbfgs::LoadState(const NamedTensors& state) {
  const auto find = [&](const std::string& name) {
    const auto found = std::ranges::find(state, name, &std::pair<std::string, at::Tensor>::first);
    if (found == state.end()) {
      throw Error(ErrorKind::kData, "the optimizer's state lacks '" + name + "'", {},
                  "`bottega train` starts a new run");
    }
    return found->second.clone();
  };
  const at::Tensor numbers = find("lbfgs.numbers");
  const double* number = numbers.const_data_ptr<double>();
  iterations_ = std::llround(number[0]);
  scale_ = number[1];
  step_ = number[2];
  pairs_.clear();
  if (iterations_ == 0) return;
  const at::Device device = parameters_[0].second.device();
  direction_ = find("lbfgs.direction").to(device);
  before_ = find("lbfgs.gradient").to(device);
  for (int64_t i = 0; i + 3 < numbers.numel(); ++i) {
    pairs_.push_back({find("lbfgs.s." + std::to_string(i)).to(device),
                      find("lbfgs.y." + std::to_string(i)).to(device), number[i + 3]});
  }
}

}  // namespace

std::unique_ptr<Optimizer> MakeLbfgs(const Json& settings, const UpdateTargets& targets) {
  return std::make_unique<Lbfgs>(settings, targets);
}

}  // namespace bottega
