#include "optim/rmsprop.h"

#include "optim/element_rule.h"

namespace bottega {

namespace {

class RmspropRule : public ElementRule {
 public:
  explicit RmspropRule(const Json& settings)
      : alpha_(settings.at("alpha").get<double>()),
        epsilon_(settings.at("eps").get<double>()),
        momentum_(settings.at("momentum").get<double>()),
        centered_(settings.at("centered").get<bool>()) {}

  std::vector<std::string> Slots() const override {
    std::vector<std::string> names = {"square_avg"};
    if (centered_) names.push_back("grad_avg");
    if (momentum_ > 0) names.push_back("momentum_buffer");
    return names;
  }

  void Loop(const UpdateScalars& s, const LoopArrays& arrays) const override {
    RmspropLoop({.l2 = static_cast<float>(s.l2),
                 .keep = static_cast<float>(s.keep),
                 .lr = static_cast<float>(s.lr),
                 .alpha = static_cast<float>(alpha_),
                 .gain = static_cast<float>(1 - alpha_),
                 .epsilon = static_cast<float>(epsilon_),
                 .momentum = static_cast<float>(momentum_),
                 .centered = centered_},
                arrays);
  }

  void Lists(const UpdateScalars& s, UpdateLists& u) const override {
    const std::vector<at::Tensor>& square = u.slots[0];
    at::_foreach_mul_(square, alpha_);
    at::_foreach_addcmul_(square, u.gradients, u.gradients, 1 - alpha_);
    std::vector<at::Tensor> below;
    if (centered_) {
      at::_foreach_lerp_(u.slots[1], u.gradients, 1 - alpha_);
      below = at::_foreach_addcmul(square, u.slots[1], u.slots[1], -1);
      at::_foreach_sqrt_(below);
    } else {
      below = at::_foreach_sqrt(square);
    }
    at::_foreach_add_(below, epsilon_);
    if (momentum_ <= 0) return at::_foreach_addcdiv_(u.parameters, u.gradients, below, -s.lr);
    const std::vector<at::Tensor>& buffer = u.slots.back();
    at::_foreach_mul_(buffer, momentum_);
    at::_foreach_addcdiv_(buffer, u.gradients, below);
    at::_foreach_add_(u.parameters, buffer, -s.lr);
  }

 private:
  double alpha_, epsilon_, momentum_;
  bool centered_;
};

}  // namespace

std::unique_ptr<Optimizer> MakeRmsprop(const Json& settings, const UpdateTargets& targets) {
  return MakeElementwise(std::make_unique<RmspropRule>(settings), targets);
}

}  // namespace bottega
