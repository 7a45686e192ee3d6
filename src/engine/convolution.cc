#include "engine/convolution.h"

namespace bottega {

namespace {

constexpr int64_t kBlock = 16;  // channels that one register of the kernel holds

}  // namespace

bool ConvolutionOverruns(const at::Tensor& x, const at::Tensor& weight, int64_t stride) {
  const bool last = x.suggest_memory_format() == at::MemoryFormat::ChannelsLast ||
                    weight.suggest_memory_format() == at::MemoryFormat::ChannelsLast;
  return x.is_cpu() && last && weight.size(2) == 1 && weight.size(3) == 1 && stride > 1 &&
         weight.size(1) < kBlock;
}

}  // namespace bottega
