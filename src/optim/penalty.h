// L1 and L2 penalties on the weights, and clipping: what happens to gradients between the last
// micro-batch's backward and the optimizer's step, once per step.
#pragma once

#include "base/json.h"
#include "model/module.h"

namespace bottega {

// Adds the penalties' gradients to grad() and returns the penalties' sum, which belongs to the
// training loss. `penalties` is a resolved list as [{name: l2, strength: 1e-4}, ...]:
//   l1  strength sum |w|,   l2  strength / 2 sum w^2
// over parameters of two or more dimensions: as usual, biases and norms are not penalized
// (Goodfellow et al. 2016, Deep Learning, section 7.1). Parameters without gradient are left out.
double AddPenalties(const Json& penalties, const NamedTensors& parameters);

// Scales all gradients by min(1, max_norm / (norm + 1e-6)), where norm is the Euclidean norm of all
// of them together, and returns norm: torch.nn.utils.clip_grad_norm_ (Pascanu et al. 2013,
// arXiv:1211.5063).
double ClipGradients(const NamedTensors& parameters, double max_norm);

}  // namespace bottega
