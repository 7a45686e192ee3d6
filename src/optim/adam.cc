#include "optim/adam.h"

#include "optim/adamw.h"
#include "optim/parameter_set.h"

namespace bottega {

namespace {

// Adam and AdamW differ in one kernel and share everything else.
class Adam : public Optimizer {
 public:
  Adam(const Json& settings, const NamedTensors& parameters, bool decoupled)
      : beta1_(settings.at("beta1").get<double>()),
        beta2_(settings.at("beta2").get<double>()),
        epsilon_(settings.at("eps").get<double>()),
        decay_(settings.at("weight_decay").get<double>()),
        amsgrad_(settings.at("amsgrad").get<bool>()),
        decoupled_(decoupled),
        set_(parameters, amsgrad_
                             ? std::vector<std::string>{"exp_avg", "exp_avg_sq", "max_exp_avg_sq"}
                             : std::vector<std::string>{"exp_avg", "exp_avg_sq"}) {}

  void Step(double lr) override {
    const at::NoGradGuard no_grad;
    const UpdateLists& u = set_.Advance();
    if (u.parameters.empty()) return;
    const at::TensorList largest = amsgrad_ ? at::TensorList(u.slots[2]) : at::TensorList();
    const auto update = decoupled_ ? static_cast<Kernel>(&at::_fused_adamw_)
                                   : static_cast<Kernel>(&at::_fused_adam_);
    update(u.parameters, u.gradients, u.slots[0], u.slots[1], largest, u.steps, lr, beta1_, beta2_,
           decay_, epsilon_, amsgrad_, /*maximize=*/false, {}, {});
  }

  NamedTensors State() override { return set_.State(); }
  void LoadState(const NamedTensors& state) override { set_.LoadState(state); }

 private:
  using Kernel = void (*)(at::TensorList, at::TensorList, at::TensorList, at::TensorList,
                          at::TensorList, at::TensorList, double, double, double, double, double,
                          bool, bool, const std::optional<at::Tensor>&,
                          const std::optional<at::Tensor>&);
  double beta1_, beta2_, epsilon_, decay_;
  bool amsgrad_, decoupled_;
  ParameterSet set_;
};

}  // namespace

std::unique_ptr<Optimizer> MakeAdam(const Json& settings, const NamedTensors& parameters) {
  return std::make_unique<Adam>(settings, parameters, false);
}

std::unique_ptr<Optimizer> MakeAdamw(const Json& settings, const NamedTensors& parameters) {
  return std::make_unique<Adam>(settings, parameters, true);
}

}  // namespace bottega
