#include "learn/label_noise.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace bottega {
namespace {

// Rows whose true class has probability q, and labels that are wrong at the rates `flip`.
struct Noisy {
  std::vector<int32_t> label;
  std::vector<bool> wrong;
  Matrix probability;
};

Noisy Make(int64_t rows, const std::vector<double>& flip, double clear) {
  Noisy out{{}, {}, Matrix(rows, 2)};
  for (int64_t r = 0; r < rows; ++r) {
    Random random(3, Purpose::kGenerate, 0, r);
    // q of class 1: sure for a share `clear` of the rows, anything between for the others.
    const double q =
        random.Uniform() < clear ? static_cast<double>(random.Chance(0.4)) : random.Uniform();
    const int32_t truth = random.Chance(q) ? 1 : 0;
    const bool wrong = random.Chance(flip[static_cast<size_t>(truth)]);
    out.label.push_back(wrong ? 1 - truth : truth);
    out.wrong.push_back(wrong);
    out.probability.row(r)[1] = static_cast<float>(q * (1 - flip[1]) + (1 - q) * flip[0]);
    out.probability.row(r)[0] = 1 - out.probability.row(r)[1];
  }
  return out;
}

TEST(LabelNoiseTest, RatesAreThoseThatWerePutIn) {
  const Noisy data = Make(20'000, {0.1, 0.03}, 0.7);
  const LabelNoise noise = EstimateNoise(data.label, data.probability);
  EXPECT_NEAR(noise.Rate(0, 1), 0.1, 0.01);
  EXPECT_NEAR(noise.Rate(1, 0), 0.03, 0.01);
  EXPECT_NEAR(noise.Rate(0, 0) + noise.Rate(0, 1), 1, 1e-9);
}

TEST(LabelNoiseTest, SaysHowOftenItIsRight) {
  for (const double clear : {1.0, 0.7}) {
    const Noisy data = Make(20'000, {0.05, 0.1}, clear);
    const std::vector<float> wrong = WrongLabelProbability(
        data.label, data.probability, EstimateNoise(data.label, data.probability));
    for (const double least : {0.5, 0.8}) {
      double said = 0, true_ones = 0, n = 0;
      for (size_t i = 0; i < wrong.size(); ++i) {
        if (wrong[i] < least) continue;
        said += wrong[i];
        true_ones += data.wrong[i];
        n += 1;
      }
      EXPECT_GT(n, 500);
      EXPECT_NEAR(said / n, true_ones / n, 0.1) << clear << " " << least;
    }
  }
}

TEST(LabelNoiseTest, AmbiguousButCleanRowsAreNotDoubted) {
  const Noisy data = Make(20'000, {0, 0}, 0.5);
  const std::vector<float> wrong = WrongLabelProbability(
      data.label, data.probability, EstimateNoise(data.label, data.probability));
  int64_t doubted = 0;
  for (const float w : wrong) doubted += w >= 0.5F;
  EXPECT_LT(doubted, 20);
}

TEST(LabelNoiseTest, LabelsThatNothingTellsAreNotTakenForWrong) {
  for (const int64_t rows : {200, 2'000, 20'000}) {
    Noisy data{{}, {}, Matrix(rows, 2)};
    for (int64_t r = 0; r < rows; ++r) {
      Random random(5, Purpose::kGenerate, 0, r);
      data.label.push_back(random.Chance(0.5) ? 1 : 0);
      const float p = static_cast<float>(0.4 + 0.2 * random.Uniform());
      data.probability.row(r)[0] = p;
      data.probability.row(r)[1] = 1 - p;
    }
    EXPECT_EQ(EstimateNoise(data.label, data.probability).accuracy, 0) << rows;
  }
}

TEST(LabelNoiseTest, RowsWithoutALabelAreLeftOut) {
  Noisy data = Make(200, {0.1, 0.1}, 1);
  data.label[3] = -1;
  const std::vector<float> wrong = WrongLabelProbability(
      data.label, data.probability, EstimateNoise(data.label, data.probability));
  EXPECT_TRUE(std::isnan(wrong[3]));
}

}  // namespace
}  // namespace bottega
