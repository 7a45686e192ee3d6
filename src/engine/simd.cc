#include "engine/simd.h"

namespace bottega {

namespace {

Simd Detect() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    return Simd::kAvx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return Simd::kAvx2;
#endif
  return Simd::kPlain;
}

}  // namespace

Simd ProcessorSimd() {
  static const Simd simd = Detect();
  return simd;
}

}  // namespace bottega
