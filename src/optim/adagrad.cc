#include "optim/adagrad.h"

#include "optim/element_rule.h"

namespace bottega {

namespace {

class AdagradRule : public ElementRule {
 public:
  explicit AdagradRule(const Json& settings)
      : lr_decay_(settings.at("lr_decay").get<double>()),
        epsilon_(settings.at("eps").get<double>()),
        initial_(settings.at("initial").get<double>()) {}

  std::vector<std::string> Slots() const override { return {"sum"}; }
  double Initial() const override { return initial_; }

  void Loop(const UpdateScalars& s, const LoopArrays& arrays) const override {
    AdagradLoop({.l2 = static_cast<float>(s.l2),
                 .keep = static_cast<float>(s.keep),
                 .rate = static_cast<float>(Rate(s)),
                 .epsilon = static_cast<float>(epsilon_)},
                arrays);
  }

  void Lists(const UpdateScalars& s, UpdateLists& u) const override {
    at::_foreach_addcmul_(u.slots[0], u.gradients, u.gradients, 1);
    std::vector<at::Tensor> below = at::_foreach_sqrt(u.slots[0]);
    at::_foreach_add_(below, epsilon_);
    at::_foreach_addcdiv_(u.parameters, u.gradients, below, -Rate(s));
  }

 private:
  double Rate(const UpdateScalars& s) const {
    return s.lr / (1 + static_cast<double>(s.step - 1) * lr_decay_);
  }
  double lr_decay_, epsilon_, initial_;
};

}  // namespace

std::unique_ptr<Optimizer> MakeAdagrad(const Json& settings, const UpdateTargets& targets) {
  return MakeElementwise(std::make_unique<AdagradRule>(settings), targets);
}

}  // namespace bottega
