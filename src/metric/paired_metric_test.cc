#include "metric/paired_metric.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "metric/metrics.h"

namespace bottega {
namespace {

// Rows of two classes of which `share` are answered right.
Predictions Answers(double share, uint64_t seed) {
  Predictions p{.classes = {"no", "yes"}, .positive = 1};
  for (int64_t row = 0; row < 600; ++row) {
    Random random(seed, Purpose::kGenerate, 0, row);
    Random truth(1, Purpose::kGenerate, 1, row);
    p.row.push_back(row);
    p.part.push_back("test");
    p.fold.push_back(-1);
    p.weight.push_back(1);
    p.label.push_back(truth.Chance(0.4) ? 1 : 0);
    p.predicted.push_back(random.Chance(share) ? p.label.back() : 1 - p.label.back());
    const float yes = p.predicted.back() == 1 ? 0.8F : 0.2F;
    p.probability.push_back(1 - yes);
    p.probability.push_back(yes);
  }
  return p;
}

TEST(PairedGains, SaysHowMuchBetterAndHowSure) {
  const Predictions ours = Answers(0.9, 2), worse = Answers(0.6, 3);
  for (const char* metric : {"accuracy", "f1", "log_loss", "roc_auc"}) {
    const auto gains = PairedGains(metric, ours, {worse, ours});
    ASSERT_EQ(gains.size(), 2U);
    EXPECT_DOUBLE_EQ(gains[0].other, Metric(metric, worse)) << metric;
    EXPECT_NEAR(gains[0].value, std::abs(Metric(metric, ours) - Metric(metric, worse)), 1e-12);
    EXPECT_GT(gains[0].low, 0) << metric;
    EXPECT_LT(gains[0].low, gains[0].value);
    EXPECT_GT(gains[0].high, gains[0].value);
    // Beside itself nothing moves: the draws are the same.
    EXPECT_EQ(gains[1].value, 0);
    EXPECT_EQ(gains[1].low, 0);
    EXPECT_EQ(gains[1].high, 0);
  }
}

TEST(PairedGains, TheOtherWayRoundItIsALoss) {
  const Predictions ours = Answers(0.6, 3), better = Answers(0.9, 2);
  const PairedGain gain = PairedGains("balanced_accuracy", ours, {better})[0];
  EXPECT_LT(gain.high, 0);
  const PairedGain back = PairedGains("balanced_accuracy", better, {ours})[0];
  EXPECT_DOUBLE_EQ(gain.value, -back.value);
  EXPECT_DOUBLE_EQ(gain.low, -back.high);
}

TEST(PairedGains, AnUnknownMetricIsAnError) {
  EXPECT_THROW(PairedGains("acuracy", Answers(0.5, 1), {}), Error);
}

}  // namespace
}  // namespace bottega
