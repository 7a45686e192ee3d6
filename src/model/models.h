// The model builders: one place that knows them all.
#pragma once

#include <memory>

#include "base/json.h"
#include "model/module.h"

namespace bottega {

// `settings` is a resolved {name: mlp, ...}; `auto` is resolved here as well. The initial
// parameters depend on (settings, input) alone, seed included, and lie on the CPU in float32.
// Errors: kRecipe when the model does not fit the data (a picture model for a table, ...).
std::shared_ptr<Model> MakeModel(const Json& settings, const ModelInput& input);

// Moves parameters and buffers to `device`; 4-D parameters get channels-last strides when asked.
// The parameters stay the same objects, so that an optimizer may be made before or after.
void MoveModel(Module& model, at::Device device, bool channels_last);

// Copies `values` into the parameters and buffers of equal name, whatever their device.
// Errors: kData naming the first tensor that is missing, unknown or of another shape.
void LoadTensors(Module& model, const NamedTensors& values);

// Parameters, then buffers: what model.safetensors holds.
NamedTensors AllTensors(const Module& model);

}  // namespace bottega
