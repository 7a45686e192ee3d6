#include "train/memory_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "base/hash.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/progress.h"
#include "train/train_fixture.h"

namespace bottega {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<std::string> kBlocks = {"stem", "layer1.0", "layer1.1", "layer2.0"};

TEST(NamedBlocks, AreNamedByNumberOrPattern) {
  EXPECT_THAT(NamedBlocks("none", kBlocks), IsEmpty());
  EXPECT_EQ(NamedBlocks("all", kBlocks), kBlocks);
  EXPECT_EQ(NamedBlocks("auto", kBlocks), kBlocks);
  EXPECT_THAT(NamedBlocks("2", kBlocks), ElementsAre("stem", "layer1.0"));
  EXPECT_EQ(NamedBlocks("9", kBlocks), kBlocks);
  EXPECT_THAT(NamedBlocks("layer1.*, stem", kBlocks), ElementsAre("layer1.0", "layer1.1", "stem"));
  EXPECT_THAT(NamedBlocks("none", {}), IsEmpty());
  EXPECT_THAT(NamedBlocks("auto", {}), IsEmpty());
}

TEST(NamedBlocks, AWrongNameIsAnErrorThatListsThem) {
  try {
    NamedBlocks("layer9.*", kBlocks);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kRecipe);
    EXPECT_THAT(e.message(), HasSubstr("'layer9.*'"));
    EXPECT_THAT(e.message(), HasSubstr("stem, layer1.0"));
  }
  EXPECT_THROW(NamedBlocks("3", {}), Error);
}

class MemoryTest : public testing::Test {
 protected:
  void SetUp() override { SetQuiet(true); }
  static std::string Weights(const TrainInputs& inputs) {
    return Sha256OfFile(inputs.run / "model" / "model.safetensors");
  }
};

constexpr const char* kPictures =
    "{model: {name: resnet_small, dropout: 0.1}, train: {epochs: 2, batch: 24, picture_size: 16, "
    "precision: fp32, layout: contiguous, threads: 2}}";

TEST_F(MemoryTest, ARecomputedTrainingIsTheSameToTheBit) {
  TrainFixture fixture;
  MakePictures(&fixture, kPictures);
  const TrainInputs kept = fixture.Inputs("kept");
  Train(kept);
  for (const char* setting : {"all", "2", "layer1.*"}) {
    TrainInputs inputs = fixture.Inputs(std::string("again") + setting[0]);
    inputs.recipe["train"]["checkpointing"] = setting;
    Train(inputs);
    EXPECT_FALSE(ReadJson(inputs.run / "choices.json")["recomputed"].empty());
    EXPECT_EQ(Weights(inputs), Weights(kept)) << setting;
  }
}

TEST_F(MemoryTest, ARecomputedMlpIsTrainedByAutogradToTheSameScores) {
  TrainFixture fixture;
  MakeTable(&fixture,
            "{model: {name: mlp, hidden: [32, 32, 32], dropout: 0.2}, train: {epochs: 3}}");
  const TrainOutcome kept = Train(fixture.Inputs("kept"));
  TrainInputs inputs = fixture.Inputs("again");
  inputs.recipe["train"]["checkpointing"] = "all";
  const TrainOutcome again = Train(inputs);
  EXPECT_NEAR(kept.curve.back()["validation.loss"].get<double>(),
              again.curve.back()["validation.loss"].get<double>(), 1e-4);
}

TEST_F(MemoryTest, ATrainingThatDoesNotFitIsRefusedWithACommandThatDoes) {
  TrainFixture fixture;
  MakePictures(&fixture, kPictures);
  TrainInputs inputs = fixture.Inputs("refused");
  inputs.recipe["train"]["max_rss"] = "64M";
  try {
    Train(inputs);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kBudget);
    EXPECT_THAT(e.message(), HasSubstr("train.max_rss"));
    EXPECT_THAT(e.hint(), HasSubstr("bottega train --max-rss"));
  }
  EXPECT_FALSE(std::filesystem::exists(inputs.run / "choices.json"));
}

TEST_F(MemoryTest, AutoTakesTheWholeBatchWhereItFitsAndLessWhereNot) {
  TrainFixture fixture;
  MakePictures(&fixture, kPictures);
  TrainInputs inputs = fixture.Inputs("auto");
  inputs.recipe["train"]["micro_batch"] = "auto";
  inputs.recipe["train"]["checkpointing"] = "auto";
  inputs.recipe["train"]["picture_size"] = 64;
  inputs.max_rss = int64_t{1} << 40;
  const TrainSetup setup = MakeSetup(inputs);
  Choices wide{.micro_batch = 24}, narrow{.micro_batch = 24};
  const Forecast roomy = SettleMemory(setup, at::kCPU, {.steps = 2}, true, &wide);
  EXPECT_EQ(wide.micro_batch, 24);
  EXPECT_THAT(wide.recomputed, IsEmpty());
  // Halfway between what is there anyway and what it would take.
  const int64_t rest = ResidentMemory();
  inputs.max_rss = rest + (roomy.peak - rest) / 2;
  const Forecast tight = SettleMemory(setup, at::kCPU, {.steps = 2}, false, &narrow);
  EXPECT_TRUE(narrow.micro_batch < 24 || !narrow.recomputed.empty());
  EXPECT_EQ(24 % narrow.micro_batch, 0);
  EXPECT_LT(tight.peak, roomy.peak);
}

TEST_F(MemoryTest, GrowingBeyondTheLimitSavesAndGoesOnToTheSameBits) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: mlp, train: {epochs: 4, batch: 32}}");
  const TrainInputs whole = fixture.Inputs("whole");
  Train(whole);
  TrainInputs inputs = fixture.Inputs("stopped");
  // Under way already, so that it is not refused before it begins.
  RequestStop(SIGTERM);
  EXPECT_THROW(Train(inputs), Interrupted);
  RequestStop(0);
  inputs.max_rss = 1 << 20;
  for (int sitting = 0; sitting < 2; ++sitting) {
    try {
      Train(inputs);
      FAIL() << "no error";
    } catch (const Error& e) {
      EXPECT_EQ(e.kind(), ErrorKind::kBudget);
      EXPECT_THAT(e.message(), HasSubstr("everything is saved"));
      EXPECT_THAT(e.hint(), HasSubstr("bottega train --resume --max-rss "));
    }
  }
  inputs.max_rss.reset();
  Train(inputs);
  EXPECT_EQ(Weights(inputs), Weights(whole));
}

TEST_F(MemoryTest, ATrainingWritesItsForecastAndWhatItTook) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: mlp, train: {epochs: 3, batch: 32}}");
  const TrainInputs inputs = fixture.Inputs("run");
  Train(inputs);
  const Json forecast = ReadJson(inputs.run / "forecast.json");
  int64_t sum = 0;
  for (const Json& part : forecast["memory"]["parts"]) sum += part["bytes"].get<int64_t>();
  EXPECT_EQ(sum, forecast["memory"]["peak"].get<int64_t>());
  EXPECT_EQ(forecast["time"]["steps_per_epoch"], 10);
  EXPECT_GT(forecast["time"]["step_seconds"].get<double>(), 0);
  ASSERT_EQ(forecast["measured"].size(), 1U);
  EXPECT_EQ(forecast["measured"][0]["steps"], 30);
  EXPECT_GT(forecast["measured"][0]["peak"].get<int64_t>(), 1 << 20);
}

TEST_F(MemoryTest, APlanSaysWhatTakesMemoryAndWhatWouldTakeLess) {
  TrainFixture fixture;
  MakePictures(&fixture,
               "{model: resnet18, train: {epochs: 2, batch: 32, picture_size: 96, precision: fp32, "
               "layout: contiguous}}");
  TrainInputs inputs = fixture.Inputs("plan");
  inputs.run.clear();
  const Json plan = PlanTraining(inputs);
  EXPECT_TRUE(plan["fits"].get<bool>());
  EXPECT_EQ(plan["parameters"].get<int64_t>(), 11'178'051);
  std::map<std::string, int64_t> parts;
  for (const Json& part : plan["forecast"]["memory"]["parts"]) {
    parts[part["name"]] = part["bytes"].get<int64_t>();
  }
  EXPECT_EQ(parts["gradients"], 4 * 11'178'051);
  EXPECT_NEAR(static_cast<double>(parts["optimizer's slots"]), 8.0 * 11'178'051, 1e4);
  EXPECT_GT(parts["activations of a micro-batch"], 10'000'000);
  bool recomputes = false;
  for (const Json& reduction : plan["reductions"]) {
    recomputes |= reduction["set"] == "train.checkpointing=all";
    EXPECT_LT(reduction["peak"].get<int64_t>(), plan["forecast"]["memory"]["peak"].get<int64_t>());
  }
  EXPECT_TRUE(recomputes) << plan.dump(1);
}

TEST_F(MemoryTest, Fp16NeedsAGpu) {
  TrainFixture fixture;
  MakeTable(&fixture, "{model: mlp, train: {precision: fp16, device: cpu}}");
  try {
    Train(fixture.Inputs("run"));
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kRecipe);
    EXPECT_THAT(e.message(), HasSubstr("fp16 needs a GPU"));
  }
}

}  // namespace
}  // namespace bottega
