#include "learn/noise_evidence.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "learn/softmax.h"

namespace bottega {
namespace {

constexpr double kTwentyTimes = 3;

// Labels drawn from softmax(b + spread z), then a share of them put to another class. The
// probabilities are those of the labels as they stand, known to a tenth of the spread.
double Evidence(int classes, double spread, double noise, double bias, bool uniform, int64_t rows) {
  std::vector<int32_t> label;
  Matrix probability(rows, classes);
  std::vector<float> score(static_cast<size_t>(classes)), p(score.size());
  for (int64_t r = 0; r < rows; ++r) {
    Random random(11, Purpose::kGenerate, classes, r);
    for (float& s : score) {
      s = static_cast<float>(spread *
                             (uniform ? random.Uniform(-1, 1) * std::sqrt(3.0) : random.Normal()));
    }
    score[0] += static_cast<float>(bias);
    Softmax(score.data(), classes, p.data());
    double left = random.Uniform();
    int32_t y = 0;
    while (y + 1 < classes && (left -= p[static_cast<size_t>(y)]) > 0) ++y;
    if (random.Chance(noise)) {
      y = (y + 1 + static_cast<int32_t>(random.Below(classes - 1))) % classes;
    }
    label.push_back(y);
    for (float& s : score) s += static_cast<float>(0.1 * spread * random.Normal());
    Softmax(score.data(), classes, probability.row(r));
  }
  return EvidenceOfNoise(label, probability);
}

TEST(EvidenceOfNoise, ColumnsThatTellLittleAreNoNoise) {
  for (const int classes : {2, 10}) {
    for (const double spread : {0.0, 0.6, 2.0}) {
      for (const double bias : {0.0, 1.5}) {
        for (const bool uniform : {false, true}) {
          EXPECT_LT(Evidence(classes, spread, 0, bias, uniform, 4'000), kTwentyTimes)
              << classes << " " << spread << " " << bias << " " << uniform;
        }
      }
    }
  }
}

TEST(EvidenceOfNoise, WrongLabelsOfWhatCanBeToldAre) {
  for (const int classes : {2, 3, 10}) {
    for (const double noise : {0.1, 0.2, 0.3}) {
      for (const double bias : {0.0, 1.5}) {
        EXPECT_GT(Evidence(classes, 6, noise, bias, false, 4'000), kTwentyTimes)
            << classes << " " << noise << " " << bias;
      }
    }
  }
}

TEST(EvidenceOfNoise, FewRowsAndNoneProveNothing) {
  EXPECT_LT(Evidence(2, 6, 0.3, 0, false, 60), kTwentyTimes);
  EXPECT_LT(EvidenceOfNoise({-1, -1}, Matrix(2, 2, 0.5F)), 0);
}

}  // namespace
}  // namespace bottega
