#include "optim/adamax.h"

#include <cmath>

#include "optim/element_rule.h"

namespace bottega {

namespace {

class AdamaxRule : public ElementRule {
 public:
  explicit AdamaxRule(const Json& settings)
      : beta1_(settings.at("beta1").get<double>()),
        beta2_(settings.at("beta2").get<double>()),
        epsilon_(settings.at("eps").get<double>()) {}

  std::vector<std::string> Slots() const override { return {"exp_avg", "exp_inf"}; }

  void Loop(const UpdateScalars& s, const LoopArrays& arrays) const override {
    AdamaxLoop({.l2 = static_cast<float>(s.l2),
                .keep = static_cast<float>(s.keep),
                .gain1 = static_cast<float>(1 - beta1_),
                .beta2 = static_cast<float>(beta2_),
                .epsilon = static_cast<float>(epsilon_),
                .rate = static_cast<float>(Rate(s))},
               arrays);
  }

  void Lists(const UpdateScalars& s, UpdateLists& u) const override {
    at::_foreach_lerp_(u.slots[0], u.gradients, 1 - beta1_);
    std::vector<at::Tensor> size = at::_foreach_abs(u.gradients);
    at::_foreach_add_(size, epsilon_);
    at::_foreach_mul_(u.slots[1], beta2_);
    at::_foreach_maximum_(u.slots[1], size);
    at::_foreach_addcdiv_(u.parameters, u.slots[0], u.slots[1], -Rate(s));
  }

 private:
  double Rate(const UpdateScalars& s) const {
    return s.lr / (1 - std::pow(beta1_, static_cast<double>(s.step)));
  }
  double beta1_, beta2_, epsilon_;
};

}  // namespace

std::unique_ptr<Optimizer> MakeAdamax(const Json& settings, const UpdateTargets& targets) {
  return MakeElementwise(std::make_unique<AdamaxRule>(settings), targets);
}

}  // namespace bottega
