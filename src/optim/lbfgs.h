// L-BFGS: Liu and Nocedal 1989, Mathematical Programming 45, with a strong Wolfe line search
// (line_search.h). Equal to torch.optim.LBFGS: one Step() iterates up to max_iter times on one
// batch and evaluates it up to max_iter * 5 / 4 times.
//
//   d = -H g by the two-loop recursion over the last `history` pairs (s, y) with s.y > 1e-10, from
//   H_0 = s.y / y.y;   t = min(1, 1 / |g|_1) lr in the very first iteration, lr afterwards, then
//   the line search;   w += t d
//
// It stops early where the largest gradient is at most 1e-7, or a step changes no parameter or the
// loss by more than 1e-9. All parameters share one rule. State: direction, previous gradient,
// pairs, scale, step.
#pragma once

#include "optim/optimizer.h"

namespace bottega {

// Errors: kRecipe for rules that differ between parameters.
std::unique_ptr<Optimizer> MakeLbfgs(const Json& settings, const UpdateTargets& targets);

}  // namespace bottega
