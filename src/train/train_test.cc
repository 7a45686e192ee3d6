#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "base/hash.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "model/weights/safetensors.h"
#include "train/checkpoint.h"
#include "train/train_fixture.h"
#include "train/train_stage.h"
#include "train/train_with_stops.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

class TrainTest : public testing::Test {
 protected:
  void SetUp() override { SetQuiet(true); }
  void TearDown() override { RequestStop(0); }

  static std::string Weights(const TrainInputs& inputs) {
    return Sha256OfFile(inputs.run / "model" / "model.safetensors");
  }
};

constexpr const char* kTable =
    "{model: {name: mlp, hidden: [16], dropout: 0.2}, train: {epochs: 6, batch: 32, "
    "early_stopping: "
    "{metric: validation.roc_auc, patience: 2}}}";
constexpr const char* kPictures =
    "{model: {name: resnet_small, dropout: 0.1}, augment: [flip, {rotate: {degrees: 20}}], train: "
    "{epochs: 3, batch: 8, micro_batch: 4, picture_size: 16, precision: fp32, layout: contiguous}}";

TEST_F(TrainTest, LearnsATableAndLeavesEverythingInTheRunFolder) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: mlp, train: {epochs: 12}}");
  const TrainInputs inputs = fixture.Inputs("run");
  const TrainOutcome outcome = Train(inputs);
  EXPECT_GT(outcome.epochs, 3);
  EXPECT_GE(outcome.best_epoch, 1);
  EXPECT_EQ(outcome.curve.size(), static_cast<size_t>(outcome.epochs));
  const Json best = outcome.curve[static_cast<size_t>(outcome.best_epoch - 1)];
  EXPECT_GT(best["validation.accuracy"].get<double>(), 0.85);
  EXPECT_GT(best["validation.roc_auc"].get<double>(), 0.93);
  EXPECT_TRUE(best.contains("train.loss") && best.contains("train.accuracy"));
  for (const char* file :
       {"choices.json", "log.jsonl", "events.out.tfevents.bottega", "model/config.json",
        "model/model.safetensors", "checkpoints/last/checkpoint.safetensors",
        "checkpoints/best/checkpoint.safetensors"}) {
    EXPECT_TRUE(fs::exists(inputs.run / file)) << file;
  }
}

TEST_F(TrainTest, LearnsValues) {
  TrainFixture fixture;
  MakeTable(&fixture, "{train: {epochs: 40, batch: 32}}", /*regression=*/true);
  const TrainOutcome outcome = Train(fixture.Inputs("run"));
  const Json best = outcome.curve[static_cast<size_t>(outcome.best_epoch - 1)];
  EXPECT_GT(best["validation.r2"].get<double>(), 0.85) << outcome.curve.dump(1);
}

TEST_F(TrainTest, LearnsPictures) {
  TrainFixture fixture;
  MakePictures(&fixture, "{train: {epochs: 8, batch: 8, picture_size: 16}}");
  const TrainInputs inputs = fixture.Inputs("run");
  const TrainOutcome outcome = Train(inputs);
  const Json best = outcome.curve[static_cast<size_t>(outcome.best_epoch - 1)];
  EXPECT_GE(best["validation.accuracy"].get<double>(), 0.7) << outcome.curve.dump(1);
  EXPECT_TRUE(fs::exists(inputs.run / "model" / "preprocessor_config.json"));
}

TEST_F(TrainTest, AFinishedRunReturnsAtOnce) {
  TrainFixture fixture;
  MakeTable(&fixture, kTable);
  const TrainInputs inputs = fixture.Inputs("run");
  const TrainOutcome first = Train(inputs);
  const auto written = fs::last_write_time(inputs.run / "model" / "model.safetensors");
  const TrainOutcome second = Train(inputs);
  EXPECT_EQ(first.curve, second.curve);
  EXPECT_EQ(first.stopped, second.stopped);
  EXPECT_EQ(written, fs::last_write_time(inputs.run / "model" / "model.safetensors"));
}

TEST_F(TrainTest, StopsAtAnyStepOfATableChangeNoBit) {
  TrainFixture fixture;
  MakeTable(&fixture, kTable);
  const TrainInputs whole = fixture.Inputs("whole");
  const TrainOutcome expected = Train(whole);
  for (const int sittings : {1, 7, 23}) {
    const TrainInputs inputs = fixture.Inputs("stopped" + std::to_string(sittings));
    const TrainOutcome outcome = TrainWithStops(inputs, sittings);
    EXPECT_EQ(Weights(inputs), Weights(whole)) << sittings;
    EXPECT_EQ(outcome.best_epoch, expected.best_epoch);
    ASSERT_EQ(outcome.curve.size(), expected.curve.size());
    for (size_t i = 0; i < outcome.curve.size(); ++i) {
      EXPECT_EQ(outcome.curve[i]["train.loss"], expected.curve[i]["train.loss"]);
      EXPECT_EQ(outcome.curve[i]["validation.loss"], expected.curve[i]["validation.loss"]);
    }
  }
}

TEST_F(TrainTest, StopsAtAnyStepOfPicturesChangeNoBit) {
  TrainFixture fixture;
  MakePictures(&fixture, kPictures);
  const TrainInputs whole = fixture.Inputs("whole");
  Train(whole);
  for (const int sittings : {3, 8}) {
    const TrainInputs inputs = fixture.Inputs("stopped" + std::to_string(sittings));
    TrainWithStops(inputs, sittings);
    EXPECT_EQ(Weights(inputs), Weights(whole)) << sittings;
  }
}

TEST_F(TrainTest, WhatAKilledProcessLeftIsCutAndRedone) {
  TrainFixture fixture;
  MakeTable(&fixture, kTable);
  const TrainInputs whole = fixture.Inputs("whole");
  Train(whole);
  TrainInputs inputs = fixture.Inputs("killed");
  inputs.recipe["train"]["checkpoint_seconds"] = 0.0;
  RequestStop(SIGINT);
  EXPECT_THROW(Train(inputs), Interrupted);
  RequestStop(0);
  // As if the process had gone on after its checkpoint and been killed inside the next one.
  AppendFile(inputs.run / "log.jsonl").Append("{\"event\":\"epoch\",\"epo");
  AppendFile(inputs.run / "events.out.tfevents.bottega").Append("half a record");
  Train(inputs);
  EXPECT_EQ(Weights(inputs), Weights(whole));
  const auto lines = [](const fs::path& run) {
    std::string text = ReadFile(run / "log.jsonl");
    return std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_EQ(lines(inputs.run), lines(whole.run));
  EXPECT_EQ(fs::file_size(inputs.run / "events.out.tfevents.bottega"),
            fs::file_size(whole.run / "events.out.tfevents.bottega"));
}

TEST_F(TrainTest, MicroBatchesChangeNothingButRounding) {
  TrainFixture fixture;
  MakeTable(&fixture,
            "{model: {name: mlp, hidden: [16], dropout: 0.3}, train: {epochs: 2, batch: 32, "
            "optimizer: {name: sgd, lr: 0.05}, early_stopping: none}}");
  const TrainInputs whole = fixture.Inputs("whole");
  Train(whole);
  TrainInputs cut = fixture.Inputs("cut");
  cut.recipe["train"]["micro_batch"] = 8;
  Train(cut);
  EXPECT_EQ(ReadJson(cut.run / "choices.json")["micro_batch"], 8);
  const auto a = ReadSafetensors(whole.run / "model" / "model.safetensors");
  const auto b = ReadSafetensors(cut.run / "model" / "model.safetensors");
  for (const auto& [name, tensor] : a.tensors) {
    EXPECT_TRUE(at::allclose(tensor, b.Find(name), 1e-4, 1e-5)) << name;
  }
}

TEST_F(TrainTest, StopsEarlyAndKeepsTheBestEpoch) {
  TrainFixture fixture;
  MakeTable(&fixture,
            "{model: {name: mlp, hidden: [128, 128], dropout: 0}, train: {epochs: 200, batch: 16, "
            "early_stopping: {metric: validation.loss, patience: 3}}}");
  const TrainInputs inputs = fixture.Inputs("run");
  const TrainOutcome outcome = Train(inputs);
  EXPECT_EQ(outcome.stopped, "early_stopping");
  EXPECT_EQ(outcome.epochs, outcome.best_epoch + 3);
  double best = 1e9;
  int64_t best_epoch = 0;
  for (const Json& record : outcome.curve) {
    if (record["validation.loss"].get<double>() < best) {
      best = record["validation.loss"].get<double>();
      best_epoch = record["epoch"].get<int64_t>();
    }
  }
  EXPECT_EQ(outcome.best_epoch, best_epoch);
  const auto weights = ReadSafetensors(inputs.run / "model" / "model.safetensors");
  const auto kept = LoadBest(inputs.run);
  ASSERT_TRUE(kept.has_value());
  for (const auto& [name, tensor] : kept->model) {
    EXPECT_TRUE(weights.Find(name).equal(tensor)) << name;
  }
}

TEST_F(TrainTest, DivergenceIsAnErrorThatKeepsTheCheckpoint) {
  TrainFixture fixture;
  MakeTable(&fixture,
            "{model: mlp, train: {epochs: 30, batch: 32, checkpoint_seconds: 0, optimizer: {name: "
            "sgd, lr: "
            "1e30}, early_stopping: none}}",
            /*regression=*/true);
  const TrainInputs inputs = fixture.Inputs("run");
  try {
    Train(inputs);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kRecipe);
    EXPECT_THAT(e.message(), testing::HasSubstr("no longer a number"));
    EXPECT_THAT(e.hint(), testing::HasSubstr("train.optimizer.lr="));
  }
  EXPECT_TRUE(LoadTrainState(inputs.run).has_value());
}

TEST_F(TrainTest, AChangedRecipeIsNotResumed) {
  TrainFixture fixture;
  MakeTable(&fixture, kTable);
  TrainInputs inputs = fixture.Inputs("run");
  RequestStop(SIGTERM);
  EXPECT_THROW(Train(inputs), Interrupted);
  RequestStop(0);
  inputs.recipe["train"]["optimizer"]["lr"] = 0.5;
  EXPECT_THROW(Train(inputs), Error);
}

TEST_F(TrainTest, ChoicesAreReplayed) {
  TrainFixture fixture;
  MakePictures(&fixture, "{train: {epochs: 1, batch: 8, picture_size: 16}}");
  const TrainInputs first = fixture.Inputs("first");
  Train(first);
  Json choices = ReadJson(first.run / "choices.json");
  EXPECT_GE(choices["measured"].size(), 2U);
  choices["precision"] = choices["precision"] == "bf16" ? "fp32" : "bf16";
  std::string digests[2];
  for (std::string& digest : digests) {
    TrainInputs inputs = fixture.Inputs(&digest == digests ? "replayed" : "again");
    WriteJson(inputs.run / "choices.json", choices);
    Train(inputs);
    EXPECT_EQ(ReadJson(inputs.run / "choices.json"), choices);
    digest = Weights(inputs);
  }
  EXPECT_EQ(digests[0], digests[1]);
  EXPECT_NE(digests[0], Weights(first));
}

TEST_F(TrainTest, BalancingAndPenaltiesAndClippingHaveTheirEffect) {
  TrainFixture fixture;
  MakeTable(&fixture, kTable);
  const TrainInputs plain = fixture.Inputs("plain");
  Train(plain);
  const std::pair<const char*, Json> changes[] = {
      {"clip_norm", 0.01}, {"penalties", Json::array({{{"name", "l2"}, {"strength", 0.1}}})}};
  int number = 0;
  for (const auto& [key, value] : changes) {
    TrainInputs inputs = fixture.Inputs("changed" + std::to_string(number++));
    inputs.recipe["train"][key] = value;
    Train(inputs);
    EXPECT_NE(Weights(inputs), Weights(plain)) << key;
  }
}

}  // namespace
}  // namespace bottega
