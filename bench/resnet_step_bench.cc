// Pictures per second of a ResNet-18 training step in channels-last at 224 px, batch 32: in bf16
// autocast where the processor has bf16 instructions, else in fp32 (the peer decides alike).
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "engine/autocast.h"
#include "engine/device.h"
#include "model/models.h"
#include "optim/loss.h"
#include "optim/optimizer.h"

namespace {

using bottega::Json;

int64_t FromEnvironment(const char* name, int64_t fallback) {
  const char* text = std::getenv(name);
  return text ? std::atoll(text) : fallback;
}

}  // namespace

int main() {
  const int64_t size = FromEnvironment("BOTTEGA_BENCH_SIZE", 224), steps = 5, count = 32;
  bottega::StartEngine({.device = "cpu"});
  const at::Device device(at::kCPU);
  const bool bf16 = bottega::HasBf16Instructions();
  const auto model = bottega::MakeModel({{"name", "resnet18"},
                                         {"dropout", 0.0},
                                         {"drop_path", 0.0},
                                         {"norm", "batch"},
                                         {"zero_last_norm", false}},
                                        {.picture_size = size, .outputs = 10, .seed = 1});
  bottega::MoveModel(*model, device, /*channels_last=*/true);
  const bottega::NamedTensors parameters = model->Parameters();
  const auto optimizer = bottega::MakeOptimizer(
      {{"name", "sgd"}, {"momentum", 0.9}, {"dampening", 0.0}, {"nesterov", false}, {"l2", 0.0}},
      {.parameters = parameters});
  const Json loss = {
      {"name", "cross_entropy"}, {"label_smoothing", 0.0}, {"class_weights", nullptr}};
  bottega::Batch batch;
  batch.rows.resize(count);
  batch.pictures = at::randn({count, 3, size, size}).contiguous(at::MemoryFormat::ChannelsLast);
  batch.labels = at::arange(count).remainder(10);
  double best = 0;
  for (int64_t step = 0; step < steps; ++step) {
    const auto start = std::chrono::steady_clock::now();
    for (auto [name, p] : parameters) p.mutable_grad() = at::Tensor();
    at::Tensor value;
    {
      const bottega::AutocastGuard guard(
          device, bf16 ? bottega::Precision::kBf16 : bottega::Precision::kFp32);
      value =
          bottega::Loss(loss, model->Forward(batch, {.training = true, .rows = batch.rows}), batch);
    }
    value.backward();
    optimizer->Step(0.01);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::max(best, count / seconds.count());
  }
  std::printf("resnet18_step_%lld_%s,%.2f,pictures/s\n", static_cast<long long>(size),
              bf16 ? "bf16" : "fp32", best);
}
