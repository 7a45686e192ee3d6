#include "feed/float_pool.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace bottega {
namespace {

TEST(FloatPoolTest, BlocksAreUsedAgainOnceTheyAreFree) {
  for (const size_t floats : {size_t{10}, size_t{1} << 20}) {
    const auto pool = std::make_shared<FloatPool>(floats);
    std::shared_ptr<float> first = pool->Take(), second = pool->Take();
    EXPECT_NE(first.get(), second.get());
    EXPECT_EQ(reinterpret_cast<uintptr_t>(first.get()) % 64, 0u);
    first.get()[floats - 1] = 1;
    const float* address = first.get();
    const std::shared_ptr<float> owner = first;
    first.reset();
    EXPECT_NE(pool->Take().get(), address);
    EXPECT_EQ(owner.get()[floats - 1], 1);
  }
}

TEST(FloatPoolTest, BlocksOutliveThePoolsOwner) {
  auto pool = std::make_shared<FloatPool>(100);
  const std::weak_ptr<FloatPool> watched = pool;
  std::shared_ptr<float> block = pool->Take();
  pool.reset();
  block.get()[99] = 3;
  EXPECT_FALSE(watched.expired());
  block.reset();
  EXPECT_TRUE(watched.expired());
}

}  // namespace
}  // namespace bottega
