// Cross-validation: the rows outside the test part dealt into folds, and for each fold what trains
// and what is held out. Units (near-duplicates, groups) are never cut.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "data/dataset.h"
#include "split/row_plan.h"

namespace bottega {

struct FoldOptions {
  int folds = 5;
  int repeats = 1;     // times that all rows are dealt out anew
  std::string method;  // SplitOutcome::method
  uint64_t seed = 7;
  double validation = 0;  // share of a fold's learning rows that choose the best epoch
  int bins = 10;          // of a numeric target
  int time_column = -1;   // where the method is time
};
// From the resolved `split` section; folds must be set there.
FoldOptions FoldOptionsOf(const Dataset& data, const Json& section, const std::string& method);

// One training of a cross-validation. `split` holds the rows that it may see: part test is the fold
// that is held out, train and validation are what it learns from and chooses its best epoch on.
struct FoldPlan {
  int repeat = 0, fold = 0;
  RowPlan split;
};

// The fold of each row of `plan` in one repeat, -1: none. Stratified as DealParts; `fixed` rows
// (may be empty) have none and train in every fold. By time the rows are cut into folds + 1
// stretches: the first has no fold, fold k is stretch k + 1. Error kData when there are too few
// units.
std::vector<int32_t> DealFolds(const Dataset& data, const RowPlan& plan, const FoldOptions& options,
                               int repeat, const std::vector<bool>& fixed = {});

// All repeats x folds trainings, in order. Test rows of `plan` are in none. A fold learns from all
// other folds; by time from the earlier ones (expanding windows), and its best epoch is chosen on
// the latest of them. Rows that have no fold although others of `plan` have one train in every
// fold.
//
// Nested cross-validation: the FoldPlan::split of an outer fold is a `plan` again; what is dealt of
// it never holds the outer fold's rows.
//
// Errors: kData as above; kRecipe for repeats by time, of which there is one order only.
std::vector<FoldPlan> MakeFoldPlans(const Dataset& data, const RowPlan& plan,
                                    const FoldOptions& options);

}  // namespace bottega
