// Models that keep their training rows, as nearest neighbours do (train/table_model_folder.h writes
// them).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "clean/forget/row_change.h"
#include "clean/forget/staging.h"
#include "run/run_folder.h"

namespace bottega {

// The bytes of a safetensors file whose tensors kKeptRowsTensors have lost the entries `gone`
// (rising). Errors: kData, naming `file`, where a tensor has no such entry.
std::string SafetensorsWithout(const std::string& bytes, const std::vector<size_t>& gone,
                               const std::string& file);

// Stages the weights of every such model among the run's `files` without the rows that are gone.
// The list of records joins on `row` and is left to TakeOutOfFile.
void StageKeptRows(const std::filesystem::path& project, const RunFolder& run,
                   const std::vector<std::filesystem::path>& files, const RowChange& change,
                   Staging* staging);

}  // namespace bottega
