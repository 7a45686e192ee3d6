#include "engine/operator_watch.h"

#include <gtest/gtest.h>
#include <torch/types.h>

#include <limits>

namespace bottega {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

TEST(OperatorWatch, NamesTheOperatorThatBroke) {
  const at::Tensor weight = at::full({3, 3}, 1e30F), input = at::full({2, 3}, 1e30F);
  const OperatorWatch watch({{"layers.0.weight", weight}});
  at::relu(at::mm(input, weight));
  ASSERT_TRUE(watch.first());
  EXPECT_EQ(watch.first()->operation, "mm");
  EXPECT_EQ(watch.first()->parameter, "layers.0.weight");
}

TEST(OperatorWatch, AViewOfWhatHoldsAnythingBreaksNothing) {
  const at::Tensor anything = at::full({4}, kNaN);
  const OperatorWatch watch({});
  const at::Tensor seen = anything.as_strided({2}, {1}).view({1, 2}).transpose(0, 1);
  at::empty({16});
  EXPECT_FALSE(watch.first());
  at::add(seen, 1);
  ASSERT_TRUE(watch.first());
  EXPECT_EQ(watch.first()->operation, "add");
}

}  // namespace
}  // namespace bottega
