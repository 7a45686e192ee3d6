#include "model/step_engine.h"

#include <gtest/gtest.h>

#include <numeric>
#include <thread>

#include "engine/blas.h"
#include "engine/reference_formula.h"
#include "model/models.h"

namespace bottega {
namespace {

Json MlpSettings(double dropout, bool norm = false, const std::string& activation = "relu",
                 std::vector<int64_t> hidden = {64, 64}) {
  return {{"name", "mlp"},
          {"hidden", std::move(hidden)},
          {"dropout", dropout},
          {"norm", norm ? "batch" : "none"},
          {"activation", activation},
          {"embedding", nullptr}};
}

const Json kCrossEntropy = {
    {"name", "cross_entropy"}, {"label_smoothing", 0.1}, {"class_weights", nullptr}};

Batch TableBatch(int64_t rows) {
  Batch batch;
  batch.rows.resize(static_cast<size_t>(rows));
  std::iota(batch.rows.begin(), batch.rows.end(), 100);
  const at::Tensor index = at::arange(rows);
  batch.numbers = Formula("numbers", {rows, 14}) * 4;
  batch.codes = at::stack({index.remainder(5), index.remainder(9)}, 1);
  batch.labels = index.remainder(3);
  batch.values = Formula("values", {rows}) * 3;
  batch.weights = Formula("weights", {rows}) + 1;
  return batch;
}

Batch Part(const Batch& all, int64_t begin, int64_t count) {
  Batch part;
  part.rows.assign(all.rows.begin() + begin, all.rows.begin() + begin + count);
  part.numbers = all.numbers.narrow(0, begin, count);
  part.codes = all.codes.narrow(0, begin, count);
  part.labels = all.labels.narrow(0, begin, count);
  part.values = all.values.narrow(0, begin, count);
  part.weights = all.weights.narrow(0, begin, count);
  return part;
}

ModelInput Input(int64_t outputs) {
  return {.numbers = 14, .cardinality = {5, 9}, .outputs = outputs, .seed = 3};
}

// The same loss through autograd, written out.
at::Tensor AutogradLoss(const Json& loss, const at::Tensor& z, const Batch& batch) {
  const std::string name = loss.at("name").get<std::string>();
  at::Tensor each;
  if (name == "cross_entropy") {
    each = at::cross_entropy_loss(z, batch.labels, {}, at::Reduction::None, -100,
                                  loss.at("label_smoothing").get<double>());
  } else {
    const at::Tensor d = z.squeeze(1) - batch.values;
    each = name == "mse"  ? d.square()
           : name == "l1" ? d.abs()
                          : at::huber_loss(z.squeeze(1), batch.values, at::Reduction::None, 0.5);
  }
  return (each * batch.weights).sum();
}

void CompareWithAutograd(const Json& settings, const Json& loss, int64_t outputs,
                         int64_t rows = 50) {
  const auto plain = MakeModel(settings, Input(outputs));
  const auto fused = MakeModel(settings, Input(outputs));
  const auto engine = MakeStepEngine(fused, loss);
  ASSERT_TRUE(engine);
  const std::string what = settings.dump() + loss.dump();
  const Batch batch = TableBatch(rows);
  for (int epoch = 0; epoch < 10; ++epoch) {
    StepContext context = {.training = true, .seed = 8, .epoch = epoch, .rows = batch.rows};
    for (auto [name, p] : plain->Parameters()) p.mutable_grad() = at::Tensor();
    const at::Tensor logits = plain->Forward(batch, context);
    const at::Tensor sum = AutogradLoss(loss, logits, batch);
    (sum / rows).backward();
    engine->ZeroGradients();
    const double ours = engine->ForwardBackward(batch, context, static_cast<double>(rows));
    EXPECT_NEAR(ours, sum.item<double>(), 1e-5 * std::abs(sum.item<double>())) << what;
    EXPECT_TRUE(at::allclose(engine->Logits(), logits, 1e-5, 1e-5)) << what;
    const NamedTensors a = plain->Parameters(), b = fused->Parameters();
    const at::NoGradGuard no_grad;
    for (size_t i = 0; i < a.size(); ++i) {
      const double size = a[i].second.grad().abs().max().item<double>();
      EXPECT_LT((a[i].second.grad() - b[i].second.grad()).abs().max().item<double>(),
                1e-5 * std::max(size, 0.1))
          << a[i].first << what;
      at::Tensor(a[i].second).sub_(a[i].second.grad(), 0.1);
      // From the same point in each step: ReLU turns a difference in rounding into a larger one.
      at::Tensor(b[i].second).copy_(a[i].second);
    }
    const NamedTensors kept = plain->Buffers(), moved = fused->Buffers();
    for (size_t i = 0; i < kept.size(); ++i) {
      EXPECT_TRUE(at::allclose(kept[i].second, moved[i].second, 1e-5, 1e-6)) << kept[i].first;
    }
  }
}

TEST(StepEngine, EqualsAutogradOverTenStepsOfEachLoss) {
  CompareWithAutograd(MlpSettings(0), kCrossEntropy, 3);
  CompareWithAutograd(MlpSettings(0.3), kCrossEntropy, 3);
  CompareWithAutograd(MlpSettings(0.1), {{"name", "mse"}}, 1);
  CompareWithAutograd(MlpSettings(0.1), {{"name", "l1"}}, 1);
  CompareWithAutograd(MlpSettings(0.1), {{"name", "huber"}, {"delta", 0.5}}, 1);
}

TEST(StepEngine, EqualsAutogradForEverySettingOfTheFamily) {
  int cases = 0;
  for (const char* activation : {"relu", "gelu", "silu", "tanh"}) {
    for (const bool norm : {false, true}) {
      for (const double dropout : {0.0, 0.2}) {
        for (const std::vector<int64_t>& hidden :
             {std::vector<int64_t>{64}, {7}, {33, 20, 50}, {}}) {
          CompareWithAutograd(MlpSettings(dropout, norm, activation, hidden), kCrossEntropy, 3,
                              cases % 2 == 0 ? 50 : 37);
          ++cases;
        }
      }
    }
  }
  EXPECT_EQ(cases, 64);
}

TEST(StepEngine, GivesTheSameBitsInSeveralThreadsAtOnce) {
  const auto gradients = [] {
    const auto model = MakeModel(MlpSettings(0.2, true, "gelu"), Input(3));
    const auto engine = MakeStepEngine(model, kCrossEntropy);
    const Batch batch = TableBatch(128);
    at::Tensor sum = at::zeros({});
    for (int epoch = 0; epoch < 20; ++epoch) {
      engine->ZeroGradients();
      engine->ForwardBackward(
          batch, {.training = true, .seed = 1, .epoch = epoch, .rows = batch.rows}, 128);
      sum = sum + model->Parameters()[3].second.grad();
    }
    return sum;
  };
  const at::Tensor alone = gradients();
  std::vector<at::Tensor> beside(4);
  std::vector<std::thread> threads;
  for (at::Tensor& one : beside) threads.emplace_back([&] { one = gradients(); });
  for (std::thread& thread : threads) thread.join();
  for (const at::Tensor& one : beside) EXPECT_TRUE(at::equal(one, alone));
}

TEST(StepEngine, MicroBatchesAddUp) {
  const auto model = MakeModel(MlpSettings(0.2), Input(3));
  const auto engine = MakeStepEngine(model, kCrossEntropy);
  const Batch batch = TableBatch(48);
  engine->ZeroGradients();
  const double whole = engine->ForwardBackward(
      batch, {.training = true, .seed = 1, .epoch = 2, .rows = batch.rows}, 48);
  std::vector<at::Tensor> expected;
  for (const auto& [name, p] : model->Parameters()) expected.push_back(p.grad().clone());
  engine->ZeroGradients();
  double sum = 0;
  for (const auto& [begin, count] : {std::pair{0, 16}, {16, 31}, {47, 1}}) {
    const Batch part = Part(batch, begin, count);
    sum += engine->ForwardBackward(
        part, {.training = true, .seed = 1, .epoch = 2, .rows = part.rows}, 48);
  }
  EXPECT_NEAR(sum, whole, 1e-4);
  const NamedTensors parameters = model->Parameters();
  for (size_t i = 0; i < parameters.size(); ++i) {
    EXPECT_TRUE(at::allclose(parameters[i].second.grad(), expected[i], 1e-4, 1e-6));
  }
}

TEST(StepEngine, SurvivesGradientsThatWereTakenAway) {
  const auto model = MakeModel(MlpSettings(0), Input(3));
  const auto engine = MakeStepEngine(model, kCrossEntropy);
  const Batch batch = TableBatch(8);
  engine->ForwardBackward(batch, {.training = true, .rows = batch.rows}, 8);
  const at::Tensor first = model->Parameters()[0].second.grad().clone();
  for (auto [name, p] : model->Parameters()) p.mutable_grad() = at::Tensor();
  engine->ForwardBackward(batch, {.training = true, .rows = batch.rows}, 8);
  EXPECT_TRUE(at::equal(model->Parameters()[0].second.grad(), first));
}

TEST(StepEngine, NullWhereItDoesNotApply) {
  const Json resnet = {{"name", "resnet18"},
                       {"norm", "batch"},
                       {"dropout", 0.0},
                       {"drop_path", 0.0},
                       {"zero_last_norm", false}};
  EXPECT_FALSE(
      MakeStepEngine(MakeModel(resnet, {.picture_size = 32, .outputs = 3}), kCrossEntropy));
  const auto frozen = MakeModel(MlpSettings(0), Input(3));
  frozen->Parameters()[0].second.set_requires_grad(false);
  EXPECT_FALSE(MakeStepEngine(frozen, kCrossEntropy));
}

TEST(Blas, ProductsOfAllOrientations) {
  if (!HasBlas()) GTEST_SKIP() << "this libtorch exports no BLAS";
  const at::Tensor a = Formula("a", {3, 5}), b = Formula("b", {5, 4});
  for (const bool ta : {false, true}) {
    for (const bool tb : {false, true}) {
      const at::Tensor left = ta ? a.t().contiguous() : a, right = tb ? b.t().contiguous() : b;
      at::Tensor c = at::ones({3, 4});
      Multiply({.transpose_a = ta,
                .transpose_b = tb,
                .m = 3,
                .n = 4,
                .k = 5,
                .a = left.const_data_ptr<float>(),
                .lda = ta ? 3 : 5,
                .b = right.const_data_ptr<float>(),
                .ldb = tb ? 5 : 4,
                .beta = 2,
                .c = c.mutable_data_ptr<float>(),
                .ldc = 4});
      EXPECT_TRUE(at::allclose(c, a.mm(b) + 2));
    }
  }
}

}  // namespace
}  // namespace bottega
