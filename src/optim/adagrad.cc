#include "optim/adagrad.h"

#include "optim/parameter_set.h"

namespace bottega {

namespace {

class Adagrad : public Optimizer {
 public:
  Adagrad(const Json& settings, const NamedTensors& parameters)
      : lr_decay_(settings.at("lr_decay").get<double>()),
        decay_(settings.at("weight_decay").get<double>()),
        epsilon_(settings.at("eps").get<double>()),
        set_(parameters, {"sum"}, settings.at("initial").get<double>()) {}

  void Step(double lr) override {
    const at::NoGradGuard no_grad;
    const UpdateLists& u = set_.Advance();
    if (u.parameters.empty()) return;
    at::_fused_adagrad_(u.parameters, u.gradients, u.slots[0], u.steps, lr, lr_decay_, decay_,
                        epsilon_, /*maximize=*/false);
  }

  NamedTensors State() override { return set_.State(); }
  void LoadState(const NamedTensors& state) override { set_.LoadState(state); }

 private:
  double lr_decay_, decay_, epsilon_;
  ParameterSet set_;
};

}  // namespace

std::unique_ptr<Optimizer> MakeAdagrad(const Json& settings, const NamedTensors& parameters) {
  return std::make_unique<Adagrad>(settings, parameters);
}

}  // namespace bottega
