#include "model/recompute.h"

#include <gtest/gtest.h>

#include <numeric>

#include "engine/autocast.h"
#include "engine/memory_meter.h"
#include "engine/reference_formula.h"
#include "model/models.h"
#include "model/models_specs.h"

namespace bottega {
namespace {

Json Settings(const std::string& name, const Json& given) {
  Json settings = {{"name", name}};
  for (const Spec* spec : ModelSpecs()) {
    if (spec->name != name) continue;
    for (const Param& param : spec->params) settings[param.name] = param.fallback;
  }
  settings.update(given);
  return settings;
}

struct Example {
  Json settings;
  ModelInput input;
  Batch batch;
};

Batch Rows(int64_t count) {
  Batch batch;
  batch.rows.resize(static_cast<size_t>(count));
  std::iota(batch.rows.begin(), batch.rows.end(), 100);
  batch.labels = at::arange(count, at::kLong).remainder(3);
  return batch;
}

Example Pictures(const std::string& name, int64_t count, int64_t side) {
  Example example{.settings = Settings(name, {{"dropout", 0.3}}),
                  .input = {.picture_size = side, .outputs = 3, .seed = 5},
                  .batch = Rows(count)};
  example.batch.pictures = Formula("pictures", {count, 3, side, side}) * 4;
  return example;
}

Example Table(int64_t count, const std::string& name, const Json& given) {
  Example example{.settings = Settings(name, given),
                  .input = {.numbers = 6, .cardinality = {4}, .outputs = 3, .seed = 5},
                  .batch = Rows(count)};
  example.batch.numbers = Formula("numbers", {count, 6});
  example.batch.codes = at::arange(count, at::kLong).remainder(4).view({count, 1});
  return example;
}

struct Pass {
  at::Tensor logits;
  NamedTensors gradients, buffers;
  int64_t peak = 0;
};

Pass RunPass(const Example& example, const std::vector<std::string>& recomputed,
             Precision precision = Precision::kFp32) {
  const std::shared_ptr<Model> model = MakeModel(example.settings, example.input);
  model->RecomputeBlocks(recomputed);
  const StepContext context{.training = true, .seed = 9, .epoch = 2, .rows = example.batch.rows};
  Pass pass;
  const MemoryMeter meter;
  {
    const AutocastGuard autocast(at::kCPU, precision);
    pass.logits = model->Forward(example.batch, context).to(at::kFloat);
  }
  at::cross_entropy_loss(pass.logits, example.batch.labels).backward();
  pass.peak = meter.peak();
  for (const auto& [name, p] : model->Parameters()) pass.gradients.emplace_back(name, p.grad());
  pass.buffers = model->Buffers();
  return pass;
}

void ExpectSame(const NamedTensors& a, const NamedTensors& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    ASSERT_TRUE(b[i].second.defined()) << b[i].first;
    const at::Tensor left = a[i].second.to(at::kDouble), right = b[i].second.to(at::kDouble);
    const double size = left.abs().max().item<double>();
    EXPECT_LE((left - right).abs().max().item<double>(), 1e-6 * std::max(size, 1e-3)) << a[i].first;
  }
}

void ExpectSamePass(const Example& example, const std::vector<std::string>& recomputed,
                    Precision precision = Precision::kFp32) {
  const Pass kept = RunPass(example, {}, precision),
             again = RunPass(example, recomputed, precision);
  EXPECT_TRUE(kept.logits.equal(again.logits));
  ExpectSame(kept.gradients, again.gradients);
  ExpectSame(kept.buffers, again.buffers);
}

std::vector<std::string> BlocksOf(const Example& example) {
  return MakeModel(example.settings, example.input)->Blocks();
}

TEST(Recompute, AResnetHasTheSameGradientsAndMovesItsStatisticsOnce) {
  for (const char* name : {"resnet_small", "resnet18", "resnet50"}) {
    const Example example = Pictures(name, 4, 32);
    const std::vector<std::string> blocks = BlocksOf(example);
    EXPECT_EQ(blocks.front(), "stem");
    ExpectSamePass(example, blocks);
    ExpectSamePass(example, {"stem", "layer2.0"});
  }
}

TEST(Recompute, AnMlpHasTheSameGradientsAndTheSameDropout) {
  for (const char* norm : {"none", "batch", "layer"}) {
    const Example example =
        Table(16, "mlp", {{"hidden", {32, 24, 16}}, {"dropout", 0.4}, {"norm", norm}});
    ASSERT_EQ(BlocksOf(example), (std::vector<std::string>{"layers.0", "layers.1", "layers.2"}));
    ExpectSamePass(example, BlocksOf(example));
    ExpectSamePass(example, {"layers.1"});
  }
}

TEST(Recompute, ResidualNetworksOfTablesHaveTheSameGradients) {
  const Example residual = Table(16, "resmlp", {{"width", 8}, {"blocks", 2}});
  const Example attention = Table(
      16, "ft_transformer", {{"width", 8}, {"heads", 2}, {"blocks", 2}, {"ffn_dropout", 0.3}});
  for (const Example& example : {residual, attention}) {
    ASSERT_EQ(BlocksOf(example), (std::vector<std::string>{"blocks.0", "blocks.1"}));
    ExpectSamePass(example, BlocksOf(example));
    ExpectSamePass(example, {"blocks.1"});
  }
}

TEST(Recompute, DropPathIsTheSameAgain) {
  Example example = Pictures("resnet_small", 4, 32);
  example.settings["drop_path"] = 0.5;
  ExpectSamePass(example, BlocksOf(example));
}

TEST(Recompute, TheFirstBlockLearnsAlthoughItsInputDoesNot) {
  Example example = Table(16, "mlp", {{"hidden", {32, 24}}, {"dropout", 0.0}});
  example.input.cardinality = {};
  ExpectSamePass(example, BlocksOf(example));
}

TEST(Recompute, AutocastIsThatOfTheForwardPass) {
  const Example example = Pictures("resnet18", 4, 32);
  ExpectSamePass(example, BlocksOf(example), Precision::kBf16);
}

TEST(Recompute, ADeepNetworkNeedsLessMemory) {
  const Example example = Pictures("resnet50", 4, 64);
  const int64_t kept = RunPass(example, {}).peak, again = RunPass(example, BlocksOf(example)).peak;
  const int64_t gradients = int64_t{4} * 23'500'000;  // are there in both
  EXPECT_LT(again - gradients, (kept - gradients) / 2) << kept << " " << again;
}

TEST(Recompute, NothingIsRecomputedWithoutGradientsOrWhenNotAsked) {
  int calls = 0;
  const BlockBody body = [&](const at::Tensor& x, const StepContext&) {
    ++calls;
    return x * 2;
  };
  const at::Tensor x = at::ones({2}).set_requires_grad(true);
  {
    const at::NoGradGuard no_gradients;
    Recomputed(x, {}, {}, body);
    EXPECT_EQ(calls, 1);
  }
  Recomputed(x, {}, {}, body).sum().backward();
  EXPECT_EQ(calls, 3);
  EXPECT_TRUE(x.grad().equal(at::full({2}, 2.0f)));
}

}  // namespace
}  // namespace bottega
