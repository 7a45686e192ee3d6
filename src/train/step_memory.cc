#include "train/step_memory.h"

#include <algorithm>

#include "base/memory.h"
#include "engine/memory_meter.h"
#include "model/models.h"
#include "train/assemble.h"
#include "train/step_probe.h"

namespace bottega {

namespace {

constexpr int64_t kFewPictures = 2, kMorePictures = 4, kFewRows = 16, kMoreRows = 64;

int64_t BytesOf(const NamedTensors& tensors) {
  int64_t bytes = 0;
  for (const auto& [name, tensor] : tensors) bytes += static_cast<int64_t>(tensor.nbytes());
  return bytes;
}

Batch FirstRows(const Batch& batch, int64_t count) {
  const auto part = [&](const at::Tensor& tensor) {
    return tensor.defined() ? tensor.slice(0, 0, count) : tensor;
  };
  Batch rows = batch;
  rows.rows.resize(static_cast<size_t>(count));
  for (at::Tensor* tensor :
       {&rows.numbers, &rows.codes, &rows.pictures, &rows.labels, &rows.values, &rows.weights}) {
    *tensor = part(*tensor);
  }
  return rows;
}

StepMemory Measure(const TrainSetup& setup, const Choices& choices, at::Device device) {
  // Over several micro-batches gradients are there while activations are computed.
  const int pieces = choices.micro_batch < setup.settings.at("batch").get<int64_t>() ? 2 : 1;
  const std::vector<Batch> drawn =
      FirstBatches(setup, choices, pieces, setup.has_pictures() ? kMorePictures : kMoreRows);
  int64_t more = drawn.front().size();
  for (const Batch& batch : drawn) more = std::min(more, batch.size());
  const int64_t few = std::min(setup.has_pictures() ? kFewPictures : kFewRows, more);
  MemoryMeter meter;  // first, so that it sees all that is freed within
  const std::shared_ptr<Model> model = PlacedModel(setup, choices, device);
  const auto stepper = MakeStepper(model, setup.settings, StepSettingsOf(setup, choices, device));
  const auto peak = [&](int64_t rows) {
    std::vector<Batch> micro;
    for (const Batch& batch : drawn) micro.push_back(FirstRows(batch, rows));
    const int64_t before = meter.bytes();
    meter.Restart();
    stepper->Step(micro, 1, 0);
    return meter.peak() - before;
  };
  peak(few);  // makes the optimizer's slots
  StepMemory memory{.weights = BytesOf(AllTensors(*model)),
                    .gradients = BytesOf(model->Parameters()),
                    .slots = BytesOf(stepper->optimizer().State())};
  const int64_t small = peak(few), large = peak(more);
  if (more > few) {
    memory.each_row =
        std::max(0.0, static_cast<double>(large - small) / static_cast<double>(more - few));
  }
  memory.fixed =
      large - memory.gradients - static_cast<int64_t>(memory.each_row * static_cast<double>(more));
  return memory;
}

}  // namespace

int64_t StepMemory::Activations(int64_t micro) const {
  return std::max<int64_t>(0, fixed + static_cast<int64_t>(each_row * static_cast<double>(micro)));
}

StepMemory MeasureStepMemory(const TrainSetup& setup, const Choices& choices, at::Device device) {
  const StepMemory memory = Measure(setup, choices, device);
  ResetPeakMemory();  // blocks that were freed are not to count as held
  return memory;
}

}  // namespace bottega
