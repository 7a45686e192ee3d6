// A reference population: what share of the people that a model is for belong to each group.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/dataset.h"

namespace bottega {

// The shares of the groups of some columns together, and which group each row of the data is in.
struct PopulationMargin {
  std::vector<int> columns;             // of the data
  std::vector<std::string> names;       // "F", "F and 65+"
  std::vector<std::string> conditions;  // of data/row_condition.h
  std::vector<double> shares;           // sum 1
  std::vector<int32_t> code;            // per row; -1 missing, -2 in no group of the reference
};

// Reads `file`: a table with columns of the data (names as in the data, case aside), and one of
// shares or counts (share, count, population, n, percent ...); rows with the same groups add up. Or
// a row a group of a column: `column`, `value`, and shares or counts. Numbers of the data are
// matched by values or ranges: 18-24, 18 to 24, <18, 65+, >= 65. Gives the margin of each column,
// and that of all together where there are several. Errors: kMissing, kData; kRecipe where no
// column is one of the data.
std::vector<PopulationMargin> ReadPopulation(const std::filesystem::path& file,
                                             const Dataset& data);

}  // namespace bottega
