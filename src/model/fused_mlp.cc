#include "model/fused_mlp.h"

#include "engine/blas.h"
#include "engine/device.h"
#include "model/dropout.h"

namespace bottega {

namespace {

// Below this a product is done before a second thread has woken up.
constexpr int64_t kFlopsWorthThreads = 8'000'000;

__attribute__((target_clones("avx512f", "avx2", "default"))) void BiasReluMask(
    float* values, const float* bias, const float* mask, int64_t rows, int64_t width) {
  for (int64_t i = 0; i < rows; ++i, values += width, mask += width) {
    for (int64_t j = 0; j < width; ++j) {
      const float z = values[j] + bias[j];
      values[j] = (z > 0 ? z : 0.0f) * mask[j];
    }
  }
}

__attribute__((target_clones("avx512f", "avx2", "default"))) void BiasRelu(float* values,
                                                                           const float* bias,
                                                                           int64_t rows,
                                                                           int64_t width) {
  for (int64_t i = 0; i < rows; ++i, values += width) {
    for (int64_t j = 0; j < width; ++j) {
      const float z = values[j] + bias[j];
      values[j] = z > 0 ? z : 0.0f;
    }
  }
}

// delta *= keep where the output is positive, else 0: the output tells what ReLU and dropout let
// through. Adds delta's column sums to bias_gradient.
__attribute__((target_clones("avx512f", "avx2", "default"))) void ReluBackward(
    float* delta, const float* output, float keep, float* bias_gradient, int64_t rows,
    int64_t width) {
  for (int64_t i = 0; i < rows; ++i, delta += width, output += width) {
    for (int64_t j = 0; j < width; ++j) {
      const float d = output[j] > 0 ? delta[j] * keep : 0.0f;
      delta[j] = d;
      bias_gradient[j] += d;
    }
  }
}

void AddRows(const float* values, int64_t rows, int64_t width, float* sums) {
  for (int64_t i = 0; i < rows; ++i, values += width) {
    for (int64_t j = 0; j < width; ++j) sums[j] += values[j];
  }
}

}  // namespace

std::unique_ptr<FusedMlp> FusedMlp::Make(std::shared_ptr<Mlp> model, const Json& loss) {
  const MlpSettings& settings = model->settings();
  if (!HasBlas() || settings.norm != "none" || settings.activation != "relu") return nullptr;
  for (const auto& [name, parameter] : model->Parameters()) {
    if (!parameter.is_cpu() || parameter.scalar_type() != at::kFloat) return nullptr;
    if (!parameter.requires_grad()) return nullptr;
  }
  const std::optional<RowLoss> rows = RowLoss::Make(loss);
  if (!rows) return nullptr;
  return std::unique_ptr<FusedMlp>(new FusedMlp(std::move(model), *rows));
}

FusedMlp::FusedMlp(std::shared_ptr<Mlp> model, RowLoss loss)
    : model_(std::move(model)), loss_(std::move(loss)), parameters_(model_->Parameters()) {
  JoinParameters();
  for (const std::shared_ptr<Embedding>& embedding : model_->embeddings()) {
    const at::Tensor& weight = embedding->weight();
    tables_.push_back({.width = weight.size(1),
                       .cardinality = weight.size(0),
                       .weight = weight.mutable_data_ptr<float>(),
                       .gradient = weight.grad().mutable_data_ptr<float>()});
  }
  for (const std::shared_ptr<Linear>& linear : model_->linears()) {
    const at::Tensor &weight = linear->weight(), &bias = linear->bias();
    layers_.push_back({.in = weight.size(1),
                       .out = weight.size(0),
                       .weight = weight.mutable_data_ptr<float>(),
                       .bias = bias.mutable_data_ptr<float>(),
                       .weight_gradient = weight.grad().mutable_data_ptr<float>(),
                       .bias_gradient = bias.grad().mutable_data_ptr<float>()});
  }
}

void FusedMlp::JoinParameters() {
  const at::NoGradGuard no_grad;
  std::vector<at::Tensor> flat;
  for (const auto& [name, parameter] : parameters_) flat.push_back(parameter.detach().flatten());
  values_ = at::cat(flat);
  gradients_ = at::zeros_like(values_);
  int64_t offset = 0;
  for (auto& [name, parameter] : parameters_) {
    parameter.set_data(values_.narrow(0, offset, parameter.numel()).view(parameter.sizes()));
    offset += parameter.numel();
  }
  AttachGradients();
}

void FusedMlp::AttachGradients() {
  int64_t offset = 0;
  for (auto& [name, parameter] : parameters_) {
    if (!parameter.grad().defined()) {
      parameter.mutable_grad() =
          gradients_.narrow(0, offset, parameter.numel()).view(parameter.sizes());
      parameter.grad().zero_();
    }
    offset += parameter.numel();
  }
}

void FusedMlp::ZeroGradients() {
  AttachGradients();
  gradients_.zero_();
}

int FusedMlp::Threads(int64_t rows) const {
  int64_t largest = 0;
  for (const Layer& layer : layers_) largest = std::max(largest, 2 * rows * layer.in * layer.out);
  return largest < kFlopsWorthThreads ? 1 : TorchThreads();
}

void FusedMlp::Reserve(int64_t rows) {
  if (rows <= rows_) return;
  rows_ = rows;
  int64_t widest = 0, embedded = 0;
  for (const Table& table : tables_) embedded += table.width;
  input_.resize(static_cast<size_t>(rows * layers_[0].in));
  input_delta_.resize(static_cast<size_t>(rows * embedded));
  for (Layer& layer : layers_) {
    layer.output.resize(static_cast<size_t>(rows * layer.out));
    layer.delta.resize(static_cast<size_t>(rows * layer.out));
    widest = std::max(widest, layer.out);
  }
  mask_.resize(static_cast<size_t>(rows * widest));
}

void FusedMlp::GatherInput(const Batch& batch) {
  const int64_t in = layers_[0].in, numbers = model_->numbers();
  const at::Tensor values = numbers > 0 ? batch.numbers.contiguous() : at::Tensor();
  const at::Tensor codes = tables_.empty() ? at::Tensor() : batch.codes.contiguous();
  const float* from = numbers > 0 ? values.const_data_ptr<float>() : nullptr;
  const int64_t* code = tables_.empty() ? nullptr : codes.const_data_ptr<int64_t>();
  for (int64_t i = 0; i < batch.size(); ++i) {
    float* to = std::copy_n(from + i * numbers, numbers, input_.data() + i * in);
    for (const Table& table : tables_) {
      if (*code < 0 || *code >= table.cardinality) {
        throw Error(ErrorKind::kInternal, "a category code is outside of its table",
                    {.row = batch.rows[static_cast<size_t>(i)]});
      }
      to = std::copy_n(table.weight + *code++ * table.width, table.width, to);
    }
  }
}

void FusedMlp::Forward(const Batch& batch, const StepContext& context) {
  const int64_t rows = batch.size();
  const double p = model_->settings().dropout;
  const float* from = input_.data();
  for (size_t l = 0; l < layers_.size(); ++l) {
    Layer& layer = layers_[l];
    float* out = layer.output.data();
    Multiply({.transpose_b = true,
              .m = rows,
              .n = layer.out,
              .k = layer.in,
              .a = from,
              .lda = layer.in,
              .b = layer.weight,
              .ldb = layer.in,
              .c = out,
              .ldc = layer.out});
    from = out;
    if (l + 1 == layers_.size()) {
      for (int64_t i = 0; i < rows; ++i) {
        for (int64_t j = 0; j < layer.out; ++j) out[i * layer.out + j] += layer.bias[j];
      }
    } else if (p > 0 && context.training) {
      FillDropoutMask({context.seed, context.epoch, static_cast<uint32_t>(l)}, context.rows,
                      layer.out, p, mask_.data());
      BiasReluMask(out, layer.bias, mask_.data(), rows, layer.out);
    } else {
      BiasRelu(out, layer.bias, rows, layer.out);
    }
  }
}

void FusedMlp::Backward(const Batch& batch, const StepContext& context) {
  const int64_t rows = batch.size();
  const double p = context.training ? model_->settings().dropout : 0;
  const float keep = static_cast<float>(1 / (1 - p));
  AddRows(layers_.back().delta.data(), rows, layers_.back().out, layers_.back().bias_gradient);
  for (size_t l = layers_.size(); l-- > 0;) {
    const Layer& layer = layers_[l];
    const float* from = l > 0 ? layers_[l - 1].output.data() : input_.data();
    Multiply({.transpose_a = true,
              .m = layer.out,
              .n = layer.in,
              .k = rows,
              .a = layer.delta.data(),
              .lda = layer.out,
              .b = from,
              .ldb = layer.in,
              .beta = 1,
              .c = layer.weight_gradient,
              .ldc = layer.in});
    if (l == 0) break;
    Layer& below = layers_[l - 1];
    Multiply({.m = rows,
              .n = layer.in,
              .k = layer.out,
              .a = layer.delta.data(),
              .lda = layer.out,
              .b = layer.weight,
              .ldb = layer.in,
              .c = below.delta.data(),
              .ldc = layer.in});
    ReluBackward(below.delta.data(), below.output.data(), keep, below.bias_gradient, rows,
                 below.out);
  }
}

void FusedMlp::ScatterEmbeddings(const Batch& batch) {
  if (tables_.empty()) return;
  const Layer& first = layers_[0];
  const int64_t width = first.in - model_->numbers();
  Multiply({.m = batch.size(),
            .n = width,
            .k = first.out,
            .a = first.delta.data(),
            .lda = first.out,
            .b = first.weight + model_->numbers(),
            .ldb = first.in,
            .c = input_delta_.data(),
            .ldc = width});
  const at::Tensor codes = batch.codes.contiguous();
  const int64_t* code = codes.const_data_ptr<int64_t>();
  const float* delta = input_delta_.data();
  for (int64_t i = 0; i < batch.size(); ++i) {
    for (const Table& table : tables_) {
      float* gradient = table.gradient + *code++ * table.width;
      for (int64_t j = 0; j < table.width; ++j) gradient[j] += delta[j];
      delta += table.width;
    }
  }
}

double FusedMlp::ForwardBackward(const Batch& batch, const StepContext& context,
                                 double denominator) {
  const BlasThreads threads(Threads(batch.size()));
  AttachGradients();
  Reserve(batch.size());
  GatherInput(batch);
  Forward(batch, context);
  Layer& last = layers_.back();
  const double loss = loss_.Apply(batch, last.output.data(), last.out,
                                  static_cast<float>(1 / denominator), last.delta.data());
  Backward(batch, context);
  ScatterEmbeddings(batch);
  logits_rows_ = batch.size();
  return loss;
}

at::Tensor FusedMlp::Logits() const {
  float* data = const_cast<float*>(layers_.back().output.data());
  return at::from_blob(data, {logits_rows_, layers_.back().out}, at::kFloat);
}

}  // namespace bottega
