// Names and help of the penalties on weights; free of libtorch.
#pragma once

#include "spec/spec.h"

namespace bottega {

const Spec& L1PenaltySpec();
const Spec& L2PenaltySpec();
const Spec& ElasticNetSpec();
const Spec& MaxNormSpec();

SpecList PenaltySpecs();

}  // namespace bottega
