#include "model/drop_path.h"

#include "base/random.h"

namespace bottega {

namespace {

constexpr uint64_t kGolden = 0x9E3779B97F4A7C15;  // spreads the seeds of neighbouring layers

}  // namespace

at::Tensor DropPath(const at::Tensor& x, double p, uint32_t layer, const StepContext& context) {
  if (!context.training || p <= 0) return x;
  const int64_t rows = x.size(0);
  at::Tensor keep = at::empty({rows}, at::kFloat);
  float* value = keep.mutable_data_ptr<float>();
  const uint64_t seed = context.seed + kGolden * (uint64_t{layer} + 1);
  for (int64_t i = 0; i < rows; ++i) {
    Random random(seed, Purpose::kDropPath, context.epoch, context.rows[static_cast<size_t>(i)]);
    value[i] = random.Chance(p) ? 0.0f : static_cast<float>(1 / (1 - p));
  }
  std::vector<int64_t> shape(static_cast<size_t>(x.dim()), 1);
  shape[0] = rows;
  return x * keep.view(shape).to(x.device(), x.scalar_type());
}

double DropPathRate(double p, int64_t block, int64_t blocks) {
  return p * static_cast<double>(block + 1) / static_cast<double>(blocks);
}

}  // namespace bottega
