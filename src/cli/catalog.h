// The Specs of everything, free of libtorch.
#pragma once

#include "spec/catalog.h"

namespace bottega {

const Catalog& FullCatalog();
// The recipe as a Spec: one section after the other, in the order of the journey.
const Spec& RecipeSpec();

}  // namespace bottega
