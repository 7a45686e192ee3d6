#include "optim/lion.h"

#include "optim/element_rule.h"

namespace bottega {

namespace {

class LionRule : public ElementRule {
 public:
  explicit LionRule(const Json& settings)
      : beta1_(settings.at("beta1").get<double>()), beta2_(settings.at("beta2").get<double>()) {}

  std::vector<std::string> Slots() const override { return {"exp_avg"}; }

  void Loop(const UpdateScalars& s, const LoopArrays& arrays) const override {
    LionLoop({.l2 = static_cast<float>(s.l2),
              .keep = static_cast<float>(s.keep),
              .lr = static_cast<float>(s.lr),
              .beta1 = static_cast<float>(beta1_),
              .beta2 = static_cast<float>(beta2_)},
             arrays);
  }

  void Lists(const UpdateScalars& s, UpdateLists& u) const override {
    std::vector<at::Tensor> mixed = at::_foreach_lerp(u.slots[0], u.gradients, 1 - beta1_);
    at::_foreach_sign_(mixed);
    at::_foreach_add_(u.parameters, mixed, -s.lr);
    at::_foreach_lerp_(u.slots[0], u.gradients, 1 - beta2_);
  }

 private:
  double beta1_, beta2_;
};

}  // namespace

std::unique_ptr<Optimizer> MakeLion(const Json& settings, const UpdateTargets& targets) {
  return MakeElementwise(std::make_unique<LionRule>(settings), targets);
}

}  // namespace bottega
