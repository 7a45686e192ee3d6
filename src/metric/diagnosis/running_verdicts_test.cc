#include "metric/diagnosis/running_verdicts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "base/random.h"

namespace bottega {
namespace {

constexpr double kGuess = 0.69;

// A made-up training: mean losses by epoch, with noise of batches, rows and epochs.
struct Course {
  std::function<double(int)> train, validation;
  int epochs = 30;
  int64_t rows = 400;
  double row_noise = 0.4, epoch_noise = 0.004;
  std::function<std::vector<LayerFacts>(int)> layers = [](int) {
    return std::vector<LayerFacts>();
  };
  std::function<int64_t(int)> spikes = [](int) { return 0; };
};

LayerFacts Layer(const std::string& name, int64_t units, int64_t dead, double weight, double ratio,
                 Random* random) {
  LayerFacts layer{.name = name, .units = units, .dead = dead, .weight = weight, .gradient = 1};
  for (int i = 0; i < 4; ++i) layer.update.push_back(ratio * std::exp(0.3 * random->Normal()));
  return layer;
}

std::vector<double> RowsAround(double mean, const Course& course, int64_t seed, int epoch) {
  std::vector<double> losses;
  Random epoch_noise(9, Purpose::kGenerate, epoch, seed);
  const double shift = course.epoch_noise * epoch_noise.Normal();
  for (int64_t i = 0; i < course.rows; ++i) {
    Random own(7, Purpose::kGenerate, seed, i), now(8, Purpose::kGenerate, 1000 * seed + epoch, i);
    losses.push_back(mean + shift + course.row_noise * own.Normal() +
                     0.3 * course.row_noise * now.Normal());
  }
  return losses;
}

EpochFacts FactsOf(const Course& course, int64_t seed, int epoch) {
  EpochFacts facts{.epoch = epoch};
  std::vector<double> steps;
  for (int i = 0; i < 50; ++i) {
    Random noise(6, Purpose::kGenerate, 1000 * seed + epoch, i);
    steps.push_back(course.train(epoch) + 0.05 * noise.Normal());
  }
  facts.train = MeanOf(steps);
  facts.validation = DealIntoBlocks(RowsAround(course.validation(epoch), course, seed, epoch), {});
  facts.layers = course.layers(epoch);
  facts.spikes = course.spikes(epoch);
  return facts;
}

std::vector<RunningVerdict> Follow(const Course& course, int64_t seed) {
  RunningVerdicts verdicts(
      DealIntoBlocks(std::vector<double>(static_cast<size_t>(course.rows), kGuess), {}), kGuess);
  std::vector<RunningVerdict> said;
  for (int epoch = 1; epoch <= course.epochs; ++epoch) {
    for (RunningVerdict& verdict : verdicts.Observe(FactsOf(course, seed, epoch))) {
      said.push_back(std::move(verdict));
    }
    // As after a stop: nothing is forgotten, nothing said twice.
    const Json state = verdicts.State();
    verdicts = RunningVerdicts(
        DealIntoBlocks(std::vector<double>(static_cast<size_t>(course.rows), kGuess), {}), kGuess);
    verdicts.LoadState(ParseJson(state.dump(), "state"));
  }
  return said;
}

double Falling(int epoch) { return 0.3 + 0.39 * std::exp(-epoch / 4.0); }

Course Healthy() {
  return {.train = Falling,
          .validation = [](int e) { return Falling(e) + 0.02; },
          .layers =
              [](int e) {
                Random random(1, Purpose::kGenerate, e);
                return std::vector<LayerFacts>{
                    Layer("layers.0", 128, 4, 6 + 0.1 * e, 4e-3, &random),
                    Layer("head", 2, -1, 1 + 0.1 * e, 8e-3, &random)};
              }};
}

std::vector<std::string> Names(const std::vector<RunningVerdict>& said) {
  std::vector<std::string> names;
  for (const RunningVerdict& verdict : said) names.push_back(verdict.name);
  return names;
}

TEST(RunningVerdicts, HealthyNoiseRaisesNoAlarm) {
  for (int64_t seed = 0; seed < 60; ++seed) {
    EXPECT_THAT(Names(Follow(Healthy(), seed)), testing::IsEmpty()) << seed;
  }
  Course small = Healthy();
  small.rows = 60;
  small.epoch_noise = 0.02;
  for (int64_t seed = 0; seed < 60; ++seed) {
    EXPECT_THAT(Names(Follow(small, seed)), testing::IsEmpty()) << seed;
  }
}

TEST(RunningVerdicts, OverfittingIsCalledOnceWithTheEpochItBegan) {
  Course course = Healthy();
  course.validation = [](int e) { return e <= 8 ? Falling(e) : Falling(8) + 0.02 * (e - 8); };
  for (int64_t seed = 0; seed < 10; ++seed) {
    const auto said = Follow(course, seed);
    ASSERT_THAT(Names(said), testing::ElementsAre("overfitting")) << seed;
    EXPECT_LE(said[0].epoch, 20);
    EXPECT_NEAR(static_cast<double>(said[0].since), 8, 2);
    EXPECT_THAT(said[0].text, testing::StartsWith("overfitting since epoch "));
  }
  // A training loss that stands still is another matter.
  course.train = [](int e) { return 0.3 + 0.001 * ((7 * e) % 5); };
  EXPECT_THAT(Names(Follow(course, 1)), testing::IsEmpty());
}

TEST(RunningVerdicts, ALossThatStaysAtGuessingIsCalledByEpochSix) {
  Course course = Healthy();
  course.train = course.validation = [](int e) { return kGuess - 0.0002 * e; };
  course.row_noise = 0.1;
  const auto said = Follow(course, 1);
  ASSERT_THAT(Names(said), testing::ElementsAre("not_learning"));
  EXPECT_EQ(said[0].epoch, 6);
}

// 130 validation rows, whose losses lie apart by as much as a quarter of guessing.
TEST(RunningVerdicts, FewValidationRowsDoNotHideALossThatDoesNotFall) {
  Course course = Healthy();
  course.train = [](int e) { return kGuess - 0.001 * e; };
  course.validation = [](int) { return kGuess + 0.002; };
  course.rows = 130;
  course.row_noise = 0.15;
  int called = 0;
  for (int64_t seed = 0; seed < 40; ++seed) {
    const auto said = Follow(course, seed);
    called += !said.empty() && said[0].name == "not_learning" && said[0].epoch <= 8;
  }
  EXPECT_GE(called, 38);
}

TEST(RunningVerdicts, DeadUnitsShrinkingWeightsAndUnusualUpdates) {
  const auto with = [](int64_t dead, double ratio, std::function<double(int)> weight) {
    Course course = Healthy();
    course.layers = [=](int e) {
      Random random(1, Purpose::kGenerate, e);
      return std::vector<LayerFacts>{Layer("layers.0", 128, dead, weight(e), ratio, &random)};
    };
    return Names(Follow(course, 2));
  };
  const auto same = [](int) { return 5.0; };
  const auto shrinking = [](int e) { return 5 * std::exp(-0.2 * e); };
  EXPECT_THAT(with(60, 1e-3, same), testing::ElementsAre("dead_units"));
  EXPECT_THAT(with(20, 1e-3, same), testing::IsEmpty());
  EXPECT_THAT(with(0, 1e-5, same), testing::ElementsAre("updates_small"));
  EXPECT_THAT(with(0, 0.5, same), testing::ElementsAre("updates_large"));
  EXPECT_THAT(with(0, 1e-3, shrinking), testing::ElementsAre("weights_shrink"));
}

TEST(RunningVerdicts, TrainingThatStaysHarderThanValidationIsRegularizedStrongly) {
  Course course = Healthy();
  course.train = [](int e) { return Falling(e) + 0.2; };
  const auto said = Follow(course, 3);
  ASSERT_THAT(Names(said), testing::ElementsAre("over_regularized"));
  EXPECT_LE(said[0].epoch, 8);
}

TEST(RunningVerdicts, SpikesStandOutOfAnEpochAndRecur) {
  std::vector<double> losses;
  Random random(1, Purpose::kGenerate);
  for (int i = 0; i < 200; ++i) losses.push_back(0.4 * std::exp(0.1 * random.Normal()));
  EXPECT_EQ(CountSpikes(losses, kGuess), 0);
  losses[17] = losses[90] = 5;
  EXPECT_EQ(CountSpikes(losses, kGuess), 2);
  EXPECT_EQ(CountSpikes(losses, 6), 0);  // not above guessing
  EXPECT_EQ(CountSpikes({1, 1, 1, 99}, kGuess), 0);
  Course course = Healthy();
  course.spikes = [](int e) { return e == 3 || e == 5 ? 2 : 0; };
  const auto said = Follow(course, 4);
  ASSERT_THAT(Names(said), testing::ElementsAre("spikes"));
  EXPECT_EQ(said[0].epoch, 5);
  EXPECT_EQ(said[0].since, 3);
}

}  // namespace
}  // namespace bottega
