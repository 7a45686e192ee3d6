// Which of the vector instruction sets that our kernels are written for this processor has.
#pragma once

namespace bottega {

enum class Simd { kPlain, kAvx2, kAvx512 };

// kAvx2 means AVX2 and FMA; kAvx512 the subsets F, BW, DQ and VL. Decided once a process.
Simd ProcessorSimd();

}  // namespace bottega
