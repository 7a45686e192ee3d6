#include "train/idle_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bottega {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int64_t kSteps = 10;  // an epoch

std::vector<std::string> Idle(const Json& schedule, const Json& average = nullptr) {
  return IdleSettings({{"epochs", 30}, {"schedule", schedule}, {"average", average}}, kSteps);
}

Json MultiStep(const Json& at, double warmup = 0) {
  return {{"name", "multi_step"}, {"at", at}, {"factor", 0.1}, {"warmup", warmup}};
}

Json Step(double every) { return {{"name", "step"}, {"every", every}, {"warmup", 0}}; }

const Json kConstant = {{"name", "constant"}};

TEST(IdleSettings, NamesDropsThatNeverCome) {
  EXPECT_THAT(Idle(MultiStep({10.0, 29.5})), IsEmpty());
  EXPECT_THAT(Idle(MultiStep({10.0, 30.0})),
              ElementsAre("train.schedule.multi_step.at: the drop at 30 does not come within the "
                          "30 epochs"));
  EXPECT_THAT(Idle(MultiStep({40.0, 60.0})),
              ElementsAre("train.schedule.multi_step.at: the drops at 40, 60 do not come within "
                          "the 30 epochs"));
  EXPECT_THAT(Idle(Step(29)), IsEmpty());
  EXPECT_THAT(Idle(Step(30)), ElementsAre("train.schedule.step.every: the drop at 30 does not come "
                                          "within the 30 epochs"));
}

TEST(IdleSettings, CountsFromTheEndOfTheWarmUp) {
  EXPECT_THAT(Idle(MultiStep({26.0}, 0.1)), IsEmpty());
  EXPECT_THAT(Idle(MultiStep({27.0}, 0.1)),
              ElementsAre("train.schedule.multi_step.at: the drop at 27 does not come within the "
                          "30 epochs, of which the warm-up is the first part"));
  EXPECT_THAT(Idle(MultiStep({27.0}, 29)), IsEmpty());
  EXPECT_EQ(Idle(MultiStep({27.0}, 30)).size(), 1U);
}

TEST(IdleSettings, NamesAnAverageThatNeverBegins) {
  const auto swa = [](double from) { return Json{{"name", "swa"}, {"from", from}}; };
  EXPECT_THAT(Idle(kConstant, swa(30)), IsEmpty());
  EXPECT_THAT(Idle(kConstant, swa(0.99)), IsEmpty());
  EXPECT_THAT(Idle(kConstant, swa(40)),
              ElementsAre("train.average.swa.from is 40, after the last epoch, 30: weights are "
                          "never averaged"));
  EXPECT_THAT(Idle(kConstant, {{"name", "ema"}, {"decay", 0.9}}), IsEmpty());
}

}  // namespace
}  // namespace bottega
