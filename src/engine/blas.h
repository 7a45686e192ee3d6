// Single-precision matrix products without an operator's overhead, for code that runs many small
// ones: the BLAS inside libtorch, called directly.
#pragma once

#include <cstdint>

namespace bottega {

// Whether this libtorch exports its BLAS (the x86 builds, with MKL, do).
bool HasBlas();

// All matrices are row-major, float32. C = op(A) op(B) + beta C with C [m, n]; op(A) is [m, k],
// op(B) [k, n]; a transposed one is stored as [k, m] or [n, k]. lda, ldb and ldc are row lengths in
// elements. Needs HasBlas().
struct Product {
  bool transpose_a = false;
  bool transpose_b = false;
  int64_t m = 0, n = 0, k = 0;
  const float* a = nullptr;
  int64_t lda = 0;
  const float* b = nullptr;
  int64_t ldb = 0;
  float beta = 0;
  float* c = nullptr;
  int64_t ldc = 0;
};
void Multiply(const Product& product);

// Number of threads of Multiply in the calling thread while it lives (MKL's own setting; libtorch's
// operators keep theirs).
class BlasThreads {
 public:
  explicit BlasThreads(int threads);
  ~BlasThreads();
  BlasThreads(const BlasThreads&) = delete;
  BlasThreads& operator=(const BlasThreads&) = delete;

 private:
  int before_ = 0;
};

}  // namespace bottega
