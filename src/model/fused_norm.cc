#include "model/fused_norm.h"

#include "model/norm_kernel.h"

namespace bottega {

namespace {

// PyTorch's defaults, which the layers keep.
constexpr float kMomentum = 0.1f, kEpsilon = 1e-5f;

const at::Tensor* FindTensor(const NamedTensors& tensors, const std::string& name) {
  for (const auto& [key, tensor] : tensors) {
    if (key == name) return &tensor;
  }
  return nullptr;
}

// Whether a batch norm uses the batch's own statistics.
bool OfBatch(const StepContext& context) { return context.training && !context.freeze_norm; }

}  // namespace

std::optional<FusedNorm> FusedNorm::Find(const Module& model, const std::string& name) {
  const NamedTensors parameters = model.Parameters(), buffers = model.Buffers();
  const at::Tensor* weight = FindTensor(parameters, name + ".weight");
  const at::Tensor* bias = FindTensor(parameters, name + ".bias");
  if (weight == nullptr || bias == nullptr) return std::nullopt;
  FusedNorm norm;
  norm.width_ = weight->numel();
  norm.weight_ = weight->mutable_data_ptr<float>();
  norm.bias_ = bias->mutable_data_ptr<float>();
  norm.weight_gradient_ = weight->grad().mutable_data_ptr<float>();
  norm.bias_gradient_ = bias->grad().mutable_data_ptr<float>();
  const size_t width = static_cast<size_t>(norm.width_);
  if (const at::Tensor* mean = FindTensor(buffers, name + ".running_mean")) {
    norm.batch_ = true;
    norm.running_mean_ = *mean;
    norm.running_variance_ = *FindTensor(buffers, name + ".running_var");
    norm.batches_ = *FindTensor(buffers, name + ".num_batches_tracked");
    norm.mean_.resize(width);
    norm.variance_.resize(width);
    norm.inverse_.resize(width);
    norm.scratch_.resize(2 * width);
  }
  return norm;
}

// The mean to subtract; fills inverse_.
const float* FusedNorm::ForwardColumns(const float* values, int64_t rows, int64_t stride,
                                       const StepContext& context) {
  const bool training = OfBatch(context);
  float* running_mean = running_mean_.mutable_data_ptr<float>();
  float* running_variance = running_variance_.mutable_data_ptr<float>();
  if (training) {
    ColumnMoments(values, rows, width_, stride, mean_.data(), variance_.data());
    const float momentum =
        context.norm_momentum < 0 ? kMomentum : static_cast<float>(context.norm_momentum);
    if (momentum > 0) ++*batches_.mutable_data_ptr<int64_t>();
    const float unbiased = static_cast<float>(rows) / static_cast<float>(rows - 1);
    for (int64_t j = 0; j < width_; ++j) {
      const size_t at = static_cast<size_t>(j);
      running_mean[j] += momentum * (mean_[at] - running_mean[j]);
      running_variance[j] += momentum * (variance_[at] * unbiased - running_variance[j]);
    }
  }
  const float* variance = training ? variance_.data() : running_variance;
  for (int64_t j = 0; j < width_; ++j) {
    inverse_[static_cast<size_t>(j)] = 1 / std::sqrt(variance[j] + kEpsilon);
  }
  return training ? mean_.data() : running_mean;
}

void FusedNorm::Forward(float* values, int64_t rows, int64_t stride, const StepContext& context) {
  normed_.resize(std::max(normed_.size(), static_cast<size_t>(rows * stride)));
  if (batch_) {
    const float* mean = ForwardColumns(values, rows, stride, context);
    NormalizeColumns(values, rows, width_, stride, mean, inverse_.data(), weight_, bias_,
                     normed_.data());
    return;
  }
  inverse_.resize(std::max(inverse_.size(), static_cast<size_t>(rows)));
  NormalizeRows(values, rows, width_, stride, kEpsilon, weight_, bias_, normed_.data(),
                inverse_.data());
}

void FusedNorm::Backward(float* delta, int64_t rows, int64_t stride, const StepContext& context) {
  const bool training = OfBatch(context);
  if (batch_) {
    NormalizeColumnsBackward(delta, rows, width_, stride, inverse_.data(), weight_, normed_.data(),
                             training, weight_gradient_, bias_gradient_, scratch_.data());
  } else {
    NormalizeRowsBackward(delta, rows, width_, stride, inverse_.data(), weight_, normed_.data(),
                          weight_gradient_, bias_gradient_);
  }
}

}  // namespace bottega
