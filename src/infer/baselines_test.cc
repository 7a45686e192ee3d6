#include "infer/baselines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "base/files.h"
#include "base/progress.h"
#include "infer/infer_stage.h"
#include "metric/metrics.h"
#include "train/train_fixture.h"

namespace bottega {
namespace {

class BaselinesTest : public testing::Test {
 protected:
  void SetUp() override { SetQuiet(true); }

  struct Trained {
    TrainInputs inputs;
    TrainOutcome outcome;
    std::unique_ptr<Predictor> predictor;
    Predictions all;
  };
  static Trained TrainAndPredict(const TrainFixture& fixture) {
    Trained t{.inputs = fixture.Inputs("run")};
    t.outcome = Train(t.inputs);
    t.predictor = LoadPredictor(t.inputs.run);
    t.all = PredictParts(*t.predictor, fixture.data, fixture.split, t.inputs.run);
    return t;
  }
};

TEST_F(BaselinesTest, TableModelsAnswerFromTheirFolderAlone) {
  for (const std::string name : {"majority", "linear", "knn", "boosted_trees"}) {
    for (const bool regression : {false, true}) {
      TrainFixture fixture;
      MakeTable(&fixture, "{model: " + name + "}", regression);
      const Trained t = TrainAndPredict(fixture);
      const Json& best = t.outcome.curve[static_cast<size_t>(t.outcome.best_epoch - 1)];
      const Predictions validation = OfPart(t.all, "validation");
      const std::string metric = regression ? "rmse" : "log_loss";
      EXPECT_NEAR(Metric(metric, validation), best["validation." + metric].get<double>(), 1e-4)
          << name;
      EXPECT_EQ(t.predictor->Predict(TakeRows(fixture.data, {})).rows, 0);
      const Scores one = t.predictor->Predict(TakeRows(fixture.data, {7}));
      ASSERT_EQ(one.values.size(), regression ? 1U : 2U);
      if (regression) continue;
      EXPECT_NEAR(one.values[1], t.all.probability[15], 1e-6) << name;
    }
  }
}

TEST_F(BaselinesTest, EmbeddingsOfTableModels) {
  for (const std::string name : {"linear", "knn", "boosted_trees"}) {
    TrainFixture fixture;
    MakeTable(&fixture, "{model: " + name + "}");
    const Trained t = TrainAndPredict(fixture);
    const Scores embedding = t.predictor->Embed(fixture.data);
    EXPECT_EQ(embedding.rows, 480) << name;
    EXPECT_GE(embedding.width, 3) << name;
    EXPECT_EQ(embedding.values.size(), static_cast<size_t>(480 * embedding.width));
  }
  TrainFixture fixture;
  MakeTable(&fixture, "{model: majority}");
  EXPECT_THROW(TrainAndPredict(fixture).predictor->Embed(fixture.data), Error);
}

TEST_F(BaselinesTest, ABlendIsTheWeightedMeanOfItsMembers) {
  TrainFixture fixture;
  MakeTable(&fixture,
            "{model: {name: auto, candidates: [knn, mlp], margin: 0}, train: "
            "{epochs: 8, batch: 32}}");
  // Enough validation rows for a blend.
  for (size_t i = 400; i < 440; ++i) fixture.split.part[i] = Part::kValidation;
  const Trained t = TrainAndPredict(fixture);
  ASSERT_EQ(t.outcome.candidates.at("kept"), "blend") << t.outcome.candidates.dump(1);
  std::vector<double> mean(t.all.probability.size());
  for (const auto& [name, share] : t.outcome.candidates.at("shares").items()) {
    TrainInputs member = fixture.Inputs("run/candidates/" + name);
    const auto predictor = LoadPredictor(member.run);
    const Scores scores = predictor->Predict(fixture.data);
    for (size_t i = 0; i < mean.size(); ++i) mean[i] += share.get<double>() * scores.values[i];
  }
  for (size_t i = 0; i < mean.size(); ++i) ASSERT_NEAR(t.all.probability[i], mean[i], 1e-6);
  EXPECT_NEAR(Metric("log_loss", OfPart(t.all, "validation")),
              t.outcome.candidates.at("blend").get<double>(), 1e-5);
  EXPECT_EQ(t.predictor->Embed(fixture.data).rows, 480);
}

TEST_F(BaselinesTest, GainsOverSimpleModels) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: linear}");
  const Trained t = TrainAndPredict(fixture);
  const Json result = CompareWithBaselines(t.inputs, t.all, "accuracy");
  std::vector<std::string> names;
  for (const Json& entry : result.at("baselines")) {
    names.push_back(entry.at("name"));
    for (const char* part : {"validation", "test"}) {
      const Json& gain = entry.at(part).at("gain");
      EXPECT_NEAR(
          gain.at("value").get<double>(),
          Metric("accuracy", OfPart(t.all, part)) - entry[part]["scores"]["accuracy"].get<double>(),
          1e-12);
      EXPECT_LE(gain.at("low").get<double>(), gain.at("value").get<double>());
    }
  }
  EXPECT_THAT(names, testing::ElementsAre("majority", "knn", "boosted_trees"));
  EXPECT_GT(result["baselines"][0]["test"]["gain"]["low"].get<double>(), 0.1);
  EXPECT_NE(result.at("worth").at("against"), "majority");
  EXPECT_EQ(result.at("worth").at("part"), "test");
}

TEST_F(BaselinesTest, LossesTurnTheSignAndNoneIsNone) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: linear, train: {baselines: [majority]}}", /*regression=*/true);
  Trained t = TrainAndPredict(fixture);
  const Json result = CompareWithBaselines(t.inputs, t.all, "rmse");
  ASSERT_EQ(result.at("baselines").size(), 1U);
  EXPECT_EQ(result.at("worth").at("against"), "majority");
  EXPECT_EQ(result.at("worth").at("verdict"), "better");
  EXPECT_GT(result["worth"]["gain"]["low"].get<double>(), 0);
  t.inputs.recipe["train"]["baselines"] = Json::array();
  EXPECT_TRUE(CompareWithBaselines(t.inputs, t.all, "rmse").is_null());
}

}  // namespace
}  // namespace bottega
