// Rows per second of training an ft_transformer of its default size on a table like Adult (6
// numbers, 8 categories; batch 128, AdamW, dropout on) with all processors, and a resmlp.
#include <chrono>
#include <cstdio>

#include "engine/device.h"
#include "model/models.h"
#include "optim/loss.h"
#include "optim/optimizer.h"

namespace {

using bottega::Batch;
using bottega::Json;

constexpr int64_t kRows = 2560, kBatch = 128, kEpochs = 4;
const std::vector<int64_t> kCardinality = {9, 17, 8, 15, 7, 6, 3, 42};

const Json kTransformer = {{"name", "ft_transformer"},
                           {"blocks", 2},
                           {"width", 64},
                           {"heads", 4},
                           {"ffn_factor", 4.0 / 3},
                           {"attention_dropout", 0.2},
                           {"ffn_dropout", 0.1},
                           {"residual_dropout", 0.0}};
const Json kResmlp = {{"name", "resmlp"},       {"blocks", 2},
                      {"width", 192},           {"hidden_factor", 2.0},
                      {"hidden_dropout", 0.15}, {"residual_dropout", 0.0},
                      {"embedding", nullptr}};
const Json kLoss = {
    {"name", "cross_entropy"}, {"label_smoothing", 0.0}, {"class_weights", nullptr}};
const Json kOptimizer = {{"name", "adamw"}, {"beta1", 0.9},         {"beta2", 0.999},
                         {"eps", 1e-8},     {"weight_decay", 0.01}, {"amsgrad", false}};

// The best of several epochs, so that a busy machine does not count.
double RowsPerSecond(const Json& settings) {
  const at::Tensor numbers = at::randn({kRows, 6});
  std::vector<at::Tensor> columns;
  for (const int64_t count : kCardinality)
    columns.push_back(at::randint(count, {kRows}, at::kLong));
  const at::Tensor codes = at::stack(columns, 1);
  const at::Tensor labels = (numbers.sum(1) > 0).to(at::kLong);
  const auto model = bottega::MakeModel(
      settings, {.numbers = 6, .cardinality = kCardinality, .outputs = 2, .seed = 1});
  const bottega::NamedTensors parameters = model->Parameters();
  const auto optimizer = bottega::MakeOptimizer(kOptimizer, {.parameters = parameters});
  double best = 0;
  for (int64_t epoch = 0; epoch < kEpochs; ++epoch) {
    const auto start = std::chrono::steady_clock::now();
    for (int64_t begin = 0; begin < kRows; begin += kBatch) {
      Batch batch;
      for (int64_t i = 0; i < kBatch; ++i) batch.rows.push_back(begin + i);
      batch.numbers = numbers.narrow(0, begin, kBatch);
      batch.codes = codes.narrow(0, begin, kBatch);
      batch.labels = labels.narrow(0, begin, kBatch);
      for (auto [name, p] : parameters) p.mutable_grad() = at::Tensor();
      const bottega::StepContext context = {
          .training = true, .seed = 1, .epoch = epoch, .rows = batch.rows};
      bottega::Loss(kLoss, model->Forward(batch, context), batch).backward();
      optimizer->Step(1e-3);
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::max(best, kRows / seconds.count());
  }
  return best;
}

}  // namespace

int main() {
  for (int threads = 1; threads <= 2; ++threads) {
    bottega::StartEngine({.device = "cpu", .threads = threads});
    const std::string suffix = "_" + std::to_string(threads) + "_threads";
    std::printf("ft_transformer%s,%.0f,rows/s\n", suffix.c_str(), RowsPerSecond(kTransformer));
    std::printf("resmlp%s,%.0f,rows/s\n", suffix.c_str(), RowsPerSecond(kResmlp));
  }
}
