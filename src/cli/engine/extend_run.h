// Training on a run that has ended.
#pragma once

#include <cstdint>

#include "run/run_folder.h"

namespace bottega {

// Raises the patience and the epochs that `run` and the trainings beside it have, in its manifest
// and recipe, which say so; the run is unfinished then, until `train --resume` has continued it.
// Its predictions, scores and report are of the shorter training: they are removed with the first
// step. Notes what a schedule makes of another length. Errors: kUsage where the run is unfinished,
// or where what is raised is not what ended it.
void ExtendRun(const RunFolder& run, int64_t patience, int64_t epochs);

// Removes what an evaluation wrote.
void RemoveResults(const RunFolder& run);

}  // namespace bottega
