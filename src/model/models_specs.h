// Names and help of every model, and the choice behind `auto`; free of libtorch.
#pragma once

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

// {name: auto} becomes what fits the data, with all its settings at their defaults: mlp for
// tables, resnet_small for pictures up to 96 px, resnet18 above. Anything else is returned as is.
Json ResolveModel(const Json& model, const ModelInput& input);

}  // namespace bottega
