// Everything that a project holds on a person, from every place that `forget` goes through.
#pragma once

#include <filesystem>
#include <vector>

#include "base/json.h"
#include "clean/forget/person.h"
#include "clean/forget/source_state.h"

namespace bottega {

// {rows: [{state, row, cells, pictures}], versions: [{version, rows: [{row, cells | set_aside}]}],
//  runs: [{run, created, data_version, parts: [...], predictions: [...], replaced_by}],
//  findings: [{where, row, check, severity, message, fix}],
//  repairs: [{where, row, repair, column, before, after, reason, applied}],
//  files: [{path, kind, records, mentions}], other_files: [{path, mentions}]}.
// `source`: of the project, left out of other_files. Cells are as they are written in the source.
Json HeldOn(const std::filesystem::path& project, const std::filesystem::path& source,
            const std::vector<SourceState>& states, const Person& person);

}  // namespace bottega
