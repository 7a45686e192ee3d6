#include "train/side_by_side.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "base/files.h"
#include "base/hash.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "train/checkpoint.h"
#include "train/train_fixture.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTable =
    "{model: {name: mlp, hidden: [16], dropout: 0.2}, train: {epochs: 6, batch: 32, "
    "early_stopping: {metric: [validation.roc_auc, validation.loss], patience: 2}}}";

class SideBySideTest : public testing::Test {
 protected:
  void SetUp() override {
    SetQuiet(true);
    MakeTable(&fixture_, kTable);
  }
  void TearDown() override { RequestStop(0); }

  // `count` trainings that differ by their seeds, in folders PREFIX0 ...
  std::vector<SideJob> Jobs(const std::string& prefix, int count) const {
    std::vector<SideJob> jobs;
    for (int i = 0; i < count; ++i) {
      const std::string name = prefix + std::to_string(i);
      jobs.push_back({name, fixture_.Inputs(name)});
      jobs.back().inputs.recipe["train"]["seed"] = i + 1;
    }
    return jobs;
  }
  static std::vector<std::string> Weights(const std::vector<SideJob>& jobs) {
    std::vector<std::string> weights;
    for (const SideJob& job : jobs) {
      weights.push_back(Sha256OfFile(job.inputs.run / "model" / "model.safetensors"));
    }
    return weights;
  }

  TrainFixture fixture_;
};

TEST_F(SideBySideTest, ModelsAreThoseOfEachAloneWhateverTheWorkers) {
  const std::vector<SideJob> alone = Jobs("alone", 5);
  std::vector<TrainOutcome> expected;
  for (const SideJob& job : alone) expected.push_back(Train(job.inputs));
  for (const int workers : {1, 2, 4}) {
    const std::vector<SideJob> jobs = Jobs("by" + std::to_string(workers) + "-", 5);
    const std::vector<SideOutcome> outcomes = TrainSideBySide(jobs, {.workers = workers});
    EXPECT_EQ(Weights(jobs), Weights(alone)) << workers;
    ASSERT_EQ(outcomes.size(), 5U);
    for (size_t i = 0; i < 5; ++i) {
      EXPECT_EQ(outcomes[i].outcome.epochs, expected[i].epochs);
      EXPECT_EQ(outcomes[i].outcome.best_epoch, expected[i].best_epoch);
      EXPECT_EQ(outcomes[i].outcome.stopped, expected[i].stopped);
    }
  }
}

TEST_F(SideBySideTest, PicturesTooOnSeveralThreads) {
  TrainFixture pictures;
  MakePictures(&pictures,
               "{model: {name: resnet_small, dropout: 0.1}, augment: [flip], train: {epochs: 2, "
               "batch: 8, picture_size: 16, precision: bf16, layout: contiguous, threads: 1}}");
  const auto jobs = [&](const std::string& prefix) {
    std::vector<SideJob> list;
    for (int i = 0; i < 3; ++i) {
      list.push_back({prefix, pictures.Inputs(prefix + std::to_string(i))});
      list.back().inputs.recipe["train"]["seed"] = i + 1;
    }
    return list;
  };
  const std::vector<SideJob> one = jobs("one"), three = jobs("three");
  TrainSideBySide(one, {.workers = 1});
  TrainSideBySide(three, {.workers = 3});
  EXPECT_EQ(Weights(one), Weights(three));
}

TEST_F(SideBySideTest, StopsOfAllChangeNoBit) {
  const std::vector<SideJob> whole = Jobs("whole", 4);
  TrainSideBySide(whole, {.workers = 2});
  std::vector<SideJob> stopped = Jobs("stopped", 4);
  const std::vector<SideJob> to_the_end = stopped;
  for (SideJob& job : stopped) job.inputs.recipe["train"]["time_budget"] = 1e-9;
  for (int sitting = 0; sitting < 5; ++sitting) {
    try {
      TrainSideBySide(stopped, {.workers = 2});
      FAIL() << "the budget does not end it";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kBudget);
      EXPECT_THAT(error.message(), testing::HasSubstr("0 of 4 models trained"));
    }
  }
  TrainSideBySide(to_the_end, {.workers = 2});
  EXPECT_EQ(Weights(to_the_end), Weights(whole));
}

TEST_F(SideBySideTest, LimitsOfTheSittingCountForAll) {
  const std::vector<SideJob> whole = Jobs("whole", 3), jobs = Jobs("job", 3);
  TrainSideBySide(whole, {.workers = 2});
  for (const bool time : {true, false}) {
    std::vector<SideJob> limited = jobs;
    for (SideJob& job : limited) {
      if (time) job.inputs.time_budget = 1e-9;
      if (!time) job.inputs.max_rss = 1 << 20;
    }
    try {
      TrainSideBySide(limited, {.workers = 2});
      FAIL() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kBudget);
      EXPECT_THAT(error.message(), testing::HasSubstr("everything is saved"));
    }
  }
  TrainSideBySide(jobs, {.workers = 2});
  EXPECT_EQ(Weights(jobs), Weights(whole));
}

TEST_F(SideBySideTest, ASignalSavesEveryOne) {
  const std::vector<SideJob> whole = Jobs("whole", 3), jobs = Jobs("job", 3);
  TrainSideBySide(whole, {.workers = 2});
  std::vector<SideJob> limited = jobs;
  for (SideJob& job : limited) job.inputs.stop_after_epoch = 1;
  TrainSideBySide(limited, {.workers = 2});
  RequestStop(SIGTERM);
  EXPECT_THROW(TrainSideBySide(jobs, {.workers = 2}), Interrupted);
  RequestStop(0);
  for (const SideJob& job : jobs) {
    const std::optional<TrainState> state = LoadTrainState(job.inputs.run);
    ASSERT_TRUE(state.has_value());
    EXPECT_GE(state->epoch, 2);
  }
  TrainSideBySide(jobs, {.workers = 2});
  EXPECT_EQ(Weights(jobs), Weights(whole));
}

TEST_F(SideBySideTest, RungsOfEpochsContinueToTheBit) {
  const std::vector<SideJob> whole = Jobs("whole", 3), jobs = Jobs("job", 3);
  TrainSideBySide(whole, {.workers = 2});
  for (const int64_t epochs : {1, 2, 4}) {
    std::vector<SideJob> rung = jobs;
    for (SideJob& job : rung) job.inputs.stop_after_epoch = epochs;
    for (const SideOutcome& outcome : TrainSideBySide(rung, {.workers = 2})) {
      if (!outcome.outcome.stopped.empty()) continue;
      EXPECT_EQ(outcome.outcome.epochs, epochs);
      EXPECT_EQ(outcome.outcome.curve.size(), static_cast<size_t>(epochs));
    }
  }
  EXPECT_FALSE(fs::exists(jobs[0].inputs.run / "model" / "model.safetensors") &&
               LoadTrainState(jobs[0].inputs.run)->stopped.empty());
  TrainSideBySide(jobs, {.workers = 2});
  EXPECT_EQ(Weights(jobs), Weights(whole));
}

TEST_F(SideBySideTest, AFinishedOneIsNotTrainedAgain) {
  const std::vector<SideJob> jobs = Jobs("job", 2);
  TrainSideBySide(jobs, {.workers = 2});
  const fs::path model = jobs[1].inputs.run / "model" / "model.safetensors";
  const auto written = fs::last_write_time(model);
  const std::vector<SideOutcome> again = TrainSideBySide(jobs, {.workers = 2});
  EXPECT_EQ(fs::last_write_time(model), written);
  EXPECT_GT(again[1].outcome.epochs, 0);
  EXPECT_FALSE(again[1].outcome.stopped.empty());
}

TEST_F(SideBySideTest, WithoutRoomForTwoTheyTrainOneAfterTheOther) {
  const std::vector<SideJob> plenty = Jobs("plenty", 3), scarce = Jobs("scarce", 3);
  TrainSideBySide(plenty, {.workers = 2});
  TrainSideBySide(scarce, {.workers = 2, .memory = 1});
  EXPECT_EQ(Weights(plenty), Weights(scarce));
  // None was begun before the one before it had ended.
  for (size_t i = 1; i < scarce.size(); ++i) {
    EXPECT_LE(fs::last_write_time(scarce[i - 1].inputs.run / "model" / "model.safetensors"),
              fs::last_write_time(scarce[i].inputs.run / "choices.json"));
  }
}

TEST_F(SideBySideTest, AFailureNamesItsJobOrIsKeptBesideTheOthers) {
  std::vector<SideJob> jobs = Jobs("job", 3);
  jobs[1].inputs.recipe["train"]["optimizer"] =
      ResolvedRecipe("{train: {optimizer: {name: sgd, lr: 1e30}}}")["train"]["optimizer"];
  const std::vector<SideOutcome> outcomes =
      TrainSideBySide(jobs, {.workers = 2, .keep_going = true});
  ASSERT_TRUE(outcomes[1].error.has_value());
  EXPECT_THAT(outcomes[1].error->message(), testing::HasSubstr("no longer a number"));
  EXPECT_FALSE(outcomes[0].error.has_value());
  EXPECT_FALSE(outcomes[2].outcome.stopped.empty());
  try {
    TrainSideBySide(jobs, {.workers = 2});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.message(),
                testing::HasSubstr("job1: the loss or a gradient is no longer a number"));
  }
}

TEST_F(SideBySideTest, MorePatienceAndEpochsContinueWhatEnded) {
  const auto with = [&](const std::string& name, int64_t patience, int64_t epochs) {
    TrainInputs inputs = fixture_.Inputs(name);
    inputs.recipe["train"]["epochs"] = epochs;
    inputs.recipe["train"]["schedule"] =
        ResolvedRecipe("{train: {schedule: constant}}")["train"]["schedule"];
    inputs.recipe["train"]["early_stopping"]["metric"] = {"validation.roc_auc"};
    inputs.recipe["train"]["early_stopping"]["patience"] = patience;
    return inputs;
  };
  const auto weights = [](const TrainInputs& inputs) {
    return Sha256OfFile(inputs.run / "model" / "model.safetensors");
  };
  const TrainInputs whole = with("whole", 6, 40), raised = with("raised", 6, 40);
  const TrainOutcome expected = Train(whole);
  const TrainOutcome first = Train(with("raised", 1, 40));
  EXPECT_EQ(first.stopped, "early_stopping");
  ASSERT_LT(first.epochs, expected.epochs);
  const TrainOutcome second = Train(raised);
  EXPECT_EQ(second.epochs, expected.epochs);
  EXPECT_EQ(second.best_epoch, expected.best_epoch);
  EXPECT_EQ(weights(raised), weights(whole));
  const TrainInputs longer = with("longer", 6, 40);
  EXPECT_EQ(Train(with("longer", 6, 2)).stopped, "finished");
  Train(longer);
  EXPECT_EQ(weights(longer), weights(whole));
}

}  // namespace
}  // namespace bottega
