#include "model/fused_mlp.h"

#include "engine/blas.h"
#include "engine/device.h"

namespace bottega {

namespace {

// Below this a product is done before a second thread has woken up.
constexpr int64_t kFlopsWorthThreads = 20'000'000;

Activation ActivationOf(const std::string& name) {
  if (name == "gelu") return Activation::kGelu;
  if (name == "silu") return Activation::kSilu;
  if (name == "tanh") return Activation::kTanh;
  return Activation::kRelu;
}

AlignedFloats Floats(int64_t count) { return AlignedFloats(static_cast<size_t>(count)); }

float* Gradient(const at::Tensor& parameter) { return parameter.grad().mutable_data_ptr<float>(); }

}  // namespace

std::unique_ptr<FusedMlp> FusedMlp::Make(std::shared_ptr<Mlp> model, const Json& loss) {
  for (const auto& [name, parameter] : model->Parameters()) {
    if (!parameter.is_cpu() || parameter.scalar_type() != at::kFloat) return nullptr;
    if (!parameter.requires_grad()) return nullptr;
  }
  const std::optional<RowLoss> rows = RowLoss::Make(loss);
  if (!rows) return nullptr;
  return std::unique_ptr<FusedMlp>(new FusedMlp(std::move(model), *rows));
}

FusedMlp::FusedMlp(std::shared_ptr<Mlp> model, RowLoss loss)
    : model_(std::move(model)),
      loss_(std::move(loss)),
      activation_(ActivationOf(model_->settings().activation)),
      parameters_(model_->Parameters()) {
  JoinParameters();
  AddTables();
  AddLayers();
  input_stride_ = PaddedWidth(layers_[0].in);
}

void FusedMlp::AddTables() {
  for (const std::shared_ptr<Embedding>& embedding : model_->embeddings()) {
    const at::Tensor& weight = embedding->weight();
    tables_.push_back({.width = weight.size(1),
                       .cardinality = weight.size(0),
                       .weight = weight.mutable_data_ptr<float>(),
                       .gradient = Gradient(weight)});
    embedded_ += weight.size(1);
  }
}

void FusedMlp::AddLayers() {
  for (const std::shared_ptr<Linear>& linear : model_->linears()) {
    const at::Tensor &weight = linear->weight(), &bias = linear->bias();
    Layer& layer = layers_.emplace_back();
    layer.in = weight.size(1);
    layer.out = weight.size(0);
    layer.stride = PaddedWidth(layer.out);
    layer.weight = weight.mutable_data_ptr<float>();
    layer.bias = bias.mutable_data_ptr<float>();
    layer.weight_gradient = Gradient(weight);
    layer.bias_gradient = Gradient(bias);
    layer.turned = Floats(layer.in * layer.stride);
    layer.padded_bias = Floats(layer.stride);
    layer.sums = Floats(layer.stride);
    layer.norm = FusedNorm::Find(*model_, "norms." + std::to_string(layers_.size() - 1));
  }
}

void FusedMlp::JoinParameters() {
  const at::NoGradGuard no_grad;
  int64_t total = 0, offset = 0;
  for (const auto& [name, parameter] : parameters_) total += parameter.numel();
  // Products read up to a padded row beyond a matrix.
  values_ = at::zeros({total + kRowPad}).narrow(0, 0, total);
  gradients_ = at::zeros({total});
  for (auto& [name, parameter] : parameters_) {
    const at::Tensor place = values_.narrow(0, offset, parameter.numel()).view(parameter.sizes());
    place.copy_(parameter);
    parameter.set_data(place);
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
  std::fill_n(gradients_.mutable_data_ptr<float>(), gradients_.numel(), 0.0f);
}

bool FusedMlp::InRegisters(const Layer& layer) const {
  return activation_ == Activation::kRelu && !layer.norm;
}

void FusedMlp::Reserve(int64_t rows) {
  rows_ = rows;
  if (rows <= capacity_) return;
  capacity_ = rows;
  input_ = Floats(rows * input_stride_);
  input_delta_ = Floats(rows * PaddedWidth(embedded_));
  for (Layer& layer : layers_) {
    layer.output = Floats(rows * layer.stride);
    layer.delta = Floats(rows * layer.stride);
    if (!InRegisters(layer)) layer.slope = Floats(rows * layer.stride);
  }
}

void FusedMlp::Product(const FusedProduct& p) const {
  const bool threads = TorchThreads() > 1 && 2 * p.m * p.n * p.k >= kFlopsWorthThreads;
  if (!threads || !HasBlas()) return Multiply(p);
  const BlasThreads guard(TorchThreads());
  const bool transpose = p.a_row == 1;
  Multiply({.transpose_a = transpose,
            .m = p.m,
            .n = p.n,
            .k = p.k,
            .a = p.a,
            .lda = transpose ? p.a_column : p.a_row,
            .b = p.b,
            .ldb = p.ldb,
            .beta = p.add ? 1.0f : 0.0f,
            .c = p.c,
            .ldc = p.ldc});
  if (p.padded) Apply(p.then, p.m, p.n, p.c, p.ldc);
}

void FusedMlp::GatherInput(const Batch& batch) {
  const int64_t numbers = model_->numbers();
  const at::Tensor values = numbers > 0 ? batch.numbers.contiguous() : at::Tensor();
  const at::Tensor codes = tables_.empty() ? at::Tensor() : batch.codes.contiguous();
  const float* from = numbers > 0 ? values.const_data_ptr<float>() : nullptr;
  const int64_t* code = tables_.empty() ? nullptr : codes.const_data_ptr<int64_t>();
  for (int64_t i = 0; i < rows_; ++i) {
    float* to = std::copy_n(from + i * numbers, numbers, input_.data() + i * input_stride_);
    for (const Table& table : tables_) {
      if (*code < 0 || *code >= table.cardinality) {
        throw Error(ErrorKind::kInternal, "a category code is outside of its table",
                    {.row = batch.rows[static_cast<size_t>(i)]});
      }
      to = std::copy_n(table.weight + *code++ * table.width, table.width, to);
    }
  }
}

void FusedMlp::Forward(const StepContext& context) {
  const double p = context.training ? model_->settings().dropout : 0;
  const float* from = input_.data();
  int64_t from_stride = input_stride_;
  for (size_t l = 0; l < layers_.size(); ++l) {
    Layer& layer = layers_[l];
    const bool hidden = l + 1 < layers_.size();
    Transpose(layer.weight, layer.out, layer.in, layer.in, layer.turned.data(), layer.stride);
    std::copy_n(layer.bias, layer.out, layer.padded_bias.data());
    if (hidden && p > 0) {
      layer.kept.Fill({context.seed, context.epoch, static_cast<uint32_t>(l)}, context.rows,
                      layer.out, p);
    }
    Epilogue then = {.bias = layer.padded_bias.data()};
    if (hidden && InRegisters(layer)) {
      then.relu = true;
      then.keep = p > 0 ? layer.kept.at.data() : nullptr;
      then.keep_stride = layer.kept.stride;
      then.scale = static_cast<float>(1 / (1 - p));
    }
    Product({.m = rows_,
             .n = layer.out,
             .k = layer.in,
             .a = from,
             .a_row = from_stride,
             .a_column = 1,
             .b = layer.turned.data(),
             .ldb = layer.stride,
             .c = layer.output.data(),
             .ldc = layer.stride,
             .then = then});
    if (hidden && !InRegisters(layer)) ForwardHidden(layer, context);
    from = layer.output.data();
    from_stride = layer.stride;
  }
}

void FusedMlp::ForwardHidden(Layer& layer, const StepContext& context) {
  float* out = layer.output.data();
  if (layer.norm) layer.norm->Forward(out, rows_, layer.stride, context);
  Activate(activation_, rows_ * layer.stride, out, layer.slope.data());
  const double p = context.training ? model_->settings().dropout : 0;
  if (p <= 0) return;
  const Epilogue drop = {.keep = layer.kept.at.data(),
                         .keep_stride = layer.kept.stride,
                         .scale = static_cast<float>(1 / (1 - p))};
  Apply(drop, rows_, layer.out, out, layer.stride);
  Apply(drop, rows_, layer.out, layer.slope.data(), layer.stride);
}

void FusedMlp::Backward(const StepContext& context) {
  Layer& head = layers_.back();
  for (int64_t i = 0; i < rows_; ++i) {
    const float* delta = head.delta.data() + i * head.stride;
    for (int64_t j = 0; j < head.out; ++j) head.bias_gradient[j] += delta[j];
  }
  for (size_t l = layers_.size(); l-- > 0;) {
    const Layer& layer = layers_[l];
    Product({.m = layer.out,
             .n = layer.in,
             .k = rows_,
             .a = layer.delta.data(),
             .a_row = 1,
             .a_column = layer.stride,
             .b = l > 0 ? layers_[l - 1].output.data() : input_.data(),
             .ldb = l > 0 ? layers_[l - 1].stride : input_stride_,
             .c = layer.weight_gradient,
             .ldc = layer.in,
             .add = true,
             .padded = false});
    if (l > 0) BackwardInto(layers_[l - 1], layer, context);
  }
}

void FusedMlp::BackwardInto(Layer& below, const Layer& layer, const StepContext& context) {
  const double p = context.training ? model_->settings().dropout : 0;
  std::fill(below.sums.begin(), below.sums.end(), 0.0f);
  Epilogue then;
  if (InRegisters(below)) {
    // The output is positive where ReLU and dropout let something through.
    then.gate = below.output.data();
    then.scale = static_cast<float>(1 / (1 - p));
  } else {
    then.factor = below.slope.data();
  }
  if (!below.norm) then.column_sums = below.sums.data();
  Product({.m = rows_,
           .n = layer.in,
           .k = layer.out,
           .a = layer.delta.data(),
           .a_row = layer.stride,
           .a_column = 1,
           .b = layer.weight,
           .ldb = layer.in,
           .c = below.delta.data(),
           .ldc = below.stride,
           .then = then});
  if (below.norm) {
    below.norm->Backward(below.delta.data(), rows_, below.stride, context);
    Apply({.column_sums = below.sums.data()}, rows_, below.out, below.delta.data(), below.stride);
  }
  for (int64_t j = 0; j < below.out; ++j) {
    below.bias_gradient[j] += below.sums[static_cast<size_t>(j)];
  }
}

void FusedMlp::ScatterEmbeddings(const Batch& batch) {
  if (tables_.empty()) return;
  const Layer& first = layers_[0];
  const int64_t stride = PaddedWidth(embedded_);
  Product({.m = rows_,
           .n = embedded_,
           .k = first.out,
           .a = first.delta.data(),
           .a_row = first.stride,
           .a_column = 1,
           .b = first.weight + model_->numbers(),
           .ldb = first.in,
           .c = input_delta_.data(),
           .ldc = stride});
  const at::Tensor codes = batch.codes.contiguous();
  const int64_t* code = codes.const_data_ptr<int64_t>();
  for (int64_t i = 0; i < rows_; ++i) {
    const float* delta = input_delta_.data() + i * stride;
    for (const Table& table : tables_) {
      float* gradient = table.gradient + *code++ * table.width;
      for (int64_t j = 0; j < table.width; ++j) gradient[j] += delta[j];
      delta += table.width;
    }
  }
}

double FusedMlp::ForwardBackward(const Batch& batch, const StepContext& context,
                                 double denominator) {
  AttachGradients();
  Reserve(batch.size());
  GatherInput(batch);
  Forward(context);
  Layer& head = layers_.back();
  const double loss = loss_.Apply(batch, head.output.data(), head.out, head.stride,
                                  static_cast<float>(1 / denominator), head.delta.data());
  Backward(context);
  ScatterEmbeddings(batch);
  return loss;
}

at::Tensor FusedMlp::Logits() const {
  const Layer& head = layers_.back();
  const at::Tensor logits = at::empty({rows_, head.out}, at::kFloat);
  float* to = logits.mutable_data_ptr<float>();
  for (int64_t i = 0; i < rows_; ++i) {
    to = std::copy_n(head.output.data() + i * head.stride, head.out, to);
  }
  return logits;
}

}  // namespace bottega
