// Rows per second of training a 14-64-64-2 network (ReLU, dropout 0.1, batch 128, AdamW) on one
// thread, over slices of tensors in memory: bottega's fused step, and its autograd path.
#include <chrono>
#include <cstdio>

#include "engine/device.h"
#include "model/models.h"
#include "model/step_engine.h"
#include "optim/loss.h"
#include "optim/optimizer.h"

namespace {

using bottega::Batch;
using bottega::Json;

constexpr int64_t kRows = 25600, kBatch = 128, kEpochs = 7;

const Json kModel = {{"name", "mlp"},  {"hidden", {64, 64}},   {"dropout", 0.1},
                     {"norm", "none"}, {"activation", "relu"}, {"embedding", nullptr}};
const Json kLoss = {
    {"name", "cross_entropy"}, {"label_smoothing", 0.0}, {"class_weights", nullptr}};
const Json kOptimizer = {{"name", "adamw"}, {"beta1", 0.9},         {"beta2", 0.999},
                         {"eps", 1e-8},     {"weight_decay", 0.01}, {"amsgrad", false}};

// The best of several epochs, so that a busy machine does not count.
double RowsPerSecond(bool fused) {
  const at::Tensor numbers = at::randn({kRows, 14});
  const at::Tensor labels = (numbers.sum(1) > 0).to(at::kLong);
  const auto model = bottega::MakeModel(kModel, {.numbers = 14, .outputs = 2, .seed = 1});
  const auto engine = fused ? bottega::MakeStepEngine(model, kLoss) : nullptr;
  const bottega::NamedTensors parameters = model->Parameters();
  const auto optimizer = bottega::MakeOptimizer(kOptimizer, {.parameters = parameters});
  double best = 0;
  for (int64_t epoch = 0; epoch < kEpochs; ++epoch) {
    const auto start = std::chrono::steady_clock::now();
    for (int64_t begin = 0; begin < kRows; begin += kBatch) {
      Batch batch;
      for (int64_t i = 0; i < kBatch; ++i) batch.rows.push_back(begin + i);
      batch.numbers = numbers.narrow(0, begin, kBatch);
      batch.labels = labels.narrow(0, begin, kBatch);
      const bottega::StepContext context = {
          .training = true, .seed = 1, .epoch = epoch, .rows = batch.rows};
      if (engine) {
        engine->ZeroGradients();
        engine->ForwardBackward(batch, context, kBatch);
      } else {
        for (auto [name, p] : parameters) p.mutable_grad() = at::Tensor();
        bottega::Loss(kLoss, model->Forward(batch, context), batch).backward();
      }
      optimizer->Step(1e-3);
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::max(best, kRows / seconds.count());
  }
  return best;
}

}  // namespace

int main() {
  bottega::StartEngine({.device = "cpu", .threads = 1});
  std::printf("mlp_step,%.0f,rows/s\n", RowsPerSecond(true));
  std::printf("mlp_step_autograd,%.0f,rows/s\n", RowsPerSecond(false));
}
