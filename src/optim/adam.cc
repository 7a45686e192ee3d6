#include "optim/adam.h"

#include <cmath>
#include <functional>

#include "optim/element_rule.h"

namespace bottega {

namespace {

struct Moments {
  double beta1, beta2, epsilon;
  bool amsgrad = false;

  explicit Moments(const Json& settings)
      : beta1(settings.at("beta1").get<double>()),
        beta2(settings.at("beta2").get<double>()),
        epsilon(settings.at("eps").get<double>()),
        amsgrad(settings.value("amsgrad", false)) {}
};

// What the means are turned into: w -= (by_gradient g + by_mean m) / (root sqrt(v) + epsilon).
struct Turn {
  double by_gradient = 0, by_mean = 0, root = 1, epsilon = 0;
};

using TurnOf = std::function<Turn(const Moments& moments, double lr, int64_t step)>;

class AdamRule : public ElementRule {
 public:
  AdamRule(const Json& settings, TurnOf turn) : moments_(settings), turn_(std::move(turn)) {}

  std::vector<std::string> Slots() const override {
    std::vector<std::string> slots = {"exp_avg", "exp_avg_sq"};
    if (moments_.amsgrad) slots.push_back("max_exp_avg_sq");
    return slots;
  }

  void Loop(const UpdateScalars& s, const LoopArrays& arrays) const override {
    const Turn turn = turn_(moments_, s.lr, s.step);
    const auto single = [](double x) { return static_cast<float>(x); };
    AdamLoop({.l2 = single(s.l2),
              .keep = single(s.keep),
              .gain1 = single(1 - moments_.beta1),
              .beta2 = single(moments_.beta2),
              .gain2 = single(1 - moments_.beta2),
              .root = single(turn.root),
              .epsilon = single(turn.epsilon),
              .by_gradient = single(turn.by_gradient),
              .by_mean = single(turn.by_mean),
              .amsgrad = moments_.amsgrad},
             arrays);
  }

  void Lists(const UpdateScalars& s, UpdateLists& u) const override {
    const Turn turn = turn_(moments_, s.lr, s.step);
    at::_foreach_lerp_(u.slots[0], u.gradients, 1 - moments_.beta1);
    at::_foreach_mul_(u.slots[1], moments_.beta2);
    at::_foreach_addcmul_(u.slots[1], u.gradients, u.gradients, 1 - moments_.beta2);
    if (moments_.amsgrad) at::_foreach_maximum_(u.slots[2], u.slots[1]);
    std::vector<at::Tensor> below = at::_foreach_sqrt(u.slots[moments_.amsgrad ? 2 : 1]);
    at::_foreach_mul_(below, turn.root);
    at::_foreach_add_(below, turn.epsilon);
    at::_foreach_addcdiv_(u.parameters, u.slots[0], below, -turn.by_mean);
    if (turn.by_gradient == 0) return;
    at::_foreach_addcdiv_(u.parameters, u.gradients, below, -turn.by_gradient);
  }

 private:
  Moments moments_;
  TurnOf turn_;
};

double Power(double base, int64_t exponent) {
  return std::pow(base, static_cast<double>(exponent));
}

Turn AdamTurn(const Moments& moments, double lr, int64_t step) {
  return {.by_mean = lr / (1 - Power(moments.beta1, step)),
          .root = 1 / std::sqrt(1 - Power(moments.beta2, step)),
          .epsilon = moments.epsilon};
}

// The product of the momenta of all steps so far: always the same multiplications, so that it is
// the same after a resume.
class MomentumProduct {
 public:
  MomentumProduct(double beta1, double decay) : beta1_(beta1), decay_(decay) {}
  double At(int64_t step) const {
    return beta1_ * (1 - 0.5 * std::pow(0.96, static_cast<double>(step) * decay_));
  }
  double Until(int64_t step) {
    if (step < step_) product_ = 1, step_ = 0;
    while (step_ < step) product_ *= At(++step_);
    return product_;
  }

 private:
  double beta1_, decay_, product_ = 1;
  int64_t step_ = 0;
};

Turn RadamTurn(const Moments& moments, double lr, int64_t step) {
  const double correction1 = 1 - Power(moments.beta1, step);
  const double correction2 = 1 - Power(moments.beta2, step);
  const double longest = 2 / (1 - moments.beta2) - 1;
  const double now =
      longest - 2 * static_cast<double>(step) * Power(moments.beta2, step) / correction2;
  // Without the root, the denominator is 1.
  if (now <= 5) return {.by_mean = lr / correction1, .root = 0, .epsilon = 1};
  const double rectified =
      std::sqrt((now - 4) * (now - 2) * longest / ((longest - 4) * (longest - 2) * now));
  return {.by_mean = lr / correction1 * rectified * std::sqrt(correction2),
          .root = 1,
          .epsilon = moments.epsilon};
}

std::unique_ptr<Optimizer> Make(const Json& settings, const UpdateTargets& targets, TurnOf turn) {
  return MakeElementwise(std::make_unique<AdamRule>(settings, std::move(turn)), targets);
}

}  // namespace

std::unique_ptr<Optimizer> MakeAdam(const Json& settings, const UpdateTargets& targets) {
  return Make(settings, targets, AdamTurn);
}

std::unique_ptr<Optimizer> MakeAdamw(const Json& settings, const UpdateTargets& targets) {
  return Make(settings, targets, AdamTurn);
}

std::unique_ptr<Optimizer> MakeNadam(const Json& settings, const UpdateTargets& targets) {
  MomentumProduct product(settings.at("beta1").get<double>(),
                          settings.at("momentum_decay").get<double>());
  return Make(settings, targets, [product](const Moments& m, double lr, int64_t step) mutable {
    const double until = product.Until(step), next = product.At(step + 1);
    return Turn{.by_gradient = lr * (1 - product.At(step)) / (1 - until),
                .by_mean = lr * next / (1 - until * next),
                .root = 1 / std::sqrt(1 - Power(m.beta2, step)),
                .epsilon = m.epsilon};
  });
}

std::unique_ptr<Optimizer> MakeRadam(const Json& settings, const UpdateTargets& targets) {
  return Make(settings, targets, RadamTurn);
}

}  // namespace bottega
