#include "train/non_finite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "base/progress.h"
#include "engine/operator_watch.h"
#include "train/assemble.h"
#include "train/step_probe.h"
#include "train/train_fixture.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr float kInf = std::numeric_limits<float>::infinity();

class NonFiniteTest : public testing::Test {
 protected:
  void SetUp() override { SetQuiet(true); }

  // Of the first batch, after `spoil` changed it or the model.
  template <typename Spoil>
  Json Diagnose(TrainFixture* fixture, const Spoil& spoil) {
    const TrainInputs inputs = fixture->Inputs("run");
    const TrainSetup setup = MakeSetup(inputs);
    const Choices choices{.micro_batch = 16};
    const auto model = PlacedModel(setup, choices, at::kCPU);
    std::vector<Batch> batches = FirstBatches(setup, choices, 2, 16);
    {
      const at::NoGradGuard no_gradients;
      spoil(*model, &batches);
    }
    return DiagnoseStep({.setup = setup,
                         .choices = choices,
                         .device = at::kCPU,
                         .model = *model,
                         .batches = batches,
                         .epoch = 1});
  }
};

at::Tensor Parameter(const Model& model, const std::string& wanted) {
  for (const auto& [name, parameter] : model.Parameters()) {
    if (name == wanted) return parameter;
  }
  return {};
}

constexpr const char* kTable = "{model: {name: mlp, hidden: [8, 8]}, train: {batch: 32}}";

TEST_F(NonFiniteTest, NamesTheRowWhoseInputIsNone) {
  TrainFixture fixture;
  MakeTable(&fixture, kTable);
  int64_t row = 0;
  const Json report = Diagnose(&fixture, [&](Model&, std::vector<Batch>* batches) {
    (*batches)[1].numbers[5][1] = kInf;
    row = (*batches)[1].rows[5];
  });
  EXPECT_EQ(report["found"]["kind"], "input");
  EXPECT_EQ(report["affected"], 1);
  EXPECT_EQ(report["rows"][0]["row"], row);
  EXPECT_EQ(report["rows"][0]["column"], "b");
}

TEST_F(NonFiniteTest, NamesTheLayerWhoseOutputOverflows) {
  TrainFixture fixture;
  MakeTable(&fixture, kTable);
  const Json report = Diagnose(&fixture, [&](Model& model, std::vector<Batch>*) {
    Parameter(model, "layers.0.weight").fill_(1e30f);
    Parameter(model, "layers.1.weight").fill_(1e30f);
  });
  EXPECT_EQ(report["found"]["kind"], "output");
  EXPECT_EQ(report["found"]["layer"], "layers.1");
  EXPECT_GT(report["affected"].get<int>(), 0);
}

TEST_F(NonFiniteTest, NamesBrokenWeightsAndLosses) {
  TrainFixture fixture;
  MakeTable(&fixture, kTable);
  const Json weights = Diagnose(&fixture, [&](Model& model, std::vector<Batch>*) {
    Parameter(model, "head.bias").fill_(kInf);
  });
  EXPECT_EQ(weights["found"]["kind"], "weights");
  EXPECT_EQ(weights["found"]["layer"], "head");
  TrainFixture values;
  MakeTable(&values, kTable, /*regression=*/true);
  const Json loss = Diagnose(&values, [&](Model& model, std::vector<Batch>*) {
    Parameter(model, "head.bias").fill_(1e25f);  // its square overflows
  });
  EXPECT_EQ(loss["found"]["kind"], "loss");
  EXPECT_EQ(loss["affected"], 32);
}

TEST_F(NonFiniteTest, NamesTheLayerWhoseGradientBroke) {
  TrainFixture fixture;
  MakePictures(&fixture, "{model: resnet_small, train: {batch: 32, picture_size: 16}}");
  const Json report = Diagnose(&fixture, [&](Model& model, std::vector<Batch>*) {
    // The first block's output does not depend on the scale of conv1, its gradient does.
    Parameter(model, "layer2.0.bn2.weight").fill_(3e38f);
    Parameter(model, "layer2.0.bn2.bias").fill_(-3.4e38f);
    Parameter(model, "fc.weight").mul_(1e-30f);
  });
  EXPECT_NE(report["found"]["kind"], "none") << report.dump(1);
}

TEST_F(NonFiniteTest, AHealthyStepHasNoneAndKeepsItsStatistics) {
  TrainFixture fixture;
  MakePictures(&fixture, "{model: resnet_small, train: {batch: 32, picture_size: 16}}");
  NamedTensors before;
  std::vector<at::Tensor> after;
  const Json report = Diagnose(&fixture, [&](Model& model, std::vector<Batch>*) {
    for (const auto& [name, buffer] : model.Buffers()) {
      before.emplace_back(name, buffer.clone());
      after.push_back(buffer);
    }
  });
  EXPECT_EQ(report["found"]["kind"], "none");
  EXPECT_TRUE(report["rows"].empty());
  for (size_t i = 0; i < after.size(); ++i) EXPECT_TRUE(after[i].equal(before[i].second)) << i;
}

TEST_F(NonFiniteTest, ATrainingStopsNamesTheStepAndCanBeReplayed) {
  TrainFixture fixture;
  MakeTable(&fixture,
            "{model: mlp, train: {epochs: 30, batch: 32, checkpoint_seconds: 0, optimizer: {name: "
            "sgd, lr: "
            "1e30}, early_stopping: none}}",
            /*regression=*/true);
  const TrainInputs inputs = fixture.Inputs("run");
  WriteJson(inputs.run / "manifest.json", Json::object());  // of a run, not of a fold
  std::string message;
  try {
    Train(inputs);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kRecipe);
    message = e.message();
    EXPECT_THAT(e.hint(), HasSubstr("bottega train --replay run"));
  }
  EXPECT_THAT(message, HasSubstr("epoch 1, step 2"));
  const Json kept = ReadJson(inputs.run / "nan" / "report.json");
  EXPECT_EQ(kept["batch_rows"].size(), 32U);
  EXPECT_EQ(kept["step"], 1);
  const Json again = ReplayStep(inputs);
  EXPECT_TRUE(again["same"].get<bool>()) << again.dump(1);
  EXPECT_EQ(again["found"], kept["found"]);
  EXPECT_THAT(message, HasSubstr(again["text"].get<std::string>()));
  fixture.data.rows[static_cast<size_t>(kept["rows"][0]["row"].get<int64_t>() - 1000) / 2] = 99999;
  EXPECT_THROW(ReplayStep(inputs), Error);
}

TEST_F(NonFiniteTest, MixedRowsAndAscendedWeightsAreReplayedAsTheyWere) {
  for (const char* technique : {"mix: [mixup], batch: 32, micro_batch: 8", "sam: {rho: 1e38}"}) {
    TrainFixture fixture;
    const std::string lr = technique[0] == 'm' ? "1e30" : "0.01";
    MakeTable(&fixture,
              "{model: {name: mlp, hidden: [8]}, train: {epochs: 3, early_stopping: "
              "none, optimizer: {name: sgd, lr: " +
                  lr + "}, " + technique + "}}");
    const TrainInputs inputs = fixture.Inputs("run");
    EXPECT_THROW(Train(inputs), Error) << technique;
    const Json again = ReplayStep(inputs);
    EXPECT_TRUE(again["same"].get<bool>()) << again.dump(1);
    EXPECT_NE(again["found"]["kind"], "none") << again.dump(1);
  }
}

TEST_F(NonFiniteTest, WithoutABrokenStepThereIsNoneToReplay) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: mlp, train: {epochs: 1}}");
  const TrainInputs inputs = fixture.Inputs("run");
  Train(inputs);
  EXPECT_THROW(ReplayStep(inputs), Error);
}

TEST(OperatorWatch, FindsTheFirstOperatorAndTheTensorItTook) {
  const at::Tensor weight = at::ones({2, 2}), other = at::zeros({2});
  const OperatorWatch watch({{"w", weight}, {"o", other}});
  const at::Tensor x = at::matmul(at::ones({1, 2}), weight);
  EXPECT_FALSE(watch.first().has_value());
  const at::Tensor y = x / other;
  ASSERT_TRUE(watch.first().has_value());
  EXPECT_EQ(watch.first()->parameter, "o");
  EXPECT_EQ(watch.first()->operation, "div");
  at::log(at::zeros({1}));
  EXPECT_EQ(watch.first()->operation, "div");
  EXPECT_EQ(watch.used(), (std::vector<std::string>{"w", "o"}));
}

}  // namespace
}  // namespace bottega
