#include "optim/sgd.h"

#include "optim/parameter_set.h"

namespace bottega {

namespace {

class Sgd : public Optimizer {
 public:
  Sgd(const Json& settings, const NamedTensors& parameters)
      : momentum_(settings.at("momentum").get<double>()),
        dampening_(settings.at("dampening").get<double>()),
        decay_(settings.at("weight_decay").get<double>()),
        nesterov_(settings.at("nesterov").get<bool>()),
        set_(parameters, momentum_ > 0 ? std::vector<std::string>{"momentum_buffer"}
                                       : std::vector<std::string>{}) {
    if (nesterov_ && (momentum_ <= 0 || dampening_ != 0)) {
      throw Error(
          ErrorKind::kRecipe, "sgd: nesterov needs momentum > 0 and dampening 0", {},
          "bottega train --set train.optimizer.momentum=0.9 --set train.optimizer.dampening=0");
    }
  }

  void Step(double lr) override {
    const at::NoGradGuard no_grad;
    const UpdateLists& all = set_.Advance();
    // The first step of a parameter has no momentum yet, and not all need have begun together.
    UpdateLists parts[2];
    for (auto& part : parts) part.slots.resize(1);
    for (size_t i = 0; i < all.parameters.size(); ++i) {
      UpdateLists& part = parts[set_.IsFirst(i) ? 0 : 1];
      part.parameters.push_back(all.parameters[i]);
      part.gradients.push_back(all.gradients[i]);
      if (momentum_ > 0) part.slots[0].push_back(all.slots[0][i]);
    }
    for (int i = 0; i < 2; ++i) {
      if (parts[i].parameters.empty()) continue;
      at::_fused_sgd_(parts[i].parameters, parts[i].gradients, parts[i].slots[0], decay_, momentum_,
                      lr, dampening_, nesterov_, /*maximize=*/false, /*is_first_step=*/i == 0);
    }
  }

  NamedTensors State() override { return set_.State(); }
  void LoadState(const NamedTensors& state) override { set_.LoadState(state); }

 private:
  double momentum_, dampening_, decay_;
  bool nesterov_;
  ParameterSet set_;
};

}  // namespace

std::unique_ptr<Optimizer> MakeSgd(const Json& settings, const NamedTensors& parameters) {
  return std::make_unique<Sgd>(settings, parameters);
}

}  // namespace bottega
