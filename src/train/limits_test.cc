#include "train/limits.h"

#include <gtest/gtest.h>

namespace bottega {
namespace {

bool Asks(const Json& checkpointing, const Json& max_rss = nullptr) {
  TrainInputs inputs;
  inputs.recipe = {{"train", {{"checkpointing", checkpointing}, {"max_rss", max_rss}}}};
  return AsksToSaveMemory(inputs);
}

TEST(LimitsTest, RecomputingNoBlockSavesNothing) {
  for (const char* setting : {"none", "0"}) EXPECT_FALSE(Asks(setting)) << setting;
  EXPECT_FALSE(Asks(nullptr));
  for (const char* setting : {"all", "auto", "2", "layer1.*"})
    EXPECT_TRUE(Asks(setting)) << setting;
  EXPECT_TRUE(Asks("none", "2G"));
}

TEST(LimitsTest, WritesWholeMebibytes) {
  EXPECT_EQ(LimitText(int64_t{2} << 30), "2G");
  EXPECT_EQ(LimitText((int64_t{3} << 20) + 1), "4M");
}

}  // namespace
}  // namespace bottega
