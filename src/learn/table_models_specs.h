// Names and help of the models of tables that are not networks; free of XGBoost's library.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& MajoritySpec();
const Spec& LinearSpec();
const Spec& KnnSpec();
const Spec& BoostedTreesSpec();

SpecList TableModelSpecs();

}  // namespace bottega
