// What a reader must know before trusting the numbers of a part.
#pragma once

#include <string>
#include <vector>

#include "metric/predictions.h"
#include "metric/tally.h"

namespace bottega {

// Sentences in plain words; empty when there is nothing to say. `few_rows` as in the `evaluate`
// section.
std::vector<std::string> PartWarnings(const Predictions& predictions, const Tallier& tallier,
                                      const Tally& tally, int64_t few_rows);

}  // namespace bottega
