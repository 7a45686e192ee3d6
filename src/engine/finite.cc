#include "engine/finite.h"

#include <cstring>

namespace bottega {

namespace {

constexpr uint32_t kExponent = 0x7F800000;  // all ones: NaN or infinity

__attribute__((target_clones("avx512f", "avx2", "default"))) bool FiniteFloats(const float* values,
                                                                               int64_t n) {
  uint32_t bad = 0;
  for (int64_t i = 0; i < n; ++i) {
    uint32_t bits;
    std::memcpy(&bits, values + i, sizeof bits);
    bad |= (bits & kExponent) == kExponent;
  }
  return bad == 0;
}

}  // namespace

bool AllFinite(const at::Tensor& tensor) {
  if (!tensor.defined() || !tensor.is_floating_point()) return true;
  if (tensor.is_cpu() && tensor.scalar_type() == at::kFloat &&
      tensor.is_non_overlapping_and_dense()) {
    return FiniteFloats(static_cast<const float*>(tensor.const_data_ptr()), tensor.numel());
  }
  return at::isfinite(tensor).all().item<bool>();
}

}  // namespace bottega
