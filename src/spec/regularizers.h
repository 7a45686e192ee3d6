// One list over everything that regularizes, wherever it is declared: Specs and parameters that
// carry a Regularizer.
#pragma once

#include <vector>

#include "spec/catalog.h"

namespace bottega {

// A Spec of kind "regularizer" for each, in the order of kinds and Specs. A parameter that several
// Specs have under one name (dropout of every model) is one entry, whose text names them.
std::vector<Spec> RegularizerSpecs(const Catalog& catalog);

}  // namespace bottega
