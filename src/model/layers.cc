#include "model/layers.h"

#include "engine/convolution.h"

namespace bottega {

Linear::Linear(int64_t in, int64_t out, Initializer& initializer)
    : weight_(AddParameter("weight", initializer.Uniform({out, in}, 1 / std::sqrt(double(in))))),
      bias_(AddParameter("bias", initializer.Uniform({out}, 1 / std::sqrt(double(in))))) {}

at::Tensor Linear::Forward(const at::Tensor& x) const { return at::linear(x, weight_, bias_); }

Conv2d::Conv2d(int64_t in, int64_t out, int64_t kernel, int64_t stride, int64_t padding,
               Initializer& initializer)
    : weight_(AddParameter("weight", initializer.KaimingFanOut({out, in, kernel, kernel}))),
      stride_(stride),
      padding_(padding) {}

at::Tensor Conv2d::Forward(const at::Tensor& x) const {
  if (ConvolutionOverruns(x, weight_, stride_)) {
    const at::Tensor picked =
        x.slice(2, 0, std::nullopt, stride_).slice(3, 0, std::nullopt, stride_);
    return at::conv2d(picked, weight_, {}, {1, 1}, {padding_, padding_});
  }
  return at::conv2d(x, weight_, {}, {stride_, stride_}, {padding_, padding_});
}

BatchNorm::BatchNorm(int64_t channels, double momentum, double epsilon)
    : weight_(AddParameter("weight", at::ones({channels}))),
      bias_(AddParameter("bias", at::zeros({channels}))),
      mean_(AddBuffer("running_mean", at::zeros({channels}))),
      variance_(AddBuffer("running_var", at::ones({channels}))),
      batches_(AddBuffer("num_batches_tracked", at::zeros({}, at::kLong))),
      momentum_(momentum),
      epsilon_(epsilon) {}

at::Tensor BatchNorm::Forward(const at::Tensor& x, const StepContext& context) const {
  const bool training = context.training && !context.freeze_norm;
  const double momentum = context.norm_momentum < 0 ? momentum_ : context.norm_momentum;
  if (training && momentum > 0) batches_.add_(1);
  return at::batch_norm(x, weight_, bias_, mean_, variance_, training, momentum, epsilon_,
                        at::globalContext().userEnabledCuDNN());
}

LayerNorm::LayerNorm(int64_t channels, double epsilon)
    : weight_(AddParameter("weight", at::ones({channels}))),
      bias_(AddParameter("bias", at::zeros({channels}))),
      epsilon_(epsilon) {}

at::Tensor LayerNorm::Forward(const at::Tensor& x, const StepContext&) const {
  return at::layer_norm(x, weight_.sizes(), weight_, bias_, epsilon_);
}

GroupNorm::GroupNorm(int64_t channels, int64_t groups, double epsilon)
    : groups_(groups),
      weight_(AddParameter("weight", at::ones({channels}))),
      bias_(AddParameter("bias", at::zeros({channels}))),
      epsilon_(epsilon) {}

int64_t GroupNorm::Groups(int64_t channels) {
  int64_t groups = std::clamp<int64_t>(channels / 8, 1, 32);
  while (channels % groups != 0) --groups;
  return groups;
}

at::Tensor GroupNorm::Forward(const at::Tensor& x, const StepContext&) const {
  return at::group_norm(x, groups_, weight_, bias_, epsilon_);
}

std::shared_ptr<Norm> MakeNorm(const std::string& kind, int64_t channels) {
  if (kind == "batch") return std::make_shared<BatchNorm>(channels);
  if (kind == "layer") return std::make_shared<LayerNorm>(channels);
  if (kind == "group") return std::make_shared<GroupNorm>(channels, GroupNorm::Groups(channels));
  return nullptr;
}

Embedding::Embedding(int64_t cardinality, int64_t width, Initializer& initializer)
    : weight_(AddParameter("weight", initializer.Normal({cardinality, width}, 1))) {}

at::Tensor Embedding::Forward(const at::Tensor& codes) const {
  return at::embedding(weight_, codes);
}

}  // namespace bottega
