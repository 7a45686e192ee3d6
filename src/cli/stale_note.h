// A line of warning where a run is used that learned from rows which were forgotten since.
#pragma once

#include "run/run_folder.h"

namespace bottega {

void NoteStale(const RunFolder& run);

// The same before its model is used. Errors: kMissing when another run took its place.
void RequireModel(const RunFolder& run);

}  // namespace bottega
