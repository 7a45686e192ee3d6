#include "optim/lamb.h"

#include <cmath>

#include "optim/parameter_set.h"

namespace bottega {

namespace {

class Lamb : public Optimizer {
 public:
  Lamb(const Json& settings, const UpdateTargets& targets)
      : beta1_(settings.at("beta1").get<double>()),
        beta2_(settings.at("beta2").get<double>()),
        epsilon_(settings.at("eps").get<double>()),
        set_(targets, {"exp_avg", "exp_avg_sq"}) {}

  void Step(double lr, const Objective*) override {
    const at::NoGradGuard no_grad;
    set_.Advance();
    if (set_.Plain()) {
      for (const Segment& segment : set_.Segments(/*joined=*/false)) Run(lr, segment);
    } else {
      for (UpdateLists& lists : set_.Lists()) Run(lr, lists);
    }
  }

  NamedTensors State() override { return set_.State(); }
  void LoadState(const NamedTensors& state) override { set_.LoadState(state); }

 private:
  double FromMean(int64_t t) const { return 1 / (1 - std::pow(beta1_, static_cast<double>(t))); }
  double Root(int64_t t) const {
    return 1 / std::sqrt(1 - std::pow(beta2_, static_cast<double>(t)));
  }

  void Run(double lr, const Segment& segment) {
    LoopArrays arrays = segment.arrays;
    direction_.resize(static_cast<size_t>(arrays.size));
    if (segment.rule.l2 != 0) {
      gradient_.assign(arrays.gradient, arrays.gradient + arrays.size);
      AddScaled(1, static_cast<float>(segment.rule.l2), arrays.weight, gradient_.data(),
                arrays.size);
      arrays.gradient = gradient_.data();
    }
    const LambSums sums = LambDirection({.gain1 = static_cast<float>(1 - beta1_),
                                         .beta2 = static_cast<float>(beta2_),
                                         .gain2 = static_cast<float>(1 - beta2_),
                                         .from_mean = static_cast<float>(FromMean(segment.step)),
                                         .root = static_cast<float>(Root(segment.step)),
                                         .epsilon = static_cast<float>(epsilon_),
                                         .decay = static_cast<float>(segment.rule.weight_decay)},
                                        arrays, direction_.data());
    const double ratio =
        sums.weight > 0 && sums.direction > 0 ? std::sqrt(sums.weight / sums.direction) : 1.0;
    AddScaled(1, static_cast<float>(-lr * segment.rule.lr_scale * ratio), direction_.data(),
              arrays.weight, arrays.size);
  }

  void Run(double lr, UpdateLists& u) const {
    if (u.rule.l2 != 0) u.gradients = at::_foreach_add(u.gradients, u.parameters, u.rule.l2);
    at::_foreach_lerp_(u.slots[0], u.gradients, 1 - beta1_);
    at::_foreach_mul_(u.slots[1], beta2_);
    at::_foreach_addcmul_(u.slots[1], u.gradients, u.gradients, 1 - beta2_);
    std::vector<at::Tensor> below = at::_foreach_sqrt(u.slots[1]);
    at::_foreach_mul_(below, Root(u.step));
    at::_foreach_add_(below, epsilon_);
    std::vector<at::Tensor> direction = at::_foreach_mul(u.slots[0], FromMean(u.step));
    at::_foreach_div_(direction, below);
    if (u.rule.weight_decay != 0) {
      at::_foreach_add_(direction, u.parameters, u.rule.weight_decay);
    }
    const at::Tensor weight = at::stack(at::_foreach_norm(u.parameters, 2));
    const at::Tensor length = at::stack(at::_foreach_norm(direction, 2));
    const at::Tensor ratio = at::where((weight > 0).logical_and(length > 0), weight / length, 1.0);
    at::_foreach_mul_(direction, ratio.unbind(0));
    at::_foreach_add_(u.parameters, direction, -lr * u.rule.lr_scale);
  }

  double beta1_, beta2_, epsilon_;
  ParameterSet set_;
  std::vector<float> direction_, gradient_;
};

}  // namespace

std::unique_ptr<Optimizer> MakeLamb(const Json& settings, const UpdateTargets& targets) {
  return std::make_unique<Lamb>(settings, targets);
}

}  // namespace bottega
