#include "optim/adam.h"

#include <ATen/Parallel.h>

#include "optim/adam_kernel.h"
#include "optim/adamw.h"
#include "optim/parameter_set.h"

namespace bottega {

namespace {

constexpr int64_t kElementsPerTask = 1 << 15;

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
    if (OnCpu(u)) {
      for (size_t i = 0; i < u.parameters.size(); ++i) UpdateOnCpu(u, i, lr);
      return;
    }
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

  static bool OnCpu(const UpdateLists& u) {
    const auto plain = [](const at::Tensor& t) {
      return t.is_cpu() && t.scalar_type() == at::kFloat && t.is_non_overlapping_and_dense();
    };
    return std::all_of(u.parameters.begin(), u.parameters.end(), plain);
  }

  // Walks memory: gradients and slots have the parameter's strides.
  void UpdateOnCpu(const UpdateLists& u, size_t i, double lr) const {
    const double t = u.steps[i].const_data_ptr<float>()[0];
    const AdamConstants constants = {
        .l2 = static_cast<float>(decoupled_ ? 0 : decay_),
        .shrink = static_cast<float>(decoupled_ ? 1 - lr * decay_ : 1),
        .take1 = static_cast<float>(1 - beta1_),
        .beta2 = static_cast<float>(beta2_),
        .take2 = static_cast<float>(1 - beta2_),
        .step = static_cast<float>(lr / (1 - std::pow(beta1_, t))),
        .root = static_cast<float>(1 / std::sqrt(1 - std::pow(beta2_, t))),
        .eps = static_cast<float>(epsilon_)};
    float* weight = u.parameters[i].mutable_data_ptr<float>();
    const float* gradient = u.gradients[i].const_data_ptr<float>();
    float* mean = u.slots[0][i].mutable_data_ptr<float>();
    float* square = u.slots[1][i].mutable_data_ptr<float>();
    float* largest = amsgrad_ ? u.slots[2][i].mutable_data_ptr<float>() : nullptr;
    const auto update = [&](int64_t begin, int64_t end) {
      AdamUpdate(constants, end - begin, weight + begin, gradient + begin, mean + begin,
                 square + begin, largest ? largest + begin : nullptr);
    };
    at::parallel_for(0, u.parameters[i].numel(), kElementsPerTask, update);
  }

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
