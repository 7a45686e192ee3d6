// Every regularizer through Train(): it has its effect, stops change no bit, micro-batches nothing
// but rounding.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/label_weights.h"
#include "base/hash.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "model/weights/safetensors.h"
#include "train/train_fixture.h"
#include "train/train_stage.h"
#include "train/train_with_stops.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

std::string Weights(const TrainInputs& inputs) {
  return Sha256OfFile(inputs.run / "model" / "model.safetensors");
}

// `train` as YAML within the recipe.
std::string Table(const std::string& train, const std::string& model = "dropout: 0.2") {
  std::string settings = train;
  if (!train.starts_with("epochs:")) settings += ", epochs: 4";
  if (!train.starts_with("batch:")) settings += ", batch: 32";
  return "{model: {name: mlp, hidden: [16], " + model + "}, train: {" + settings +
         ", early_stopping: none}}";
}

const std::vector<std::string>& Kinds() {
  static const std::vector<std::string> kinds = {
      "mix: [mixup]",
      "average: {name: ema, decay: 0.95}",
      "average: {name: swa, from: 2, lr: 0.002}",
      "sam: {rho: 0.05}",
      "sam: {rho: 1, adaptive: true}",
      "gradient_noise: {eta: 0.1}",
      "clip_value: 0.001",
      "penalties: [{elastic_net: {strength: 0.01}}]",
      "penalties: [{max_norm: {limit: 0.5}}]",
      "balance: weights",
      "balance: {name: effective_number, beta: 0.99}",
      "balance: oversample",
      "balance: undersample",
      "balance: sampler",
      "mix: [mixup], average: ema, sam: {rho: 0.02}, gradient_noise: {eta: 0.01}, balance: sampler",
  };
  return kinds;
}

class RegularizeTest : public testing::Test {
 protected:
  void SetUp() override { SetQuiet(true); }
};

TEST_F(RegularizeTest, EachHasItsEffectAndStopsChangeNoBit) {
  TrainFixture plain_fixture;
  MakeTable(&plain_fixture, Table("seed: 1"));
  const TrainInputs plain = plain_fixture.Inputs("plain");
  Train(plain);
  for (const std::string& kind : Kinds()) {
    TrainFixture fixture;
    MakeTable(&fixture, Table(kind));
    const TrainInputs whole = fixture.Inputs("whole"), stopped = fixture.Inputs("stopped");
    const TrainOutcome one = Train(whole), two = TrainWithStops(stopped, 14);
    EXPECT_NE(Weights(whole), Weights(plain)) << kind;
    EXPECT_EQ(Weights(whole), Weights(stopped)) << kind;
    ASSERT_EQ(one.curve.size(), two.curve.size());
    for (size_t i = 0; i < one.curve.size(); ++i) {
      EXPECT_EQ(one.curve[i]["validation.loss"], two.curve[i]["validation.loss"]) << kind;
    }
  }
}

TEST_F(RegularizeTest, OfPicturesStopsChangeNoBit) {
  for (const char* train :
       {"mix: [mixup, cutmix], average: {swa: {from: 2, lr: 0.001}}, freeze_norm: 3",
        "average: ema, sam: {rho: 0.05}"}) {
    TrainFixture fixture;
    MakePictures(&fixture, std::string("{model: {name: resnet_small, width: 8, drop_path: 0.3}, "
                                       "augment: [flip], train: {epochs: 3, batch: 8, "
                                       "micro_batch: 4, picture_size: 16, precision: fp32, "
                                       "layout: contiguous, ") +
                               train + "}}");
    const TrainInputs whole = fixture.Inputs("whole"), stopped = fixture.Inputs("stopped");
    Train(whole);
    TrainWithStops(stopped, 9);
    EXPECT_EQ(Weights(whole), Weights(stopped)) << train;
  }
}

TEST_F(RegularizeTest, MicroBatchesChangeNothingButRounding) {
  for (const std::string norm : {"none", "layer"}) {
    for (const std::string kind :
         {"seed: 1", "mix: [mixup]", "sam: {rho: 0.05}", "gradient_noise: {eta: 0.01}",
          "average: ema", "balance: oversample", "balance: weights", "clip_value: 0.01"}) {
      TrainFixture fixture;
      MakeTable(&fixture, Table("batch: 64, optimizer: {name: sgd, lr: 0.05}, " + kind,
                                "dropout: 0.3, norm: " + norm));
      std::vector<TrainOutcome> outcomes;
      for (const int micro : {8, 16, 64}) {
        TrainInputs inputs = fixture.Inputs("micro" + std::to_string(micro));
        inputs.recipe["train"]["micro_batch"] = micro;
        outcomes.push_back(Train(inputs));
      }
      for (const TrainOutcome& outcome : outcomes) {
        for (size_t i = 0; i < outcome.curve.size(); ++i) {
          for (const char* loss : {"train.loss", "validation.loss"}) {
            EXPECT_NEAR(outcome.curve[i][loss].get<double>(),
                        outcomes[0].curve[i][loss].get<double>(), 1e-5)
                << kind << " " << norm << " " << loss;
          }
        }
      }
    }
  }
}

TEST_F(RegularizeTest, AveragesAreScoredBesideTheWeightsThemselves) {
  TrainFixture fixture;
  MakeTable(&fixture, Table("average: {swa: {from: 3, lr: 0.01}}", "norm: batch"));
  const TrainInputs inputs = fixture.Inputs("run");
  const TrainOutcome outcome = Train(inputs);
  EXPECT_FALSE(outcome.curve[1].contains("raw.validation.loss"));
  EXPECT_TRUE(outcome.curve[2].contains("raw.validation.loss"));
  EXPECT_NE(outcome.curve[3]["raw.validation.loss"], outcome.curve[3]["validation.loss"]);
  EXPECT_EQ(outcome.curve[2]["lr"], 0.01);
}

TEST_F(RegularizeTest, EarlyStoppingWaitsForTheAverage) {
  TrainFixture fixture;
  MakeTable(&fixture,
            "{model: {name: mlp, hidden: [64], dropout: 0}, train: {epochs: 30, batch: 16, "
            "optimizer: {lr: 0.03}, average: {swa: {from: 20}}, early_stopping: {patience: 1}}}");
  EXPECT_GE(Train(fixture.Inputs("run")).epochs, 20);
}

// A class of one row in ten: its mean predicted probability is its share once corrected.
TEST_F(RegularizeTest, BalancedTrainingKeepsItsProbabilities) {
  for (const std::string balance : {"weights", "oversample", "undersample", "sampler"}) {
    double mean[2];
    for (const bool correct : {true, false}) {
      TrainFixture fixture;
      MakeTable(&fixture, Table("seed: 1"));
      // Few "yes" among the training rows: others are dealt to the test part.
      const auto labels = TextsOf(fixture.data, fixture.data.Find("target"));
      int64_t kept = 0;
      for (size_t i = 0; i < fixture.split.part.size(); ++i) {
        if (labels[i] != "yes" || ++kept % 9 == 0) continue;
        fixture.split.part[i] = Part::kTest;
      }
      fixture.recipe = ResolvedRecipe(Table("epochs: 12, balance: {name: " + balance +
                                            ", correct: " + (correct ? "true" : "false") + "}"));
      const TrainInputs inputs = fixture.Inputs(balance + (correct ? "1" : "0"));
      const Json last = Train(inputs).curve.back();
      mean[correct ? 0 : 1] = last["validation.loss"].get<double>();
      EXPECT_EQ(ReadJson(inputs.run / "model" / "config.json").contains("logit_offset"), correct);
    }
    EXPECT_LT(mean[0], mean[1]) << balance;
  }
}

TEST_F(RegularizeTest, AuditWeightsChangeTheTrainingAndAreNeeded) {
  TrainFixture fixture;
  MakeTable(&fixture, Table("sample_weights: audit"));
  const TrainInputs inputs = fixture.Inputs("weighted");
  EXPECT_THROW(Train(inputs), Error);
  LabelWeights weights;
  for (int64_t i = 0; i < 320; ++i) {
    weights.row.push_back(fixture.data.rows[static_cast<size_t>(i)]);
    weights.wrong.push_back(i % 2 == 0 ? 1.0f : 0.0f);
    weights.weight.push_back(i % 2 == 0 ? 0.0 : 1.0);
  }
  WriteLabelWeights(inputs.run / "sample_weights.parquet", weights);
  Train(inputs);
  fixture.recipe = ResolvedRecipe(Table("seed: 1"));
  const TrainInputs plain = fixture.Inputs("plain");
  Train(plain);
  EXPECT_NE(Weights(inputs), Weights(plain));
}

TEST_F(RegularizeTest, RowsWithCategoriesAreNotMixedByAModelThatCannot) {
  TrainFixture fixture;
  MakeTable(&fixture, Table("mix: [cutmix]"));
  EXPECT_THROW(Train(fixture.Inputs("run")), Error);
}

}  // namespace
}  // namespace bottega
