// A run without the rows that are forgotten: what does not simply join on `row`.
#pragma once

#include <optional>

#include "clean/forget/person.h"
#include "clean/forget/source_state.h"
#include "clean/forget/staging.h"
#include "run/receipt.h"
#include "run/run_folder.h"

namespace bottega {

// How many of the rows that are gone the run trained on and was judged on.
StaleRun StaleOf(const RunFolder& run, const SourceState& state);

// Whether its repairs touch any of them, or set them aside for another reason.
bool MentionsRows(const RunFolder& run, const RowChange& change);

// Stages repairs.json without the rows, profile.json of the rows that stay, plan.json without the
// rows that it keeps to impute from and the hashes of the person's values, models without the rows
// that they keep, and, where the source loses the rows, the manifest's hash of it. What holds rows
// in ways that cannot be edited goes: rows.bin of a training that streams, and nan/. Files that
// only join on `row` are left to TakeOutOfFile.
void StageRunWithout(const std::filesystem::path& project, const RunFolder& run,
                     const SourceState& state, const Person& person, Staging* staging);

}  // namespace bottega
