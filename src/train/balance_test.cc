#include "train/balance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bottega {
namespace {

using testing::ElementsAre;

// sklearn.utils.class_weight.compute_class_weight("balanced", classes=[0, 1, 2], y=[0,0,0,1,2,2]).
TEST(ClassWeights, AreScikitLearns) {
  const std::vector<int32_t> labels = {0, 0, 0, 1, 2, 2, -1};
  const auto weights = ClassWeights(labels, 3);
  ASSERT_EQ(weights.size(), 3U);
  EXPECT_DOUBLE_EQ(weights[0], 2.0 / 3);
  EXPECT_DOUBLE_EQ(weights[1], 2.0);
  EXPECT_DOUBLE_EQ(weights[2], 1.0);
}

TEST(ClassWeights, AbsentClassGetsNone) {
  EXPECT_THAT(ClassWeights(std::vector<int32_t>{0, 0}, 2), ElementsAre(0.5, 0.0));
}

}  // namespace
}  // namespace bottega
