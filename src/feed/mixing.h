// Mixing training rows in pairs: mixup (Zhang et al. 2018, arXiv:1710.09412) and cutmix (Yun et al.
// 2019, arXiv:1905.04899), with a share for each row as timm's "elem" mode and the partner of
// torchvision.transforms.v2 (the batch rolled by one).
//
//   mixup   x_i = s x_i + (1 - s) x_j,   s ~ Beta(alpha, alpha)
//   cutmix  a box of sides sqrt(1 - s) of the picture's, around a uniform point and cut at the
//           edges, of x_i comes from x_j; then s = 1 - area of the box / area
//
// j is the row before i in the effective batch, the last one for the first: the same however the
// batch is cut into micro-batches. s, the box, and which of several ways a row takes are pure
// functions of (seed, epoch, row).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/json.h"
#include "base/random.h"
#include "feed/batch.h"

namespace bottega {

// What happens to a row. left .. bottom is 0 for mixup.
struct RowMix {
  float share = 1;  // of the row's own
  int64_t left = 0, top = 0, right = 0, bottom = 0;
};

// `mix`: resolved components of kind "mixing", at least one; width and height of the pictures, 0
// for tables. Errors: kRecipe for cutmix on a table.
RowMix DrawMix(const Json& mix, uint64_t seed, int64_t epoch, int64_t row, int64_t width,
               int64_t height);

// Mixes the rows of one effective batch, cut into `micro_batches` on the CPU, as `mixes`
// [micro-batch][row] say: numbers and pictures become new tensors; codes_b, labels_b, values_b,
// weights_b and share are filled in.
void ApplyMixes(std::vector<std::vector<RowMix>> mixes, std::span<Batch> micro_batches);

// DrawMix of every row, applied. Nothing without components in `mix`.
void MixRows(const Json& mix, uint64_t seed, int64_t epoch, std::span<Batch> micro_batches);

// One draw from Beta(alpha, alpha), exact for alpha down to 0: the ratio of two Gamma draws
// (Marsaglia and Tsang 2000), in logarithms.
double DrawBeta(double alpha, Random& random);

}  // namespace bottega
