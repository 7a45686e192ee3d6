// Expectations: what data must look like, and where they do not.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "data/dataset.h"

namespace bottega {

struct ColumnExpectation {
  std::string name;
  std::optional<FeatureType> type;
  bool required = true;
  double missing = 1;  // largest share of empty cells
  bool unique = false;
  std::optional<double> min, max;                     // of numbers, and of dates in days since 1970
  std::vector<std::string> values;                    // allowed ones; empty: any
  std::string pattern;                                // RE2, of the whole cell; "": any
  std::optional<std::pair<int64_t, int64_t>> length;  // fewest and most characters
};

struct Expectations {
  int64_t least_rows = 0, most_rows = std::numeric_limits<int64_t>::max();
  bool extra_columns = true;
  std::vector<ColumnExpectation> columns;

  bool empty() const {
    return columns.empty() && least_rows == 0 && extra_columns &&
           most_rows == std::numeric_limits<int64_t>::max();
  }
};

// From the resolved `expect` section. Errors: kRecipe for unknown keys (with the nearest one), for
// values of the wrong type and for patterns that are none.
Expectations ParseExpectations(const Json& section);

// What `data` show, with room: numbers may leave their range by a tenth of it (and stay on their
// side of 0), missing cells may be twice as many and one point more, rows half as many. `values`
// where at most 40 different ones each stand in three rows or more; `pattern` where all cells of a
// code-like column have one shape.
Expectations InferExpectations(const Dataset& data);

// The `expect` section as YAML with a comment for each column.
std::string ExpectationsYaml(const Expectations& expectations, const std::string& source);

// The declared types, as data.types of a recipe takes them, for reading data to be checked; of
// columns that `names` has.
Json DeclaredTypes(const Expectations& expectations, const std::vector<std::string>& names);

struct Violation {
  std::string column;  // "" for the table
  std::string rule;    // "type", "missing", "min", "values" ...
  std::string message;
  int64_t count = 0;                // cells, or 0 where it is about the whole column or table
  std::vector<int64_t> rows;        // record numbers of the first 100 of them
  std::vector<std::string> values;  // up to 5 different cells, as read
};

// In the order of the expectations. `data` was read with DeclaredTypes: cells that are not of their
// column's type are violations of "type". Time linear in the cells; patterns run once per value.
std::vector<Violation> CheckExpectations(const Expectations& expectations, const Dataset& data);

}  // namespace bottega
