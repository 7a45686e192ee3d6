#include "model/dropout.h"

#include "base/random.h"
#include "model/dropout_kernel.h"

namespace bottega {

void DropoutBits::Fill(const DropoutKey& key, std::span<const int64_t> rows, int64_t width,
                       double p) {
  stride = (static_cast<int64_t>(rows.size()) + kDropoutLanes - 1) / kDropoutLanes * kDropoutLanes;
  low_.resize(static_cast<size_t>(stride));
  high_.resize(static_cast<size_t>(stride));
  for (size_t i = 0; i < rows.size(); ++i) {
    low_[i] = static_cast<uint32_t>(rows[i]);
    high_[i] = static_cast<uint32_t>(static_cast<uint64_t>(rows[i]) >> 32);
  }
  const DropoutStream stream = {
      .key = {static_cast<uint32_t>(key.seed) ^ (static_cast<uint32_t>(Purpose::kDropout) << 24),
              static_cast<uint32_t>(key.seed >> 32)},
      .layer = key.layer,
      .epoch = static_cast<uint32_t>(key.epoch),
      .threshold = static_cast<uint32_t>(std::lround(p * 65536))};
  const int64_t units = (width + 15) / 16;
  at.resize(static_cast<size_t>(units * stride));
  for (int64_t unit = 0; unit < units; ++unit) {
    FillDropoutUnit(stream, unit, low_.data(), high_.data(), stride, at.data() + unit * stride);
  }
}

void FillDropoutMask(const DropoutKey& key, std::span<const int64_t> rows, int64_t width, double p,
                     float* mask) {
  static thread_local DropoutBits bits;
  bits.Fill(key, rows, width, p);
  ExpandDropoutBits(bits.at.data(), bits.stride, static_cast<int64_t>(rows.size()), width,
                    static_cast<float>(1 / (1 - p)), mask);
}

at::Tensor Dropout(const at::Tensor& x, double p, uint32_t layer, const StepContext& context) {
  if (!context.training || p <= 0) return x;
  const int64_t rows = x.size(0);
  at::Tensor mask = at::empty(x.sizes(), at::kFloat);
  FillDropoutMask({context.seed, context.epoch, layer}, context.rows.first(rows), x.numel() / rows,
                  p, mask.mutable_data_ptr<float>());
  return x * mask.to(x.device(), x.scalar_type());
}

}  // namespace bottega
