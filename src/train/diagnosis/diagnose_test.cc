#include <arrow/table.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/progress.h"
#include "base/text.h"
#include "metric/diagnosis/candidates.h"
#include "train/checkpoint.h"
#include "train/diagnosis/diagnose_stage.h"
#include "train/diagnosis/trials.h"
#include "train/layer_statistics.h"
#include "train/train_fixture.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

constexpr int kSeeds = 10;

class DiagnoseTest : public testing::Test {
 protected:
  void SetUp() override { SetQuiet(true); }

  static std::vector<Json> Lines(const fs::path& run, const std::string& event) {
    std::vector<Json> lines;
    for (const std::string& line : Split(ReadFile(run / "log.jsonl"), '\n')) {
      if (line.empty()) continue;
      const Json record = ParseJson(line, "log.jsonl");
      if (record.at("event") == event) lines.push_back(record);
    }
    return lines;
  }
  // name -> epoch of what was said while it was trained.
  static std::map<std::string, int64_t> Said(const fs::path& run) {
    std::map<std::string, int64_t> said;
    for (const Json& line : Lines(run, "verdict")) {
      EXPECT_FALSE(said.contains(line.at("name"))) << "said twice: " << line;
      said[line.at("name")] = line.at("epoch");
    }
    return said;
  }

  static Json With(const TrainFixture& fixture, const std::string& yaml) {
    Json recipe = ResolvedRecipe(yaml);
    recipe["clean"] = fixture.recipe.at("clean");
    return recipe;
  }

  // Settings such as train.optimizer.lr=0.1 put into a resolved recipe.
  static Json Override(Json recipe, const std::vector<std::string>& sets) {
    for (const std::string& set : sets) {
      const size_t sign = set.find('=');
      Json* at = &recipe;
      for (const std::string& key : Split(set.substr(0, sign), '.')) at = &(*at)[key];
      const Json value = Json::parse(set.substr(sign + 1), nullptr, false);
      *at = value.is_discarded() ? Json(set.substr(sign + 1)) : value;
    }
    return recipe;
  }

  static DiagnoseInputs Asking(const TrainInputs& run, const fs::path& scratch, double budget) {
    DiagnoseInputs inputs{
        .run = run, .scratch = scratch, .score = "accuracy", .budget = budget, .seeds = 3};
    inputs.resolve = [recipe = run.recipe](const std::vector<std::string>& sets) {
      return Override(recipe, sets);
    };
    return inputs;
  }

  static double BestLoss(const TrainOutcome& outcome) {
    double best = INFINITY;
    for (const Json& record : outcome.curve) {
      best = std::min(best, record.at("validation.loss").get<double>());
    }
    return best;
  }

  // Of what the spoilt run lost, the share that its first proposed change brings back.
  static double Recovered(const TrainFixture& fixture, const TrainInputs& spoilt, double healthy,
                          std::string* proposed) {
    const TrainOutcome before = Train(spoilt);
    const Json diagnosis = Diagnose(
        Asking(spoilt, fixture.folder.path() / (spoilt.run.filename().string() + "-lab"), 40));
    EXPECT_FALSE(diagnosis.at("changes").empty()) << diagnosis.at("verdicts").dump(1);
    if (diagnosis.at("changes").empty()) return 0;
    const std::vector<std::string> sets = diagnosis.at("changes")[0].at("sets");
    *proposed = Join(sets, " ");
    TrainInputs changed = fixture.Inputs(spoilt.run.filename().string() + "-changed");
    changed.recipe = Override(spoilt.recipe, sets);
    return (BestLoss(before) - BestLoss(Train(changed))) / (BestLoss(before) - healthy);
  }
};

constexpr const char* kHealthy =
    "{model: {name: mlp, hidden: [64, 32], dropout: 0.1}, train: {epochs: 30}}";

TEST_F(DiagnoseTest, HealthyRunsHearNothing) {
  TrainFixture fixture;
  MakeTable(&fixture, kHealthy);
  for (int seed = 1; seed <= kSeeds; ++seed) {
    TrainInputs inputs = fixture.Inputs("run" + std::to_string(seed));
    inputs.recipe["train"]["seed"] = seed;
    Train(inputs);
    EXPECT_TRUE(Said(inputs.run).empty()) << seed << Json(Said(inputs.run));
    EXPECT_GE(Lines(inputs.run, "layers").size(), 3U);
  }
}

TEST_F(DiagnoseTest, SpoiltRunsAreCalledByTheirEpoch) {
  TrainFixture fixture;
  MakeTable(&fixture, kHealthy);
  struct Spoilt {
    std::vector<std::string> sets, names;  // any of these names
    int64_t epoch;
    int of_ten = kSeeds;
  };
  const Spoilt cases[] = {
      {{"train.optimizer.lr=1e-5"}, {"updates_small"}, 3},
      {{"train.optimizer.lr=0.1"}, {"dead_units", "not_learning", "updates_large"}, 6},
      {{"train.optimizer.weight_decay=10"}, {"weights_shrink"}, 16},
      {{"model.dropout=0.9"}, {"over_regularized", "not_learning"}, 30, 5}};
  for (const Spoilt& spoilt : cases) {
    int called = 0;
    for (int seed = 1; seed <= kSeeds; ++seed) {
      TrainInputs inputs = fixture.Inputs(spoilt.sets[0] + std::to_string(seed));
      inputs.recipe = Override(inputs.recipe, spoilt.sets);
      inputs.recipe["train"]["seed"] = seed;
      Train(inputs);
      const auto said = Said(inputs.run);
      called += std::any_of(spoilt.names.begin(), spoilt.names.end(), [&](const auto& name) {
        const auto found = said.find(name);
        return found != said.end() && found->second <= spoilt.epoch;
      });
    }
    // 80 validation rows do not always suffice to be sure of what dropout costs.
    EXPECT_GE(called, spoilt.of_ten) << spoilt.sets[0];
  }
}

TEST_F(DiagnoseTest, TheFirstChangeBringsBackMostOfWhatWasLost) {
  TrainFixture fixture;
  MakeTable(&fixture, kHealthy);
  const double healthy = BestLoss(Train(fixture.Inputs("healthy")));
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"dropout", {"model.dropout=0.9"}},
      {"decay", {"train.optimizer.weight_decay=10"}},
      {"slow", {"train.optimizer.lr=1e-5"}},
      {"fast", {"train.optimizer.lr=1"}}};
  for (const auto& [name, sets] : cases) {
    TrainInputs spoilt = fixture.Inputs(name);
    spoilt.recipe = Override(spoilt.recipe, sets);
    std::string proposed;
    EXPECT_GT(Recovered(fixture, spoilt, healthy, &proposed), 0.5) << name << ": " << proposed;
  }
}

// Biases so negative that no ReLU fires: as a bad initialization leaves them.
TEST_F(DiagnoseTest, DeadUnitsAreCountedCalledAndTrainedAway) {
  TrainFixture fixture;
  MakeTable(&fixture, kHealthy);
  const double healthy = BestLoss(Train(fixture.Inputs("healthy")));
  const TrainInputs whole = fixture.Inputs("dead");
  TrainInputs stopped = whole;
  stopped.recipe["train"]["time_budget"] = 1e-9;
  EXPECT_THROW(Train(stopped), Error);
  auto checkpoint = LoadCheckpoint(whole.run);
  ASSERT_TRUE(checkpoint.has_value());
  for (auto& [name, tensor] : checkpoint->model) {
    if (name == "layers.0.bias") tensor.sub_(50);
  }
  SaveCheckpoint(whole.run, *checkpoint);
  const TrainOutcome dead = Train(whole);
  const auto said = Said(whole.run);
  ASSERT_TRUE(said.contains("dead_units")) << Json(said);
  EXPECT_LE(said.at("dead_units"), 2);
  const Json layers = Lines(whole.run, "layers")[0].at("layers");
  EXPECT_EQ(layers[0].at("dead"), 64);
  EXPECT_EQ(layers[2].at("dead"), -1);
  std::string proposed;
  EXPECT_GT(Recovered(fixture, whole, healthy, &proposed), 0.8) << proposed;
}

TEST_F(DiagnoseTest, WhatWasSaidSurvivesStops) {
  TrainFixture fixture;
  MakeTable(&fixture,
            "{model: {name: mlp, hidden: [64, 32]}, train: {epochs: 8, optimizer: {name: adamw, "
            "lr: 1e-5}}}");
  const TrainInputs whole = fixture.Inputs("whole");
  Train(whole);
  ASSERT_FALSE(Said(whole.run).empty());
  TrainInputs inputs = fixture.Inputs("stopped");
  for (int sitting = 0; sitting < 23; ++sitting) {
    TrainInputs some = inputs;
    some.recipe["train"]["time_budget"] = 1e-9;
    EXPECT_THROW(Train(some), Error);
  }
  Train(inputs);
  EXPECT_EQ(Lines(inputs.run, "verdict"), Lines(whole.run, "verdict"));
  EXPECT_EQ(Lines(inputs.run, "layers"), Lines(whole.run, "layers"));
}

TEST_F(DiagnoseTest, WrongLabelsAreFound) {
  TrainFixture fixture;
  MakeTable(&fixture, kHealthy);
  // A quarter of the training labels, drawn at random.
  std::vector<std::string> labels;
  const int target = fixture.data.Find("target");
  int64_t row = 0;
  for (const auto& label : TextsOf(fixture.data, target)) {
    Random random(12, Purpose::kGenerate, 0, row++);
    const bool wrong = row <= 320 && random.Chance(0.25);
    labels.push_back(wrong ? (*label == "yes" ? "no" : "yes") : *label);
  }
  fixture.data.table = fixture.data.table
                           ->SetColumn(target, fixture.data.table->field(target),
                                       MakeTable({{"target", TextArray(labels)}})->column(0))
                           .ValueOrDie();
  const TrainInputs inputs = fixture.Inputs("noisy");
  Train(inputs);
  const Json diagnosis = Diagnose(Asking(inputs, fixture.folder.path() / "lab", 40));
  const Json& noise = diagnosis.at("label_noise");
  // A quarter is planted; the labels that lie near the border by themselves come on top.
  EXPECT_GT(noise.at("share").at("low").get<double>(), 0.12) << noise;
  EXPECT_GT(noise.at("share").at("high").get<double>(), 0.25) << noise;
  EXPECT_LT(noise.at("share").at("high").get<double>(), 0.4) << noise;
  std::vector<std::string> verdicts;
  for (const Json& verdict : diagnosis.at("verdicts")) verdicts.push_back(verdict.at("name"));
  EXPECT_THAT(verdicts, testing::Contains("label_noise"));
}

TEST_F(DiagnoseTest, ABudgetOfNothingTrainsNothing) {
  TrainFixture fixture;
  MakeTable(&fixture, kHealthy, /*regression=*/true);
  const TrainInputs inputs = fixture.Inputs("run");
  Train(inputs);
  DiagnoseInputs asking = Asking(inputs, fixture.folder.path() / "lab", 0);
  asking.score = "r2";
  const Json diagnosis = Diagnose(asking);
  EXPECT_FALSE(fs::exists(fixture.folder.path() / "lab"));
  EXPECT_TRUE(diagnosis.at("trials").empty());
  EXPECT_NEAR(diagnosis.at("guessing").get<double>(), 1, 0.4);
  EXPECT_LT(diagnosis.at("fit").at("validation").at("value").get<double>(), 0.3);
}

TEST_F(DiagnoseTest, PicturesAndTheirConvolutionsAreMeasured) {
  TrainFixture fixture;
  MakePictures(&fixture,
               "{model: {name: resnet_small, width: 8}, train: {epochs: 3, batch: 8, picture_size: "
               "16, precision: fp32, layout: contiguous}}");
  const TrainInputs inputs = fixture.Inputs("run");
  Train(inputs);
  const std::vector<Json> lines = Lines(inputs.run, "layers");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_GE(lines[0].at("layers").size(), 8U);  // 7 convolutions, shortcuts, the last layer
  for (const Json& layer : lines[2].at("layers")) {
    EXPECT_GT(layer.at("gradient_norm").get<double>(), 0) << layer;
    EXPECT_GE(layer.at("update_ratios").size(), 3U);
  }
}

}  // namespace
}  // namespace bottega
