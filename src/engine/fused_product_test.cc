#include "engine/fused_product.h"

#include <gtest/gtest.h>

#include "engine/cache_aligned.h"
#include "engine/reference_formula.h"

namespace bottega {
namespace {

// [rows, columns] with padded rows of nonsense and a padded row behind.
AlignedFloats Padded(const at::Tensor& matrix) {
  const int64_t stride = PaddedWidth(matrix.size(1));
  AlignedFloats out(static_cast<size_t>(matrix.size(0) * stride + kRowPad), -7.0f);
  for (int64_t i = 0; i < matrix.size(0); ++i) {
    std::copy_n(matrix.const_data_ptr<float>() + i * matrix.size(1), matrix.size(1),
                out.data() + i * stride);
  }
  return out;
}

at::Tensor Unpadded(const AlignedFloats& values, int64_t rows, int64_t columns) {
  const int64_t stride = PaddedWidth(columns);
  return at::from_blob(const_cast<float*>(values.data()), {rows, columns}, {stride, 1}, at::kFloat)
      .clone();
}

std::vector<Simd> Sets() {
  std::vector<Simd> sets = {Simd::kPlain};
  if (ProcessorSimd() >= Simd::kAvx2) sets.push_back(Simd::kAvx2);
  if (ProcessorSimd() >= Simd::kAvx512) sets.push_back(Simd::kAvx512);
  return sets;
}

TEST(FusedProduct, EqualsMatmulInEveryShapeAndInstructionSet) {
  int cases = 0;
  for (const Simd simd : Sets()) {
    for (const int64_t m : {1, 5, 16, 37}) {
      for (const int64_t n : {1, 14, 32, 50}) {
        for (const int64_t k : {1, 19, 64}) {
          const at::Tensor a = Formula("a", {m, k}), b = Formula("b", {k, n});
          const AlignedFloats right = Padded(b);
          AlignedFloats c = Padded(at::ones({m, n}));
          Multiply({.m = m,
                    .n = n,
                    .k = k,
                    .a = a.const_data_ptr<float>(),
                    .a_row = k,
                    .a_column = 1,
                    .b = right.data(),
                    .ldb = PaddedWidth(n),
                    .c = c.data(),
                    .ldc = PaddedWidth(n)},
                   simd);
          EXPECT_TRUE(at::allclose(Unpadded(c, m, n), a.mm(b), 1e-5, 1e-5));
          // A transposed, C exact and added to.
          const at::Tensor turned = a.t().contiguous(), exact = at::ones({m, n});
          Multiply({.m = m,
                    .n = n,
                    .k = k,
                    .a = turned.const_data_ptr<float>(),
                    .a_row = 1,
                    .a_column = m,
                    .b = right.data(),
                    .ldb = PaddedWidth(n),
                    .c = exact.mutable_data_ptr<float>(),
                    .ldc = n,
                    .add = true,
                    .padded = false},
                   simd);
          EXPECT_TRUE(at::allclose(exact, a.mm(b) + 1, 1e-5, 1e-5));
          ++cases;
        }
      }
    }
  }
  EXPECT_EQ(cases, 48 * static_cast<int>(Sets().size()));
}

TEST(FusedProduct, EpilogueFollowsItsOrder) {
  const int64_t m = 21, n = 37, k = 11;
  const at::Tensor a = Formula("a", {m, k}), b = Formula("b", {k, n}), bias = Formula("bias", {n});
  const at::Tensor gate = Formula("gate", {m, n}), factor = Formula("factor", {m, n});
  const AlignedFloats right = Padded(b), padded_bias = Padded(bias.view({1, n}));
  const AlignedFloats gates = Padded(gate), factors = Padded(factor);
  std::vector<uint16_t> keep(3 * m);
  at::Tensor kept = at::empty({m, n});
  for (int64_t i = 0; i < m; ++i) {
    for (int64_t u = 0; u < 3; ++u) keep[u * m + i] = static_cast<uint16_t>(40503 * (i + 5 * u));
    for (int64_t j = 0; j < n; ++j) kept[i][j] = float(keep[j / 16 * m + i] >> j % 16 & 1);
  }
  const at::Tensor forward = (a.mm(b) + bias).relu() * kept * 1.25;
  const at::Tensor expected = at::where(gate > 0, forward * 1.25, at::zeros({})) * factor;
  for (const Simd simd : Sets()) {
    AlignedFloats c = Padded(at::zeros({m, n})), sums(static_cast<size_t>(PaddedWidth(n)), 2.0f);
    const Epilogue then = {.bias = padded_bias.data(),
                           .relu = true,
                           .keep = keep.data(),
                           .keep_stride = m,
                           .gate = gates.data(),
                           .scale = 1.25f,
                           .factor = factors.data(),
                           .column_sums = sums.data()};
    FusedProduct product = {.m = m,
                            .n = n,
                            .k = k,
                            .a = a.const_data_ptr<float>(),
                            .a_row = k,
                            .a_column = 1,
                            .b = right.data(),
                            .ldb = PaddedWidth(n),
                            .c = c.data(),
                            .ldc = PaddedWidth(n),
                            .then = then};
    Multiply(product, simd);
    EXPECT_TRUE(at::allclose(Unpadded(c, m, n), expected, 1e-5, 1e-6));
    EXPECT_TRUE(at::allclose(Unpadded(sums, 1, n)[0], expected.sum(0) + 2, 1e-5, 1e-5));
    product.then = {};
    Multiply(product, simd);
    std::fill(sums.begin(), sums.end(), 2.0f);
    Apply(then, m, n, c.data(), PaddedWidth(n), simd);
    EXPECT_TRUE(at::allclose(Unpadded(c, m, n), expected, 1e-5, 1e-6));
    EXPECT_TRUE(at::allclose(Unpadded(sums, 1, n)[0], expected.sum(0) + 2, 1e-5, 1e-5));
  }
}

TEST(FusedProduct, TransposesAnyShape) {
  for (const int64_t rows : {1, 4, 7, 64}) {
    for (const int64_t columns : {1, 3, 8, 50}) {
      const at::Tensor in = Formula("in", {rows, columns}), out = at::zeros({columns, rows + 2});
      Transpose(in.const_data_ptr<float>(), rows, columns, columns, out.mutable_data_ptr<float>(),
                rows + 2);
      EXPECT_TRUE(at::equal(out.narrow(1, 0, rows), in.t()));
    }
  }
}

}  // namespace
}  // namespace bottega
