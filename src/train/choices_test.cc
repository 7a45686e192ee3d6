#include "train/choices.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "train/probe.h"

namespace bottega {
namespace {

TEST(Choices, SurviveJson) {
  const Choices choices{.precision = "bf16",
                        .layout = "channels_last",
                        .threads = 2,
                        .workers = 3,
                        .micro_batch = 16,
                        .measured = {{"fp32 contiguous", 0.25}}};
  const Choices read = ChoicesFromJson(ChoicesToJson(choices), "choices.json");
  EXPECT_EQ(ChoicesToJson(read), ChoicesToJson(choices));
}

TEST(Choices, RefusesWhatMakesNoSense) {
  const Json good = ChoicesToJson({.micro_batch = 8});
  ChoicesFromJson(good, "f");
  for (const auto& [key, value] : std::map<std::string, Json>{{"format", 2},
                                                              {"precision", "fp8"},
                                                              {"layout", 1},
                                                              {"threads", 0},
                                                              {"micro_batch", -1}}) {
    Json bad = good;
    bad[key] = value;
    EXPECT_THROW(ChoicesFromJson(bad, "f"), Error) << key;
  }
  EXPECT_THROW(ChoicesFromJson(Json::array(), "f"), Error);
}

TEST(Choices, TheDefaultStandsUnlessAnotherIsFifteenPercentFaster) {
  EXPECT_EQ(FastestWorthwhile({{"default", 1.0}, {"other", 0.86}}), "default");
  EXPECT_EQ(FastestWorthwhile({{"default", 1.0}, {"other", 0.84}, {"third", 0.5}}), "third");
  EXPECT_EQ(FastestWorthwhile({{"default", 1.0}}), "default");
}

}  // namespace
}  // namespace bottega
