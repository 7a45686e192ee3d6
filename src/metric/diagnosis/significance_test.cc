#include "metric/diagnosis/significance.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/files.h"
#include "base/json.h"
#include "base/random.h"
#include "base/test_folders.h"
#include "metric/student_t.h"

namespace bottega {
namespace {

Json Reference() {
  const std::string path = TestReference("learning_curve.json");
  return ParseJson(ReadFile(path), path);
}

TEST(Significance, AgreesWithScipy) {
  const Json reference = Reference();
  ASSERT_EQ(reference["student_tails"].size(), 15U);
  for (const Json& row : reference["student_tails"]) {
    EXPECT_NEAR(StudentTail(row[0], row[1]), row[2].get<double>(), 1e-9) << row;
  }
  for (const Json& row : reference["student_quantiles"]) {
    EXPECT_NEAR(StudentQuantile(row[0], row[1]), row[2].get<double>(), 1e-6) << row;
  }
  ASSERT_EQ(reference["trends"].size(), 4U);
  for (const Json& row : reference["trends"]) {
    EXPECT_NEAR(RisingChance(row[0]), row[1].get<double>(), 1e-12) << row;
  }
  // The correction for continuity is at most half a step of S.
  EXPECT_NEAR(RisingChance(reference["long"]), reference["long_p"].get<double>(), 0.005);
  EXPECT_NEAR(RisingChance(reference["tied"]), reference["tied_p"].get<double>(), 0.01);
  const Json& welch = reference["welch"];
  const Mean difference = DifferenceOf(MeanOf(welch[0]), MeanOf(welch[1]));
  EXPECT_NEAR(difference.Lower(0.975), welch[2][0].get<double>(), 1e-6);
  EXPECT_NEAR(difference.Upper(0.975), welch[2][1].get<double>(), 1e-6);
}

TEST(Significance, TrendsOfFewOrNoisyValuesAreNone) {
  EXPECT_EQ(RisingChance({1, 2}), 1);
  EXPECT_NEAR(RisingChance({1, 2, 3, 4}), 1.0 / 24, 1e-12);
  EXPECT_EQ(FallingChance({1, 2, 3, 4}), 1);
  int alarms = 0;
  for (int trial = 0; trial < 400; ++trial) {
    Random random(1, Purpose::kGenerate, 0, trial);
    std::vector<double> values;
    for (int i = 0; i < 15; ++i) values.push_back(random.Normal());
    alarms += RisingChance(values) < 0.05;
  }
  EXPECT_LE(alarms, 32);  // 20 expected
}

// The interval of a paired difference holds the truth as often as it says.
TEST(Significance, BlocksGiveHonestIntervals) {
  int covered = 0;
  for (int trial = 0; trial < 300; ++trial) {
    Random random(2, Purpose::kGenerate, 0, trial);
    std::vector<double> before, after, weight;
    for (int i = 0; i < 500; ++i) {
      const double own = random.Normal() * random.Normal();
      before.push_back(own);
      after.push_back(own + 0.1 + 0.3 * random.Normal());
      weight.push_back(0.5 + random.Uniform());
    }
    const Mean rise = MeanRise(DealIntoBlocks(after, weight), DealIntoBlocks(before, weight));
    covered += rise.Lower(0.975) < 0.1 && rise.Upper(0.975) > 0.1;
  }
  EXPECT_GE(covered, 273);
  EXPECT_LE(covered, 297);
}

TEST(Significance, FewRowsHaveWideIntervals) {
  EXPECT_TRUE(std::isinf(MeanLoss(DealIntoBlocks({1.0}, {})).error));
  EXPECT_TRUE(std::isinf(MeanOf({2.0}).error));
  const Mean mean = MeanOf({1, 2, std::nan(""), 3});
  EXPECT_EQ(mean.value, 2);
  EXPECT_EQ(mean.freedom, 2);
}

TEST(Significance, HolmAdjustsStepByStep) {
  const std::vector<double> adjusted = HolmAdjusted({0.04, 0.01, 0.03});
  EXPECT_DOUBLE_EQ(adjusted[1], 0.03);
  EXPECT_DOUBLE_EQ(adjusted[2], 0.06);
  EXPECT_DOUBLE_EQ(adjusted[0], 0.06);
}

}  // namespace
}  // namespace bottega
