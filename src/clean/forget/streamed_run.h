// Runs that stream: their split deals out a sample, and their model learns from the rows beside it
// as well.
#pragma once

#include <cstdint>
#include <vector>

#include "clean/forget/source_state.h"
#include "run/run_folder.h"

namespace bottega {

// Of the rows chosen in `state`, those beside the sample that the run may have learned from,
// rising: neither its split names them, nor did the project forget them already. Empty for other
// runs.
std::vector<int64_t> LearnedBesideSample(const RunFolder& run, const SourceState& state);

}  // namespace bottega
