// Adafactor: Shazeer and Stern 2018, arXiv:1804.04235, algorithm 4 with relative step size, as
// torch.optim.Adafactor does it (that is, without momentum; the matrix is the last two dimensions).
//
//   b = 1 - t^beta2_decay,   a = max(eps2, rms(w)) min(lr, 1 / sqrt(t))
//   g += l2 w,   w -= lr weight_decay w
//   matrices: R = b R + (1 - b) mean over columns of g^2,   C likewise over rows
//             V = R C / mean(R);      vectors: V = b V + (1 - b) g^2
//   u = g / sqrt(max(V, eps1^2)),   w -= a u / max(1, rms(u) / d)
//
// where eps1 is float32's epsilon. State: row_var and col_var, or variance.
#pragma once

#include "optim/optimizer.h"

namespace bottega {

std::unique_ptr<Optimizer> MakeAdafactor(const Json& settings, const UpdateTargets& targets);

}  // namespace bottega
