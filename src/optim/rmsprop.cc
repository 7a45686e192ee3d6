#include "optim/rmsprop.h"

#include "optim/parameter_set.h"

namespace bottega {

namespace {

std::vector<std::string> SlotNames(bool centered, bool momentum) {
  std::vector<std::string> names = {"square_avg"};
  if (centered) names.push_back("grad_avg");
  if (momentum) names.push_back("momentum_buffer");
  return names;
}

class Rmsprop : public Optimizer {
 public:
  Rmsprop(const Json& settings, const NamedTensors& parameters)
      : alpha_(settings.at("alpha").get<double>()),
        epsilon_(settings.at("eps").get<double>()),
        decay_(settings.at("weight_decay").get<double>()),
        momentum_(settings.at("momentum").get<double>()),
        centered_(settings.at("centered").get<bool>()),
        set_(parameters, SlotNames(centered_, momentum_ > 0)) {}

  void Step(double lr) override {
    const at::NoGradGuard no_grad;
    const UpdateLists& u = set_.Advance();
    if (u.parameters.empty()) return;
    std::vector<at::Tensor> gradients = u.gradients;
    if (decay_ != 0) gradients = at::_foreach_add(gradients, u.parameters, decay_);
    const std::vector<at::Tensor>& square = u.slots[0];
    at::_foreach_mul_(square, alpha_);
    at::_foreach_addcmul_(square, gradients, gradients, 1 - alpha_);
    std::vector<at::Tensor> denominator;
    if (centered_) {
      at::_foreach_lerp_(u.slots[1], gradients, 1 - alpha_);
      denominator = at::_foreach_addcmul(square, u.slots[1], u.slots[1], -1);
      at::_foreach_sqrt_(denominator);
    } else {
      denominator = at::_foreach_sqrt(square);
    }
    at::_foreach_add_(denominator, epsilon_);
    if (momentum_ <= 0) {
      at::_foreach_addcdiv_(u.parameters, gradients, denominator, -lr);
      return;
    }
    const std::vector<at::Tensor>& buffer = u.slots.back();
    at::_foreach_mul_(buffer, momentum_);
    at::_foreach_addcdiv_(buffer, gradients, denominator);
    at::_foreach_add_(u.parameters, buffer, -lr);
  }

  NamedTensors State() override { return set_.State(); }
  void LoadState(const NamedTensors& state) override { set_.LoadState(state); }

 private:
  double alpha_, epsilon_, decay_, momentum_;
  bool centered_;
  ParameterSet set_;
};

}  // namespace

std::unique_ptr<Optimizer> MakeRmsprop(const Json& settings, const NamedTensors& parameters) {
  return std::make_unique<Rmsprop>(settings, parameters);
}

}  // namespace bottega
