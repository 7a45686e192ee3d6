// JSON Schema (2020-12) of a Spec, so that editors complete and check a recipe.
#pragma once

#include "spec/catalog.h"

namespace bottega {

Json SchemaOf(const Catalog& catalog, const Spec& spec);

}  // namespace bottega
