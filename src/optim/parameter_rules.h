// What differs between the parameters of one model in an update: learning rate and decay.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "model/module.h"

namespace bottega {

struct ParameterRule {
  double lr_scale = 1;      // times the learning rate
  double l2 = 0;            // coupled: l2 w is added to the gradient
  double weight_decay = 0;  // decoupled: w shrinks by lr lr_scale weight_decay
  bool operator==(const ParameterRule&) const = default;
};

using ParameterRules = std::vector<ParameterRule>;  // one a parameter

// Those of the optimizer's settings for all `count` parameters.
ParameterRules UniformRules(const Json& optimizer, size_t count);

// From the resolved `train` section (optimizer, groups, no_decay, layer_decay), in this order:
//   1. l2 and weight_decay of the optimizer; 0 for parameters of fewer than two dimensions where
//      no_decay is norms_and_biases
//   2. lr_scale layer_decay ^ (layers above the parameter's own)
//   3. each group in turn: what it gives replaces l2 and weight_decay, and multiplies lr_scale
// Errors: kRecipe for a pattern that matches no parameter; it names the nearest.
ParameterRules ResolveRules(const Json& train, const NamedTensors& parameters);

// Number of the layer of each parameter, from 0 at the input, and how many layers there are. A
// layer is what shares a name up to its first number ("layers.0", "layer1.0"), else up to the first
// dot ("head"); all embeddings are one; a part without any weight of two dimensions (a norm)
// belongs to the layer before it.
struct LayerNumbers {
  std::vector<int64_t> of;
  int64_t count = 0;
};
LayerNumbers NumberLayers(const NamedTensors& parameters);

// `pattern` over the whole name: * stands for any characters, ? for one.
bool MatchesPattern(const std::string& pattern, const std::string& name);

}  // namespace bottega
