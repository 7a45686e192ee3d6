// train.sample_weights: audit, for a run that is being prepared.
#pragma once

#include <optional>

#include "audit/label_weights.h"
#include "cli/project.h"

namespace bottega {

// Nothing unless the recipe asks for them. Of the training rows, by the newest audit of the data
// that judged labels. Errors: kMissing with the command that makes one; kData as WeighLabels.
std::optional<LabelWeights> SampleWeightsOf(Project& project, const std::vector<int64_t>& train);

}  // namespace bottega
