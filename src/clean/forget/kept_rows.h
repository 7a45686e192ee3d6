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

// The list of records beside such weights.
struct KeptList {
  size_t length = 0;
  std::vector<size_t> gone;  // entries whose record is forgotten, rising
};

// Errors: kData, naming `file`, where its column `row` does not say the record of every entry.
KeptList ReadKeptList(const std::filesystem::path& file, const RowChange& change);

// The bytes of a safetensors file whose tensors kKeptRowsTensors have lost the entries that are
// gone. Errors: kData, naming `file`, where it does not say which tensors those are, or one of them
// has not as many entries as the list.
std::string SafetensorsWithout(const std::string& bytes, const KeptList& list,
                               const std::string& file);

// Stages the weights of every such model among the run's `files` without the rows that are gone.
// The list of records joins on `row` and is left to TakeOutOfFile. Errors: as above.
void StageKeptRows(const std::filesystem::path& project, const RunFolder& run,
                   const std::vector<std::filesystem::path>& files, const RowChange& change,
                   Staging* staging);

}  // namespace bottega
