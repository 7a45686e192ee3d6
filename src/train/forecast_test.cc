#include "train/forecast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bottega {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Json Probed() {
  Forecast forecast;
  forecast.parts = {{"weights", 3 << 20}};
  forecast.peak = 3 << 20;
  forecast.steps_per_epoch = 10;
  forecast.epochs = 4;
  forecast.probe_steps = 20;
  forecast.step_seconds = 2;
  forecast.score_seconds = 1;
  forecast.watch_seconds = 5;
  return ForecastToJson(forecast);
}

Measured AllOfIt() {
  return {
      .peak = 4 << 20, .steps = 40, .epochs = 4, .watched = 4, .step_seconds = 3, .seconds = 130};
}

TEST(CompareText, SaysWhatWasMeasuredBesideTheForecast) {
  const std::string text = CompareText(Probed(), AllOfIt());
  EXPECT_THAT(text, HasSubstr("4.2 MB (forecast 3.1 MB)"));
  EXPECT_THAT(text, HasSubstr("a step 3.0 s (2.0 s)"));
}

TEST(CompareText, CountsTheWatchingOfLayersWhereItIsKnown) {
  Json older = Probed();
  older["time"].erase("watch_seconds");
  // 40 steps of 2 s, 4 scorings of 1 s, 4 watchings of 5 s.
  EXPECT_THAT(CompareText(Probed(), AllOfIt()), HasSubstr("(1 min 44 s)"));
  EXPECT_THAT(CompareText(older, AllOfIt()), HasSubstr("(1 min 24 s)"));
}

TEST(CompareText, ChargesASittingOnlyTheWatchingsThatItHad) {
  Measured resumed = AllOfIt();
  resumed.watched = 0;
  EXPECT_THAT(CompareText(Probed(), resumed), HasSubstr("(1 min 24 s)"));
}

TEST(CompareText, SaysNoTimeWithoutAProbe) {
  Forecast forecast;
  forecast.peak = 3 << 20;
  EXPECT_THAT(CompareText(ForecastToJson(forecast), AllOfIt()), Not(HasSubstr("a step")));
}

}  // namespace
}  // namespace bottega
