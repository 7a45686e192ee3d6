// Initial weights of a whole model by one scheme (`train.init`).
#pragma once

#include <cstdint>

#include "base/json.h"
#include "model/module.h"

namespace bottega {

// `settings` is a resolved {name: orthogonal, ...}. Acts on weights of linear layers and
// convolutions ([out, in, ...]); biases beside them become 0. Embeddings and norms keep what the
// model gave them; with `default` all do. With zero_last, the last layer becomes 0. The result
// depends on the settings, the seed and the model's parameters alone.
void InitializeModel(const Json& settings, Module& model, uint64_t seed);

// inputs and outputs of a weight [out, in, kernel...], each times the kernel's size.
struct Fans {
  double in = 0, out = 0;
};
Fans FansOf(const at::Tensor& weight);

}  // namespace bottega
