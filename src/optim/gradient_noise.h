// Annealed noise on gradients: Neelakantan et al. 2015, arXiv:1511.06807.
//
//   g += N(0, sigma^2),   sigma^2 = eta / (1 + t)^gamma,   t steps done before this one
//
// Counter-based: the noise of element j of parameter k at step t is a pure function of
// (seed, t, k, j).
#pragma once

#include <cstdint>

#include "base/json.h"
#include "model/module.h"

namespace bottega {

// `settings` is a resolved {eta: 0.01, gamma: 0.55}. Parameters without a gradient are left out.
void AddGradientNoise(const Json& settings, uint64_t seed, int64_t step,
                      const NamedTensors& parameters);

// Standard normal numbers for the stream (seed, step, parameter): four a Philox block, by Box and
// Muller. Independent of threads.
void FillNormal(uint64_t seed, int64_t step, int64_t parameter, int64_t count, float* out);

}  // namespace bottega
