// The repaired data as a file of the source's own kind.
#pragma once

#include <filesystem>

#include "clean/repairs.h"
#include "data/dataset.h"

namespace bottega {

// Whether the source is a table that can be written anew; folders of pictures stay where they are.
bool HasRepairedFile(const Dataset& original);
// The source's name, with the ending of what is written: an archive is written unpacked.
std::string RepairedFileName(const Dataset& original);

// Writes what `plan` makes of the source: `repaired` is ApplyRepairs(original, plan). In CSV and
// JSON Lines all but the repaired cells and the rows set aside stays as it is to the byte, in UTF-8
// without byte order mark; lines that could not be read stay in place. A Parquet file keeps the
// types of its columns. Errors: kIo, and those of reading the source again.
void WriteRepairedFile(const std::filesystem::path& path, const Dataset& original,
                       const Dataset& repaired, const RepairPlan& plan);

}  // namespace bottega
