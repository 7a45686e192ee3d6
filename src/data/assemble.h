// From a RawTable to a typed Dataset.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "data/infer/column_look.h"
#include "data/io/raw_table.h"

namespace bottega {

// Reads a table file (not a folder of pictures) by its content: Parquet, JSON Lines, delimited.
// `settings`: the reading keys of the data section. Errors: see ReadSource, ReadCsv, ...
RawTable ReadRaw(const std::filesystem::path& path, const Json& settings);

// A Dataset whose columns are of the types that inference chose; roles are all kFeature.
struct Assembled {
  Dataset data;
  std::vector<ColumnLook> looks;  // per column
};
// `types`: declared types by column name, which win. Error kRecipe for names that are no columns.
Assembled Assemble(const RawTable& table, const Json& types, const std::string& decimal);

// Gives a column another type, its cells converted: a target of numbers that are classes, say.
// Cells that cannot be converted become missing, with issues.
void Retype(int column, FeatureType type, const std::string& why, Dataset* data);

// Reading settings that make ConvertColumn read `column` as it was read: the style of its numbers.
NumberStyle StyleOf(const Json& reading, const std::string& column);

}  // namespace bottega
