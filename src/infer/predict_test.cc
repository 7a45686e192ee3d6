#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "base/progress.h"
#include "infer/infer_stage.h"
#include "metric/metrics.h"
#include "model/weights/safetensors.h"
#include "train/train_fixture.h"

namespace bottega {
namespace {

class PredictTest : public testing::Test {
 protected:
  void SetUp() override { SetQuiet(true); }
};

TEST_F(PredictTest, ScoresOfEveryPartWithTargetsAndGroups) {
  TrainFixture fixture;
  MakeTable(&fixture, "{train: {epochs: 10, batch: 32}}");
  const TrainInputs inputs = fixture.Inputs("run");
  const TrainOutcome outcome = Train(inputs);
  const auto predictor = LoadPredictor(inputs.run);
  EXPECT_THAT(predictor->classes(), testing::ElementsAre("no", "yes"));
  const Predictions all = PredictParts(*predictor, fixture.data, fixture.split, inputs.run);
  ASSERT_EQ(all.size(), 480);
  EXPECT_EQ(all.row.front(), 1000);
  EXPECT_EQ(all.part[0], "train");
  EXPECT_EQ(all.part[400], "test");
  EXPECT_EQ(all.group.at("color").size(), 480U);
  for (size_t i = 0; i < 480; ++i) {
    ASSERT_NEAR(all.probability[2 * i] + all.probability[2 * i + 1], 1, 1e-6);
  }
  const Json best = outcome.curve[static_cast<size_t>(outcome.best_epoch - 1)];
  const Predictions validation = OfPart(all, "validation");
  EXPECT_EQ(Metric("accuracy", validation), best["validation.accuracy"].get<double>());
  EXPECT_NEAR(Metric("roc_auc", validation), best["validation.roc_auc"].get<double>(), 1e-9);
  EXPECT_GT(Metric("accuracy", OfPart(all, "test")), 0.8);
}

TEST_F(PredictTest, AnswersDoNotDependOnTheBatch) {
  TrainFixture fixture;
  MakeTable(&fixture, "{train: {epochs: 2, batch: 32}}");
  const TrainInputs inputs = fixture.Inputs("run");
  Train(inputs);
  const auto predictor = LoadPredictor(inputs.run);
  const Scores all = predictor->Predict(fixture.data);
  const Scores one = predictor->Predict(TakeRows(fixture.data, {17}));
  ASSERT_EQ(one.rows, 1);
  ASSERT_EQ(one.width, 2);
  EXPECT_NEAR(one.values[0], all.values[34], 1e-6);
  EXPECT_EQ(predictor->Predict(TakeRows(fixture.data, {})).rows, 0);
}

TEST_F(PredictTest, TheHeadMakesScoresOfTheEmbedding) {
  TrainFixture fixture;
  MakeTable(&fixture, "{train: {epochs: 2, batch: 32}, model: {name: mlp, hidden: [24, 12]}}");
  const TrainInputs inputs = fixture.Inputs("run");
  Train(inputs);
  const auto predictor = LoadPredictor(inputs.run);
  const Scores embedding = predictor->Embed(fixture.data);
  const Scores scores = predictor->Predict(fixture.data);
  ASSERT_EQ(embedding.rows, 480);
  ASSERT_EQ(embedding.width, 12);
  const SafetensorsFile weights = ReadSafetensors(inputs.run / "model" / "model.safetensors");
  const at::Tensor h = at::tensor(embedding.values).reshape({480, 12});
  const at::Tensor p =
      at::softmax(at::linear(h, weights.Find("head.weight"), weights.Find("head.bias")), 1);
  for (int64_t i = 0; i < 480; ++i) {
    ASSERT_NEAR(p[i][1].item<float>(), scores.values[static_cast<size_t>(2 * i + 1)], 1e-5);
  }
  EXPECT_EQ(predictor->Embed(TakeRows(fixture.data, {})).rows, 0);
}

TEST_F(PredictTest, RegressionAnswersInTheTargetsUnits) {
  TrainFixture fixture;
  MakeTable(&fixture, "{train: {epochs: 40, batch: 32}}", /*regression=*/true);
  const TrainInputs inputs = fixture.Inputs("run");
  Train(inputs);
  const auto predictor = LoadPredictor(inputs.run);
  EXPECT_TRUE(predictor->classes().empty());
  const Predictions test =
      OfPart(PredictParts(*predictor, fixture.data, fixture.split, inputs.run), "test");
  EXPECT_GT(Metric("r2", test), 0.8);
  EXPECT_NEAR(test.predicted_value[0], 20, 20);
}

TEST_F(PredictTest, PicturesGoThroughTheSameFeed) {
  TrainFixture fixture;
  MakePictures(
      &fixture,
      "{train: {epochs: 6, batch: 8, picture_size: 16, precision: fp32, layout: contiguous}}");
  const TrainInputs inputs = fixture.Inputs("run");
  const TrainOutcome outcome = Train(inputs);
  const auto predictor = LoadPredictor(inputs.run);
  const Predictions all = PredictParts(*predictor, fixture.data, fixture.split, inputs.run);
  const Json best = outcome.curve[static_cast<size_t>(outcome.best_epoch - 1)];
  EXPECT_EQ(Metric("accuracy", OfPart(all, "validation")),
            best["validation.accuracy"].get<double>());
}

TEST_F(PredictTest, PicturesThatCannotBeDecodedAreLeftOut) {
  TrainFixture fixture;
  MakePictures(
      &fixture,
      "{train: {epochs: 1, batch: 8, picture_size: 16, precision: fp32, layout: contiguous}}");
  const TrainInputs inputs = fixture.Inputs("run");
  Train(inputs);
  const auto predictor = LoadPredictor(inputs.run);
  const Predictions whole = PredictParts(*predictor, fixture.data, fixture.split, inputs.run);
  WriteFileAtomic(fixture.data.root / "green" / "52.png", "damaged");
  WriteFileAtomic(fixture.data.root / "blue" / "0.png", "");
  std::map<int64_t, std::string> failed;
  const Predictions some =
      PredictParts(*predictor, fixture.data, fixture.split, inputs.run, &failed);
  EXPECT_THAT(failed, testing::ElementsAre(testing::Pair(0, "the file is empty"),
                                           testing::Pair(52, testing::_)));
  ASSERT_EQ(some.size(), 58);
  EXPECT_EQ(some.row.front(), 1);
  EXPECT_EQ(some.part[41], "validation");
  EXPECT_EQ(some.label.size(), 58U);
  for (size_t i = 0; i < 50; ++i) ASSERT_EQ(some.predicted[i], whole.predicted[i + 1]);
  ASSERT_NEAR(some.probability.back(), whole.probability.back(), 1e-5);
}

TEST_F(PredictTest, AnUnfinishedRunHasNoModel) {
  TrainFixture fixture;
  MakeTable(&fixture, "{}");
  const TrainInputs inputs = fixture.Inputs("run");
  try {
    LoadPredictor(inputs.run);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kMissing);
    EXPECT_THAT(e.hint(), testing::HasSubstr("bottega train --resume"));
  }
}

}  // namespace
}  // namespace bottega
