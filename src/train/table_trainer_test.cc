#include "train/table_trainer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "base/hash.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "train/table_model_folder.h"
#include "train/train_fixture.h"
#include "train/train_with_stops.h"
#include "train/ways.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

std::string Hashes(const fs::path& folder) {
  std::string all;
  for (const fs::path& file : ListFiles(folder)) {
    all += file.string() + " " + Sha256OfFile(folder / file) + "\n";
  }
  return all;
}

class TableTrainerTest : public testing::Test {
 protected:
  void SetUp() override { SetQuiet(true); }
  void TearDown() override { RequestStop(0); }
};

constexpr const char* kTrees =
    "{model: {name: boosted_trees, rounds: 60, subsample: 0.8, column_share: 0.7, patience: 15}}";

TEST_F(TableTrainerTest, EveryModelLearnsATable) {
  for (const auto& [name, floor] : {std::pair<std::string, double>{"majority", 0.45},
                                    {"linear", 0.9},
                                    {"knn", 0.75},
                                    {"boosted_trees", 0.85}}) {
    TrainFixture fixture;
    MakeTable(&fixture, "{model: " + name + "}");
    const TrainInputs inputs = fixture.Inputs("run");
    const TrainOutcome outcome = Train(inputs);
    ASSERT_EQ(outcome.curve.size(), static_cast<size_t>(outcome.epochs)) << name;
    const Json& best = outcome.curve[static_cast<size_t>(outcome.best_epoch - 1)];
    EXPECT_GE(best["validation.accuracy"].get<double>(), floor) << name;
    EXPECT_TRUE(best.contains("validation.loss") && best.contains("validation.roc_auc"));
    EXPECT_EQ(outcome.model.at("name"), name);
    for (const char* file :
         {"choices.json", "log.jsonl", "model/config.json", "model/model.safetensors",
          "checkpoints/last/checkpoint.safetensors"}) {
      EXPECT_TRUE(fs::exists(inputs.run / file)) << name << " " << file;
    }
    EXPECT_EQ(fs::exists(inputs.run / "model" / "trees.ubj"), name == "boosted_trees");
    const std::string before = Hashes(inputs.run / "model");
    const TrainOutcome again = Train(inputs);
    EXPECT_EQ(again.curve, outcome.curve);
    EXPECT_EQ(again.unit, outcome.unit);
    EXPECT_EQ(Hashes(inputs.run / "model"), before);
  }
}

TEST_F(TableTrainerTest, EveryModelLearnsValues) {
  for (const auto& [name, floor] : {std::pair<std::string, double>{"majority", -0.1},
                                    {"linear", 0.9},
                                    {"knn", 0.6},
                                    {"boosted_trees", 0.8}}) {
    TrainFixture fixture;
    MakeTable(&fixture, "{model: " + name + "}", /*regression=*/true);
    const TrainOutcome outcome = Train(fixture.Inputs("run"));
    const Json& best = outcome.curve[static_cast<size_t>(outcome.best_epoch - 1)];
    EXPECT_GE(best["validation.r2"].get<double>(), floor) << name;
  }
}

TEST_F(TableTrainerTest, StopsAtAnyStepChangeNoBit) {
  for (const std::string& recipe : {std::string(kTrees), std::string("{model: linear}")}) {
    TrainFixture fixture;
    MakeTable(&fixture, recipe);
    const TrainInputs whole = fixture.Inputs("whole");
    const TrainOutcome expected = Train(whole);
    for (const int sittings : {1, 4, 11}) {
      const TrainInputs inputs = fixture.Inputs("stopped" + std::to_string(sittings));
      const TrainOutcome outcome = TrainWithStops(inputs, sittings);
      EXPECT_EQ(Hashes(inputs.run / "model"), Hashes(whole.run / "model")) << recipe << sittings;
      EXPECT_EQ(outcome.best_epoch, expected.best_epoch);
      ASSERT_EQ(outcome.curve.size(), expected.curve.size());
      for (size_t i = 0; i < outcome.curve.size(); ++i) {
        EXPECT_EQ(outcome.curve[i]["validation.loss"], expected.curve[i]["validation.loss"]);
      }
    }
  }
}

TEST_F(TableTrainerTest, ASignalSavesAndWhatAKillLeftIsCut) {
  TrainFixture fixture;
  MakeTable(&fixture, kTrees);
  const TrainInputs whole = fixture.Inputs("whole"), inputs = fixture.Inputs("killed");
  Train(whole);
  RequestStop(SIGTERM);
  EXPECT_THROW(Train(inputs), Interrupted);
  RequestStop(0);
  AppendFile(inputs.run / "log.jsonl").Append("{\"event\":\"epoch\",\"epo");
  Train(inputs);
  EXPECT_EQ(Hashes(inputs.run / "model"), Hashes(whole.run / "model"));
  const auto lines = [](const fs::path& run) {
    const std::string text = ReadFile(run / "log.jsonl");
    return std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_EQ(lines(inputs.run), lines(whole.run));
}

TEST_F(TableTrainerTest, OtherRowsOrSettingsAreRefused) {
  TrainFixture fixture;
  MakeTable(&fixture, kTrees);
  TrainInputs inputs = fixture.Inputs("run");
  RequestStop(SIGINT);
  EXPECT_THROW(Train(inputs), Interrupted);
  RequestStop(0);
  inputs.recipe["model"]["max_depth"] = 3;
  EXPECT_THROW(Train(inputs), Error);
}

TEST_F(TableTrainerTest, BalanceRaisesTheRareClass) {
  const auto share_of_yes = [](const std::string& balance) {
    TrainFixture fixture;
    MakeTable(&fixture, "{model: majority, train: {balance: " + balance + "}}");
    // Fewer of one class: their labels become unknown.
    TrainInputs inputs = fixture.Inputs("run");
    Train(inputs);
    const LoadedTableModel loaded = LoadTableModelFrom(inputs.run / "model");
    TableRows one;
    one.numbers = Matrix(1, loaded.config.input.numbers);
    one.cardinality.assign(loaded.config.input.cardinality.begin(),
                           loaded.config.input.cardinality.end());
    one.codes.assign(one.cardinality.size(), 0);
    return loaded.model->Predict(one).at(0, 1);
  };
  EXPECT_NEAR(share_of_yes("weights"), 0.5, 1e-6);
  EXPECT_NE(share_of_yes("none"), share_of_yes("weights"));
  EXPECT_NEAR(share_of_yes("oversample"), 0.5, 0.1);
}

TEST_F(TableTrainerTest, TreesOfAnotherModelAreRefused) {
  TrainFixture fixture;
  MakeTable(&fixture, kTrees);
  const TrainInputs inputs = fixture.Inputs("run");
  Train(inputs);
  WriteFileAtomic(inputs.run / "model" / "trees.ubj", "others");
  EXPECT_THROW(LoadTableModelFrom(inputs.run / "model"), Error);
}

// --- model: auto -------------------------------------------------------------------------------

constexpr const char* kAuto =
    "{model: {name: auto, candidates: [linear, boosted_trees, mlp]}, train: {epochs: 4, batch: "
    "32}}";

TEST_F(TableTrainerTest, AutoKeepsTheBestOrABlend) {
  TrainFixture fixture;
  MakeTable(&fixture, kAuto);
  const TrainInputs inputs = fixture.Inputs("run");
  const TrainOutcome outcome = Train(inputs);
  const Json& record = outcome.candidates;
  ASSERT_EQ(record.at("candidates").size(), 3U);
  double best = 1e9, shares = 0;
  for (const Json& c : record["candidates"]) {
    EXPECT_TRUE(
        fs::exists(inputs.run / "candidates" / c.at("name") / "model" / "model.safetensors"));
    best = std::min(best, c.at("score").get<double>());
    shares += c.at("share").get<double>();
    EXPECT_EQ(c.at("settings").at("name"), c.at("name"));
  }
  EXPECT_NEAR(shares, 1, 1e-9);
  const Json config = ReadJson(inputs.run / "model" / "config.json");
  EXPECT_EQ(config.at("architecture"), record.at("kept"));
  if (record.at("kept") == "blend") {
    EXPECT_LT(record.at("blend").get<double>(), best * 0.99);
    EXPECT_EQ(config["settings"]["members"].size(), record["shares"].size());
  }
  EXPECT_EQ(ReadJson(inputs.run / "candidates.json"), record);
  EXPECT_EQ(outcome.model.at("candidates"), Json::array({"linear", "boosted_trees", "mlp"}));
  const Json choices = ReadJson(inputs.run / "choices.json");
  EXPECT_EQ(choices.at("candidates").size(), 3U);
  const std::string log = ReadFile(inputs.run / "log.jsonl");
  EXPECT_EQ(log.find("{\"event\":\"candidate\",\"name\":\"linear\""), 0U);
}

TEST_F(TableTrainerTest, AutoStoppedAnywhereEndsTheSame) {
  TrainFixture fixture;
  MakeTable(&fixture, kAuto);
  const TrainInputs whole = fixture.Inputs("whole");
  const TrainOutcome expected = Train(whole);
  for (const int sittings : {1, 9, 40}) {
    const TrainInputs inputs = fixture.Inputs("stopped" + std::to_string(sittings));
    const TrainOutcome outcome = TrainWithStops(inputs, sittings);
    EXPECT_EQ(Hashes(inputs.run / "model"), Hashes(whole.run / "model")) << sittings;
    EXPECT_EQ(outcome.candidates.at("shares"), expected.candidates.at("shares"));
  }
  // Killed after a candidate's model was written, before the choice.
  fs::remove_all(whole.run / "model");
  const TrainOutcome again = Train(whole);
  EXPECT_EQ(again.candidates, expected.candidates);
}

TEST_F(TableTrainerTest, AutoWithoutABlendKeepsTheLowestLoss) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: {name: auto, candidates: [majority, linear], blend: false}}");
  const TrainOutcome outcome = Train(fixture.Inputs("run"));
  EXPECT_EQ(outcome.candidates.at("kept"), "linear");
  EXPECT_TRUE(outcome.candidates.at("blend").is_null());
  EXPECT_EQ(outcome.unit, "iteration");
}

TEST_F(TableTrainerTest, AutoRefusesWhatReadsPictures) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: {name: auto, candidates: [resnet18]}}");
  EXPECT_THROW(Train(fixture.Inputs("run")), Error);
}

}  // namespace
}  // namespace bottega
