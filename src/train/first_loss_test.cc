#include "train/first_loss.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/progress.h"
#include "base/text.h"
#include "train/train_fixture.h"

namespace bottega {
namespace {

Batch Classes(int64_t classes) {
  Batch batch;
  for (int64_t i = 0; i < 30; ++i) batch.rows.push_back(i);
  batch.labels = at::arange(30, at::kLong).remainder(classes);
  return batch;
}

double Expected(const Json& loss, const Batch& batch, int64_t outputs) {
  return CompareFirstLoss(loss, {&batch, 1}, 1, outputs).expected;
}

TEST(FirstLoss, IsWhatTheorySays) {
  const Json none;
  EXPECT_NEAR(
      Expected({{"name", "cross_entropy"}, {"label_smoothing", 0.2}, {"class_weights", none}},
               Classes(10), 10),
      std::log(10), 1e-6);
  EXPECT_NEAR(Expected({{"name", "focal"}, {"gamma", 2.0}, {"class_weights", none}}, Classes(4), 4),
              0.75 * 0.75 * std::log(4), 1e-6);
  EXPECT_NEAR(Expected({{"name", "ordinal"}, {"ranks", {0, 1}}}, Classes(2), 2), std::log(2), 1e-6);
  Batch values;
  values.rows = {0, 1, 2, 3};
  values.values = at::tensor(std::vector<float>{-2, 2, 1, -1});
  EXPECT_NEAR(Expected({{"name", "mse"}}, values, 1), 2.5, 1e-6);
  EXPECT_NEAR(Expected({{"name", "l1"}}, values, 1), 1.5, 1e-6);
}

TEST(FirstLoss, ToleranceIsHalfOfIt) {
  FirstLoss first{.loss = 1.4, .expected = 1, .formula = "log 3"};
  EXPECT_TRUE(first.AsExpected());
  first.loss = 1.6;
  EXPECT_FALSE(first.AsExpected());
  EXPECT_THAT(first.Text(), testing::HasSubstr("too large"));
  first.loss = 0.3;
  EXPECT_FALSE(first.AsExpected());
  EXPECT_THAT(first.Text(), testing::HasSubstr("knows something"));
}

Json FirstLine(const TrainInputs& inputs) {
  const std::string log = ReadFile(inputs.run / "log.jsonl");
  return ParseJson(Split(log, '\n')[0], "log.jsonl");
}

// A start that was spoilt on purpose is told; what the layers do by themselves is not.
TEST(FirstLoss, ASpoiltStartIsToldInTheLog) {
  SetQuiet(true);
  TrainFixture fixture;
  MakeTable(&fixture, "{model: mlp, train: {epochs: 1, batch: 32}}");
  const auto first_of = [&](const std::string& name, const Json& init) {
    TrainInputs inputs = fixture.Inputs(name);
    if (!init.is_null()) inputs.recipe["train"]["init"] = init;
    Train(inputs);
    return FirstLine(inputs);
  };
  const Json plain = first_of("plain", nullptr);
  EXPECT_EQ(plain.at("event"), "first_loss");
  EXPECT_TRUE(plain.at("as_expected").get<bool>()) << plain.dump();
  EXPECT_NEAR(plain.at("expected").get<double>(), std::log(2), 1e-5);
  const Json spoilt =
      first_of("spoilt", {{"name", "xavier_normal"}, {"gain", 8.0}, {"zero_last", false}});
  EXPECT_FALSE(spoilt.at("as_expected").get<bool>()) << spoilt.dump();
  const Json zero =
      first_of("zero", {{"name", "kaiming_normal"}, {"mode", "fan_in"}, {"zero_last", true}});
  EXPECT_NEAR(zero.at("loss").get<double>(), std::log(2), 1e-5);
  SetQuiet(false);
}

}  // namespace
}  // namespace bottega
