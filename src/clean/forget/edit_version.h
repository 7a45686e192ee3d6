// A version without the rows that are forgotten: its table, its undo log, its plan and its facts.
#pragma once

#include "clean/forget/source_state.h"
#include "clean/forget/staging.h"
#include "clean/version.h"

namespace bottega {

// Stages the four files of `version`, which was made of `state`. Its quarantine joins on `row` and
// is left to TakeOutOfFile. The undo log then gives back the source without the rows, to the byte.
void StageVersionWithout(const std::filesystem::path& project, const Version& version,
                         const SourceState& state, Staging* staging);

}  // namespace bottega
