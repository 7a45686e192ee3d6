#include "engine/blas.h"

#include <dlfcn.h>

namespace bottega {

namespace {

using Sgemm = void (*)(const char*, const char*, const int*, const int*, const int*, const float*,
                       const float*, const int*, const float*, const int*, const float*, float*,
                       const int*);
using SetThreads = int (*)(int);

struct Symbols {
  Sgemm sgemm = reinterpret_cast<Sgemm>(dlsym(RTLD_DEFAULT, "sgemm_"));
  SetThreads set_threads =
      reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "MKL_Set_Num_Threads_Local"));
};

const Symbols& Blas() {
  static const Symbols symbols;
  return symbols;
}

}  // namespace

bool HasBlas() { return Blas().sgemm != nullptr; }

void Multiply(const Product& p) {
  // BLAS counts by columns: C^T = op(B)^T op(A)^T with the operands as they lie in memory.
  const char first = p.transpose_b ? 'T' : 'N', second = p.transpose_a ? 'T' : 'N';
  const int rows = static_cast<int>(p.n), columns = static_cast<int>(p.m);
  const int inner = static_cast<int>(p.k);
  const int lda = static_cast<int>(p.ldb), ldb = static_cast<int>(p.lda);
  const int ldc = static_cast<int>(p.ldc);
  const float alpha = 1;
  Blas().sgemm(&first, &second, &rows, &columns, &inner, &alpha, p.b, &lda, p.a, &ldb, &p.beta, p.c,
               &ldc);
}

BlasThreads::BlasThreads(int threads) {
  if (Blas().set_threads) before_ = Blas().set_threads(threads);
}

BlasThreads::~BlasThreads() {
  if (Blas().set_threads) Blas().set_threads(before_);
}

}  // namespace bottega
