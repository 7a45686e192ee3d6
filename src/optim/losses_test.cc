#include "optim/losses.h"

#include <gtest/gtest.h>

#include "optim/loss.h"
#include "optim/loss_classes_spec.h"
#include "optim/losses_specs.h"
#include "optim/optim_test_support.h"

namespace bottega {
namespace {

Batch LossBatch() {
  Batch batch;
  batch.rows = {0, 1, 2, 3, 4, 5};
  batch.labels = at::tensor(std::vector<int64_t>{0, 3, 1, 2, 2, 0});
  batch.values = Formula("values", {6}) * 2;
  return batch;
}

bool ForClasses(const Json& settings) {
  try {
    ResolveLoss(settings, true);
    return true;
  } catch (const Error&) {
    return false;
  }
}

at::Tensor LossInput(const Json& settings) {
  if (!ForClasses(settings)) return Formula("column", {6, 1}) * 6;
  const int64_t classes = settings.value("classes", 4);
  return (Formula("logits", {6, 4}) * 6).narrow(1, 0, classes).contiguous();
}

// The case's settings, bound to classes c0 ... c3, and its batch.
Json LossSettings(const Json& item) {
  Json settings = Complete(LossSpecs(), item.at("settings"));
  if (!ForClasses(settings)) return settings;
  return BindLoss(settings, {.names = {"c0", "c1", "c2", "c3"}});
}

Batch BatchOf(const Json& settings) {
  Batch batch = LossBatch();
  if (settings.value("classes", 4) == 2) batch.labels = (batch.labels > 0).to(at::kLong);
  return batch;
}

TEST(Losses, EqualTorch) {
  int cases = 0;
  for (const Json& item : Reference().at("losses")) {
    const Json settings = LossSettings(item);
    const at::Tensor z = LossInput(settings).requires_grad_();
    const at::Tensor loss = Loss(settings, z, BatchOf(settings));
    loss.backward();
    EXPECT_NEAR(loss.item<double>(), item.at("loss").get<double>(), 1e-6) << settings.dump();
    EXPECT_LT(RelativeDifference(z.grad(), item.at("gradient")), 2e-6) << settings.dump();
    ++cases;
  }
  EXPECT_EQ(cases, 16);
}

TEST(Losses, SureAnswersHaveFiniteGradients) {
  for (const char* name : {"focal", "ordinal", "cross_entropy", "expected_cost"}) {
    Json settings = Complete(LossSpecs(), {{"name", name}, {"gamma", 0.5}});
    settings = BindLoss(settings, {.names = {"1", "2", "3"}});
    for (const double size : {40.0, 200.0}) {
      const at::Tensor z = (at::eye(3) * size).requires_grad_();
      Batch batch;
      batch.rows = {0, 1, 2};
      batch.labels = at::tensor(std::vector<int64_t>{0, 2, 1});
      Loss(settings, z, batch).backward();
      EXPECT_TRUE(at::isfinite(z.grad()).all().item<bool>()) << name << " " << size;
    }
  }
}

TEST(Losses, OrdinalOfTwoClassesIsCrossEntropyAndDistanceCosts) {
  const Json two = BindLoss(Complete(LossSpecs(), {{"name", "ordinal"}}), {.names = {"0", "1"}});
  const Json plain = Complete(LossSpecs(), {{"name", "cross_entropy"}});
  Batch batch = BatchOf({{"classes", 2}});
  const at::Tensor z = LossInput({{"name", "focal"}, {"classes", 2}});
  EXPECT_NEAR(Loss(two, z, batch).item<double>(), Loss(plain, z, batch).item<double>(), 1e-6);
  // Numbers are sorted by value: 9 lies below 10, whatever the text says.
  const Json three =
      BindLoss(Complete(LossSpecs(), {{"name", "ordinal"}}), {.names = {"10", "8", "9"}});
  EXPECT_EQ(three.at("ranks"), Json({1, 2, 0}));
  Batch lowest;
  lowest.rows = {0};
  lowest.labels = at::tensor(std::vector<int64_t>{1});
  const double near =
      Loss(three, at::tensor({0.0f, 0.0f, 3.0f}).view({1, 3}), lowest).item<double>();
  const double far =
      Loss(three, at::tensor({3.0f, 0.0f, 0.0f}).view({1, 3}), lowest).item<double>();
  EXPECT_GT(far, near);
}

TEST(Losses, CostsBecomeWeightsAndMistakesInThemAreTold) {
  const auto bind = [](const Json& settings, const Json& use = Json::object()) {
    return BindLoss(Complete(LossSpecs(), settings),
                    {.names = {"no", "yes"}, .positive = 1, .error_costs = use});
  };
  const Json kinds = {{"false_positive", 1}, {"false_negative", 3}};
  const Json own = bind({{"name", "cross_entropy"}, {"costs", kinds}});
  EXPECT_EQ(own.at("class_weights"), Json({0.5, 1.5}));
  EXPECT_EQ(bind({{"name", "cross_entropy"}, {"use_error_costs", true}}, kinds), [&] {
    Json same = own;
    same["costs"] = Json::object();
    same["use_error_costs"] = true;
    return same;
  }());
  EXPECT_EQ(bind({{"name", "cross_entropy"}, {"costs", {{"yes", {{"no", 3}}}}}})["class_weights"],
            Json({0.5, 1.5}));
  for (const Json& wrong :
       {Json{{"name", "cross_entropy"}, {"costs", {{"maybe", {{"no", 3}}}}}},
        Json{{"name", "cross_entropy"}, {"costs", {{"yes", {{"no", -3}}}}}},
        Json{{"name", "cross_entropy"}, {"costs", {{"yes", 3}}}},
        Json{{"name", "cross_entropy"}, {"use_error_costs", true}},
        Json{{"name", "cross_entropy"}, {"class_weights", {1.0}}},
        Json{{"name", "cross_entropy"}, {"class_weights", {1.0, 2.0}}, {"costs", kinds}},
        Json{{"name", "ordinal"}}, Json{{"name", "ordinal"}, {"order", {"no"}}},
        Json{{"name", "ordinal"}, {"order", {"no", "no"}}}}) {
    EXPECT_THROW(bind(wrong), Error) << wrong.dump();
  }
}

TEST(Losses, MicroBatchesAddUpAndWeightsCount) {
  for (const Json& item : Reference().at("losses")) {
    const Json settings = LossSettings(item);
    Batch batch = BatchOf(settings);
    batch.weights = at::tensor(std::vector<float>{1, 0, 2, 0.5, 3, 1});
    const at::Tensor z = LossInput(settings);
    double sum = 0, weight = 0;
    for (int64_t begin = 0; begin < 6; begin += 2) {
      Batch part;
      part.rows.assign(batch.rows.begin() + begin, batch.rows.begin() + begin + 2);
      part.labels = batch.labels.narrow(0, begin, 2);
      part.values = batch.values.narrow(0, begin, 2);
      part.weights = batch.weights.narrow(0, begin, 2);
      sum += LossSum(settings, z.narrow(0, begin, 2), part).item<double>();
      weight += LossWeight(settings, part);
    }
    EXPECT_NEAR(sum / weight, Loss(settings, z, batch).item<double>(), 1e-6) << settings.dump();
  }
}

TEST(Losses, AutoFitsTheTask) {
  EXPECT_EQ(ResolveLoss({{"name", "auto"}}, true).at("name"), "cross_entropy");
  EXPECT_EQ(ResolveLoss({{"name", "auto"}}, false).at("name"), "mse");
  EXPECT_THROW(ResolveLoss({{"name", "mse"}}, true), Error);
}

}  // namespace
}  // namespace bottega
