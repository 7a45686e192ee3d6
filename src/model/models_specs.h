// Names and help of every model, and the choice behind `auto`; free of libtorch.
#pragma once

#include <string>
#include <vector>

#include "model/model_input.h"
#include "spec/spec.h"

namespace bottega {

const Spec& AutoModelSpec();
const Spec& MlpSpec();
const Spec& ResmlpSpec();
const Spec& FtTransformerSpec();
const Spec& Resnet18Spec();
const Spec& Resnet34Spec();
const Spec& Resnet50Spec();
const Spec& ResnetSmallSpec();

SpecList ModelSpecs();

// Whether a model (other than auto) reads pictures rather than the columns of a table.
bool ReadsPictures(const std::string& model);

// How a model is trained and used: a network by gradients, a table model (src/learn) in steps of
// its own. `auto` is kAuto for tables, and a network for pictures.
enum class ModelKind { kNetwork, kTable, kAuto, kBlend };
ModelKind KindOfModel(const std::string& model);

// {name: model, ...} with every setting at its default. Errors: kRecipe for an unknown name.
Json DefaultModel(const std::string& model);

// What `auto` tries on a table, in the order in which they are trained: of equals the first is
// kept.
std::vector<std::string> TableCandidates();

// {name: auto} becomes a network that fits the data, with all its settings at their defaults: mlp
// for tables, resnet_small for pictures up to 96 px, resnet18 above. Anything else is returned as
// is.
Json ResolveModel(const Json& model, const ModelInput& input);

}  // namespace bottega
