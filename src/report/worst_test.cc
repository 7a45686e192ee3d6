#include "report/worst.h"

#include <gtest/gtest.h>

namespace bottega {
namespace {

TEST(Base64Test, PadsAsRfc4648) {
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("f"), "Zg==");
  EXPECT_EQ(Base64("fo"), "Zm8=");
  EXPECT_EQ(Base64("foo"), "Zm9v");
  EXPECT_EQ(Base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(Base64(std::string("\xff\x00\xfe", 3)), "/wD+");
}

TEST(WorstTest, SurestMistakesFirst) {
  Predictions p{.classes = {"a", "b"}};
  p.part = {"test", "test", "test", "train"};
  p.row = {10, 11, 12, 13};
  p.label = {0, 0, 1, 0};
  p.predicted = {1, 1, 1, 1};
  p.probability = {.4f, .6f, .1f, .9f, .2f, .8f, 0, 1};
  EXPECT_EQ(WorstMistakes(p, "test", 5), (std::vector<int64_t>{1, 0}));
  EXPECT_EQ(WorstMistakes(p, "test", 1), (std::vector<int64_t>{1}));
}

TEST(WorstTest, LargestErrorsFirst) {
  Predictions p{.task = Task::kRegression};
  p.part = {"test", "test", "test"};
  p.row = {0, 1, 2};
  p.value = {1, 5, 2};
  p.predicted_value = {1.5, 2, 2.1};
  EXPECT_EQ(WorstMistakes(p, "test", 2), (std::vector<int64_t>{1, 0}));
}

TEST(ThumbnailTest, FitsTheSide) {
  const Picture picture{.width = 300, .height = 10, .rgb = std::vector<uint8_t>(9000, 128)};
  EXPECT_TRUE(ThumbnailUri(picture, 100).starts_with("data:image/jpeg;base64,"));
}

}  // namespace
}  // namespace bottega
