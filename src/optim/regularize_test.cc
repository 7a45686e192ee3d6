// Penalties, constraints, clipping by value, noise and the loss of mixed rows against
// test/reference/make_regularize_reference.py.
#include <gtest/gtest.h>

#include <cmath>

#include "base/test_folders.h"
#include "engine/reference_formula.h"
#include "optim/gradient_noise.h"
#include "optim/loss.h"
#include "optim/penalty.h"

namespace bottega {
namespace {

const Json& Reference() {
  static const Json json = ReadJson(TestReference("regularize_reference.json"));
  return json;
}

NamedTensors One(const std::string& name, const at::Tensor& value, const at::Tensor& gradient) {
  at::Tensor parameter = value.clone().requires_grad_();
  parameter.mutable_grad() = gradient.clone();
  return {{name, parameter}};
}

TEST(Regularize, ElasticNetEqualsAutograd) {
  const Json& expected = Reference().at("penalties").at("elastic_net");
  const at::Tensor weight = Formula("penalty", {3, 4}) * 4;
  const NamedTensors parameters = One("w", weight, at::zeros({3, 4}));
  const Json net = {{"name", "elastic_net"}, {"strength", 0.1}, {"ratio", 0.3}};
  EXPECT_NEAR(AddPenalties(Json::array({net}), parameters), expected.at("value").get<double>(),
              1e-5);
  EXPECT_LT(RelativeDifference(parameters[0].second.grad(), expected.at("gradient")), 1e-6);
}

TEST(Regularize, MaxNormEqualsRenorm) {
  const Json limits = Json::array({{{"name", "max_norm"}, {"limit", 1.5}}});
  for (const auto& [key, name, shape] :
       {std::tuple<const char*, const char*, std::vector<int64_t>>{"max_norm", "penalty", {3, 4}},
        {"max_norm_conv", "conv", {3, 2, 3, 3}}}) {
    const at::Tensor weight = Formula(name, shape) * 4;
    const NamedTensors parameters = One("w", weight, at::zeros(shape));
    EXPECT_EQ(AddPenalties(limits, parameters), 0);
    ApplyConstraints(limits, parameters);
    EXPECT_LT(RelativeDifference(parameters[0].second, Reference().at("penalties").at(key)), 1e-6);
    EXPECT_FALSE(at::allclose(parameters[0].second, weight));
  }
}

TEST(Regularize, BiasesAreNeitherPenalizedNorLimited) {
  const at::Tensor bias = at::full({5}, 9.0f);
  const NamedTensors parameters = One("b", bias, at::zeros({5}));
  const Json all = Json::array({{{"name", "elastic_net"}, {"strength", 0.1}, {"ratio", 0.3}},
                                {{"name", "max_norm"}, {"limit", 1.5}}});
  AddPenalties(all, parameters);
  ApplyConstraints(all, parameters);
  EXPECT_TRUE(at::equal(parameters[0].second, bias));
  EXPECT_EQ(parameters[0].second.grad().abs().sum().item<float>(), 0);
}

TEST(Regularize, ClipValueEqualsTorch) {
  const NamedTensors parameters =
      One("w", Formula("penalty", {3, 4}) * 4, Formula("slope", {3, 4}));
  ClipValues(parameters, 0.25);
  EXPECT_LT(
      RelativeDifference(parameters[0].second.grad(), Reference().at("penalties").at("clip_value")),
      1e-7);
}

TEST(Regularize, NoiseHasItsVarianceAndDependsOnSeedStepAndWeightOnly) {
  const Json settings = {{"eta", 0.3}, {"gamma", 0.55}};
  const auto noise = [&](uint64_t seed, int64_t step) {
    const NamedTensors parameters = One("w", at::zeros({200, 301}), at::zeros({200, 301}));
    AddGradientNoise(settings, seed, step, parameters);
    return parameters[0].second.grad().clone();
  };
  for (const int64_t step : {0, 99}) {
    const at::Tensor n = noise(4, step);
    const double sigma = std::sqrt(0.3 / std::pow(1.0 + static_cast<double>(step), 0.55));
    EXPECT_NEAR(n.mean().item<double>(), 0, 5 * sigma / std::sqrt(60200.0));
    EXPECT_NEAR(n.std().item<double>(), sigma, 0.02 * sigma);
    EXPECT_NEAR((n.abs() < sigma).to(at::kDouble).mean().item<double>(), 0.6827, 0.01);
    EXPECT_TRUE(at::equal(n, noise(4, step)));
    EXPECT_FALSE(at::equal(n, noise(5, step)));
  }
  EXPECT_FALSE(at::equal(noise(4, 0), noise(4, 1)));
  // Two parameters of one step have noise of their own.
  std::vector<float> a(64), b(64);
  FillNormal(4, 0, 0, 64, a.data());
  FillNormal(4, 0, 1, 64, b.data());
  EXPECT_NE(a, b);
}

TEST(Regularize, LossOfMixedRowsIsTorchsOfMixedLabels) {
  const Json& mixing = Reference().at("mixing");
  Batch batch;
  batch.rows = {0, 1, 2, 3};
  batch.labels = at::tensor(std::vector<int64_t>{0, 2, 1, 2});
  batch.labels_b = batch.labels.roll(1);
  batch.share = at::tensor(mixing.at("shares").get<std::vector<float>>());
  const auto check = [&](const Json& settings, const Json& expected) {
    const at::Tensor logits = (Formula("mixlogits", {4, 3}) * 6).requires_grad_();
    const at::Tensor loss = Loss(settings, logits, batch);
    loss.backward();
    EXPECT_NEAR(loss.item<double>(), expected.at("loss").get<double>(), 2e-6);
    EXPECT_LT(RelativeDifference(logits.grad(), expected.at("gradient")), 2e-6);
  };
  for (const Json& expected : mixing.at("losses")) {
    check({{"name", "cross_entropy"},
           {"label_smoothing", expected.at("smoothing")},
           {"class_weights", nullptr}},
          expected);
  }
  check({{"name", "cross_entropy"},
         {"label_smoothing", 0.0},
         {"class_weights", mixing.at("weighted").at("weights")}},
        mixing.at("weighted"));
}

TEST(Regularize, MixedRowsCountWithBothWeights) {
  Batch batch;
  batch.rows = {0, 1};
  batch.values = at::tensor(std::vector<float>{1, 2});
  batch.values_b = at::tensor(std::vector<float>{2, 1});
  batch.weights = at::tensor(std::vector<float>{3, 5});
  batch.weights_b = at::tensor(std::vector<float>{5, 3});
  batch.share = at::tensor(std::vector<float>{0.25, 1});
  const Json mse = {{"name", "mse"}};
  EXPECT_NEAR(LossWeight(mse, batch), 0.25 * 3 + 0.75 * 5 + 5, 1e-6);
  const at::Tensor z = at::zeros({2, 1});
  EXPECT_NEAR(LossSum(mse, z, batch).item<double>(), 0.25 * 3 * 1 + 0.75 * 5 * 4 + 5 * 4, 1e-5);
}

}  // namespace
}  // namespace bottega
