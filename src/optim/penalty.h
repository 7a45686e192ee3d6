// Penalties on the weights, constraints, and clipping: what happens once per step between the last
// micro-batch's backward and the optimizer's step, and after that.
#pragma once

#include "base/json.h"
#include "model/module.h"

namespace bottega {

// Adds the penalties' gradients to grad() and returns the penalties' sum, which belongs to the
// training loss. `penalties` is a resolved list as [{name: l2, strength: 1e-4}, ...]:
//   l1  strength sum |w|,   l2  strength / 2 sum w^2
//   elastic_net  strength (ratio sum |w| + (1 - ratio) / 2 sum w^2)
// over parameters of two or more dimensions: as usual, biases and norms are not penalized
// (Goodfellow et al. 2016, Deep Learning, section 7.1). Parameters without gradient are left out.
double AddPenalties(const Json& penalties, const NamedTensors& parameters);

// After the step. max_norm: weights into a unit (the first dimension) whose Euclidean norm is above
// `limit` are scaled down to it (Srivastava et al. 2014, JMLR 15, section 5.1), of parameters of
// two or more dimensions.
void ApplyConstraints(const Json& penalties, const NamedTensors& parameters);

// Cuts every number of a gradient at -limit and limit: torch.nn.utils.clip_grad_value_.
void ClipValues(const NamedTensors& parameters, double limit);

// Scales all gradients by min(1, max_norm / (norm + 1e-6)), where norm is the Euclidean norm of all
// of them together, and returns norm: torch.nn.utils.clip_grad_norm_ (Pascanu et al. 2013,
// arXiv:1211.5063).
double ClipGradients(const NamedTensors& parameters, double max_norm);

}  // namespace bottega
