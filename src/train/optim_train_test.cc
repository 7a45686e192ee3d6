// Optimizers, schedules and losses through whole trainings; the range test and the race.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/progress.h"
#include "train/lr_range.h"
#include "train/optim_race.h"
#include "train/schedule_curve.h"
#include "train/train_fixture.h"
#include "train/train_with_stops.h"

namespace bottega {
namespace {

class OptimTrainTest : public testing::Test {
 protected:
  void SetUp() override { SetQuiet(true); }
  void TearDown() override { SetQuiet(false); }

  static std::string Weights(const TrainInputs& inputs) {
    return Sha256OfFile(inputs.run / "model" / "model.safetensors");
  }

  static Json WithName(const SpecList& specs, const std::string& name) {
    for (const Spec* spec : specs) {
      if (spec->name != name) continue;
      Json settings = {{"name", name}};
      for (const Param& param : spec->params) settings[param.name] = param.fallback;
      return settings;
    }
    return nullptr;
  }
};

constexpr const char* kTable =
    "{model: {name: mlp, hidden: [16], dropout: 0.2}, train: {epochs: 3, batch: 32, "
    "early_stopping: "
    "none, layer_decay: 0.7, groups: [{match: \"head.*\", lr_scale: 2, weight_decay: 0.3}]}}";

TEST_F(OptimTrainTest, EveryOptimizerResumesToTheBit) {
  TrainFixture fixture;
  MakeTable(&fixture, kTable);
  for (const Spec* spec : OptimizerSpecs()) {
    TrainInputs whole = fixture.Inputs(spec->name);
    whole.recipe["train"]["optimizer"] = WithName(OptimizerSpecs(), spec->name);
    if (spec->name == "lbfgs") {
      whole.recipe["train"]["layer_decay"] = nullptr;
      whole.recipe["train"]["groups"] = Json::array();
      whole.recipe["train"]["batch"] = 320;  // of all rows: only then is each step one down
      whole.recipe["train"]["epochs"] = 12;
      whole.recipe["train"]["penalties"] = Json::array({{{"name", "l2"}, {"strength", 0.1}}});
    }
    TrainInputs stopped = whole;
    stopped.run = fixture.Inputs(spec->name + "-stopped").run;
    const TrainOutcome outcome = Train(whole);
    EXPECT_LT(outcome.curve.back()["train.loss"].get<double>(),
              outcome.curve.front()["train.loss"].get<double>())
        << spec->name;
    TrainWithStops(stopped, 7);
    EXPECT_EQ(Weights(stopped), Weights(whole)) << spec->name;
  }
}

// The gradient of a batch is asked for again: the same rows get the same dropout.
TEST_F(OptimTrainTest, LbfgsOnOneBatchIsTheSameInMicroBatches) {
  TrainFixture fixture;
  MakeTable(&fixture,
            "{model: {name: mlp, hidden: [8], dropout: 0.2}, train: {epochs: 4, batch: 320, "
            "early_stopping: none, schedule: constant, optimizer: {name: lbfgs, max_iter: 5}}}");
  const TrainInputs whole = fixture.Inputs("whole");
  const TrainOutcome outcome = Train(whole);
  // Four steps of the same 320 rows, whose dropout differs by epoch.
  EXPECT_LT(outcome.curve.back()["train.loss"].get<double>(),
            0.6 * outcome.curve.front()["train.loss"].get<double>());
  TrainInputs cut = fixture.Inputs("cut");
  cut.recipe["train"]["micro_batch"] = 80;
  const TrainOutcome parts = Train(cut);
  EXPECT_NEAR(parts.curve.back()["train.loss"].get<double>(),
              outcome.curve.back()["train.loss"].get<double>(), 1e-2);
}

TEST_F(OptimTrainTest, EveryScheduleAndClassLossTrains) {
  TrainFixture fixture;
  MakeTable(&fixture, kTable);
  for (const Spec* spec : ScheduleSpecs()) {
    TrainInputs inputs = fixture.Inputs("schedule-" + spec->name);
    inputs.recipe["train"]["schedule"] = WithName(ScheduleSpecs(), spec->name);
    EXPECT_GT(Train(inputs).curve.back()["validation.roc_auc"].get<double>(), 0.6) << spec->name;
  }
  for (const char* name : {"focal", "ordinal", "expected_cost", "cross_entropy"}) {
    TrainInputs inputs = fixture.Inputs(std::string("loss-") + name);
    Json loss = WithName(LossSpecs(), name);
    if (loss.contains("order")) loss["order"] = {"no", "yes"};
    if (loss.contains("costs")) loss["costs"] = {{"yes", {{"no", 3}}}};
    inputs.recipe["train"]["loss"] = loss;
    EXPECT_GT(Train(inputs).curve.back()["validation.roc_auc"].get<double>(), 0.6) << name;
  }
}

// Half of the answers lie below the median, nine tenths below the 0.9 quantile.
TEST_F(OptimTrainTest, QuantilesAreLearned) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: mlp, train: {epochs: 40, batch: 32, early_stopping: none}}", true);
  double mean[2] = {};
  for (const int high : {0, 1}) {
    TrainInputs inputs = fixture.Inputs(high ? "high" : "middle");
    inputs.recipe["train"]["loss"] = {{"name", "quantile"}, {"q", high ? 0.9 : 0.5}};
    const TrainOutcome outcome = Train(inputs);
    mean[high] = outcome.curve.back()["validation.rmse"].get<double>();
  }
  EXPECT_GT(mean[1], mean[0]);  // answers that are too high on purpose are further off
}

TEST_F(OptimTrainTest, GroupsAndDecayHaveTheirEffect) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: {name: mlp, hidden: [16]}, train: {epochs: 2, batch: 32}}");
  const TrainInputs plain = fixture.Inputs("plain");
  Train(plain);
  int number = 0;
  for (const auto& [key, value] : std::vector<std::pair<std::string, Json>>{
           {"no_decay", "none"},
           {"layer_decay", 0.5},
           {"init", WithName(InitializerSpecs(), "orthogonal")},
           {"groups",
            {{{"match", "head.*"},
              {"lr_scale", 0.1},
              {"l2", nullptr},
              {"weight_decay", nullptr}}}}}) {
    TrainInputs inputs = fixture.Inputs("changed" + std::to_string(number++));
    inputs.recipe["train"][key] = value;
    Train(inputs);
    EXPECT_NE(Weights(inputs), Weights(plain)) << key;
  }
}

TEST_F(OptimTrainTest, TheRangeTestFindsARateThatLearns) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: {name: mlp, hidden: [32]}, train: {batch: 16}}");
  const TrainInputs inputs = fixture.Inputs("none");
  const LrRange range = FindLearningRate(inputs, {});
  ASSERT_TRUE(range.suggested.has_value()) << range.reason;
  EXPECT_GT(*range.suggested, 3e-4);
  EXPECT_LT(*range.suggested, 0.3);
  EXPECT_LE(*range.begins, *range.lowest);
  EXPECT_EQ(RangeToJson(FindLearningRate(inputs, {})), RangeToJson(range));
  EXPECT_FALSE(std::filesystem::exists(inputs.run / "checkpoints"));
  EXPECT_FALSE(std::filesystem::exists(inputs.run / "choices.json"));
}

LrRange Made(const std::function<double(double)>& loss_at_log) {
  LrRange range;
  for (int i = 0; i < 140; ++i) {
    const double log = -6 + i * 0.05;
    range.points.push_back({.lr = std::pow(10, log), .loss = loss_at_log(log)});
  }
  JudgeRange(&range);
  return range;
}

TEST(LrRange, IsJudgedByItsShape) {
  // Flat, falls around 10^-3, lowest at 10^-1, then rises.
  const LrRange falls = Made([](double x) {
    return 2 - 1 / (1 + std::exp(-6 * (x + 3))) + (x > -1 ? 3 * (x + 1) * (x + 1) : 0);
  });
  ASSERT_TRUE(falls.suggested.has_value());
  EXPECT_NEAR(std::log10(*falls.steepest), -3, 0.15);
  EXPECT_NEAR(std::log10(*falls.suggested), -3, 0.15);
  EXPECT_LT(*falls.begins, *falls.steepest);
  // Steepest just before it diverges: kept away from there.
  const LrRange late = Made([](double x) { return x < -1 ? 2 - std::exp(x + 1) : 5.0; });
  ASSERT_TRUE(late.suggested.has_value());
  EXPECT_LE(*late.suggested, *late.lowest / 3 * 1.0001);
  EXPECT_FALSE(Made([](double) { return 1.0; }).suggested.has_value());
}

TEST_F(OptimTrainTest, TheRaceRanksAndPairsSeeds) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: {name: mlp, hidden: [16]}, train: {batch: 32}}");
  const TrainInputs inputs = fixture.Inputs("none");
  Json hopeless = WithName(OptimizerSpecs(), "sgd");
  hopeless["lr"] = 1e-9;
  const RaceOptions options = {.optimizers = {hopeless, WithName(OptimizerSpecs(), "adamw"),
                                              WithName(OptimizerSpecs(), "lbfgs")},
                               .epochs = 4,
                               .tries = 3,
                               .seeds = 3};
  const Race race = RaceOptimizers(inputs, options);
  ASSERT_EQ(race.entries.size(), 3U);
  EXPECT_EQ(race.score.path(), "validation.loss");
  EXPECT_EQ(race.entries.back().name(), "sgd");
  EXPECT_TRUE(ClearlyBehind(race.entries.back()));
  EXPECT_TRUE(race.entries.back().at_edge);
  EXPECT_EQ(race.entries.front().behind.mean, 0);
  for (const RaceEntry& entry : race.entries) {
    EXPECT_EQ(entry.tried.size(), 3U);
    EXPECT_EQ(entry.scores.size(), 3U);
    // Ten batches of 32 an epoch, and a step of lbfgs looks at its batch many times.
    if (entry.name() == "lbfgs") {
      EXPECT_LT(entry.steps, 20);
    } else {
      EXPECT_EQ(entry.steps, 40);
    }
  }
  const Race again = RaceOptimizers(inputs, options);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(again.entries[i].scores, race.entries[i].scores);
}

TEST_F(OptimTrainTest, TheScheduleIsKnownBeforehand) {
  TrainFixture fixture;
  MakeTable(&fixture,
            "{model: mlp, train: {epochs: 3, batch: 32, schedule: {name: cosine, warmup: 0.1}, "
            "early_stopping: "
            "none}}");
  const TrainInputs inputs = fixture.Inputs("run");
  const ScheduleCurve curve = CurveOfSchedule(inputs);
  EXPECT_EQ(curve.steps_per_epoch, 10);
  ASSERT_EQ(curve.rates.size(), 30U);
  const TrainOutcome outcome = Train(inputs);
  // The log's rate of an epoch is that of the step after it.
  EXPECT_NEAR(outcome.curve[0]["lr"].get<double>(), curve.rates[10], 1e-12);
  EXPECT_NEAR(outcome.curve[1]["lr"].get<double>(), curve.rates[20], 1e-12);
}

}  // namespace
}  // namespace bottega
