#include "optim/sgd.h"

#include "optim/element_rule.h"

namespace bottega {

namespace {

class SgdRule : public ElementRule {
 public:
  explicit SgdRule(const Json& settings)
      : momentum_(settings.at("momentum").get<double>()),
        dampening_(settings.at("dampening").get<double>()),
        nesterov_(settings.at("nesterov").get<bool>()) {
    if (nesterov_ && (momentum_ <= 0 || dampening_ != 0)) {
      throw Error(
          ErrorKind::kRecipe, "sgd: nesterov needs momentum > 0 and dampening 0", {},
          "bottega train --set train.optimizer.momentum=0.9 --set train.optimizer.dampening=0");
    }
  }

  std::vector<std::string> Slots() const override {
    return momentum_ > 0 ? std::vector<std::string>{"momentum_buffer"} : std::vector<std::string>{};
  }

  void Loop(const UpdateScalars& s, const LoopArrays& arrays) const override {
    SgdLoop({.l2 = static_cast<float>(s.l2),
             .keep = static_cast<float>(s.keep),
             .lr = static_cast<float>(s.lr),
             .momentum = static_cast<float>(momentum_),
             .gain = static_cast<float>(1 - dampening_),
             .nesterov = nesterov_,
             .first = s.step == 1},
            arrays);
  }

  void Lists(const UpdateScalars& s, UpdateLists& u) const override {
    if (momentum_ <= 0) return at::_foreach_add_(u.parameters, u.gradients, -s.lr);
    const bool first = s.step == 1;
    at::_foreach_mul_(u.slots[0], first ? 0.0 : momentum_);
    at::_foreach_add_(u.slots[0], u.gradients, first ? 1.0 : 1 - dampening_);
    if (nesterov_) at::_foreach_add_(u.parameters, u.gradients, -s.lr);
    at::_foreach_add_(u.parameters, u.slots[0], nesterov_ ? -s.lr * momentum_ : -s.lr);
  }

 private:
  double momentum_, dampening_;
  bool nesterov_;
};

}  // namespace

std::unique_ptr<Optimizer> MakeSgd(const Json& settings, const UpdateTargets& targets) {
  return MakeElementwise(std::make_unique<SgdRule>(settings), targets);
}

}  // namespace bottega
