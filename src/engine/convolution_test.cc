#include "engine/convolution.h"

#include <gtest/gtest.h>

#include "engine/device.h"

namespace bottega {
namespace {

TEST(Convolution, OverrunsOnlyWhereNarrowStridedPointwiseChannelsLast) {
  const at::Tensor x = at::ones({2, 8, 6, 6}), w = at::ones({4, 8, 1, 1});
  const at::Tensor last = x.contiguous(at::MemoryFormat::ChannelsLast);
  EXPECT_TRUE(ConvolutionOverruns(last, w, 2));
  EXPECT_FALSE(ConvolutionOverruns(last, w, 1));
  EXPECT_FALSE(ConvolutionOverruns(x, w, 2));
  EXPECT_FALSE(ConvolutionOverruns(last, at::ones({4, 8, 3, 3}), 2));
  const at::Tensor wide = at::ones({2, 16, 6, 6}).contiguous(at::MemoryFormat::ChannelsLast);
  EXPECT_FALSE(ConvolutionOverruns(wide, at::ones({4, 16, 1, 1}), 2));
}

TEST(Convolution, TakingEveryStridethPixelGivesTheSameNumbers) {
  const at::Tensor x = at::linspace(-1, 1, 5 * 8 * 33 * 33).view({5, 8, 33, 33});
  const at::Tensor weight = at::linspace(-1, 1, 16 * 8).view({16, 8, 1, 1});
  const at::Tensor strided = at::conv2d(x, weight, {}, {2, 2});
  const at::Tensor picked = x.slice(2, 0, std::nullopt, 2).slice(3, 0, std::nullopt, 2);
  EXPECT_TRUE(at::allclose(strided, at::conv2d(picked, weight), 1e-5, 1e-6));
}

}  // namespace
}  // namespace bottega
