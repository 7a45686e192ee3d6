// What a split looks at in a dataset, position by position.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "data/dataset.h"
#include "split/row_plan.h"

namespace bottega {

struct Strata {
  std::vector<int32_t> of;         // per position: class or quantile bin; -1: target missing
  std::vector<std::string> names;  // of classes; empty for regression and without a target
  int32_t count = 1;
};

// Classes of a classification target, at most `bins` quantile bins of a number, one stratum when
// there is no target.
Strata StrataOf(const Dataset& data, int bins);

// Index of the column that `section[key]` names, else of the first column of `role`, else -1. Error
// kRecipe for a name that does not exist.
int ColumnFor(const Dataset& data, const Json& section, const std::string& key, Role role);

// The part that the source itself gives a row: 0 .. 2 as in Part, -1 when the part column's cell is
// empty or unknown. Empty when there is no part column. "training", "val", "valid", "dev",
// "testing", "eval" ... are understood, in any case.
std::vector<int8_t> GivenParts(const Dataset& data);

}  // namespace bottega
