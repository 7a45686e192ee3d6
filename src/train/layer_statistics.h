// How the layers of a model fare on a sample of rows: norms of weights and gradients, dead units,
// and by how much an optimizer step changes the weights. Works on any Model through its parameters
// and autograd alone.
#pragma once

#include <vector>

#include "base/json.h"
#include "feed/feed.h"
#include "metric/diagnosis/running_verdicts.h"
#include "model/module.h"

namespace bottega {

// A layer is a parameter NAME.weight of two dimensions with a NAME.bias of one value a row
// (linear), or of four dimensions (convolution); units are its first dimension. Embeddings and
// norms are left out, and so are frozen layers.
NamedTensors Layers(const Model& model);

// Over all rows of `feed`, without dropout and with running statistics. A unit is dead when its
// incoming weights have no gradient (1e-7 of the layer's largest at most) of any answer of any row:
// sums of random multiples of all logits are differentiated, so that a fitted loss kills nothing.
// For ReLU that is a unit that is off for every row (Lu et al., "Dying ReLU and initialization",
// 2019, arXiv:1903.06733), or one whose outgoing weights are 0. `gradient` is of the mean loss.
// The last layer gives the answers: its `dead` is -1. `update` is not filled in.
std::vector<LayerFacts> MeasureLayers(Model& model, Feed& feed, const Json& loss,
                                      at::Device device);

// |w - before| / |w| of each layer, layers in the order of `Layers`; before: clones made earlier.
std::vector<double> UpdateRatios(const NamedTensors& layers, const std::vector<at::Tensor>& before);

Json LayersToJson(const std::vector<LayerFacts>& layers);
std::vector<LayerFacts> LayersFromJson(const Json& json);

}  // namespace bottega
