// Splits: which rows train, validate and test. Stratified by class (regression: by quantile bins of
// the target), in whole groups, or by time. Rows that have to stay together (near-duplicates, rows
// of one group) form one unit that is never cut. A source that brings its own parts keeps them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "data/dataset.h"
#include "profile/duplicates.h"
#include "split/row_plan.h"

namespace bottega {

struct LeftOutRow {
  int64_t row = 0;  // record number
  std::string reason;
};

struct SplitOutcome {
  RowPlan plan;                      // rows in the dataset's order
  std::string method;                // what "auto" became: stratified, random, grouped, time, given
  std::vector<LeftOutRow> left_out;  // rows of the dataset that are in no part
  int64_t units = 0;                 // sets of rows that may not be parted
  std::vector<std::string> notes;    // one sentence for each thing that a person should know
};

// `section` is the resolved `split` section. `duplicates` may be null. The outcome depends on the
// seed and on record numbers, not on the order of rows. Errors: kRecipe when the fractions do not
// sum to 1 or a named column does not exist; kData when classes have fewer units than there are
// parts and `rare_classes` does not allow for that, or nothing would be left in a part or fold.
SplitOutcome MakeSplitOutcome(const Dataset& data, const Json& section,
                              const Duplicates* duplicates);
RowPlan MakeSplit(const Dataset& data, const Json& section, const Duplicates* duplicates);

// split.json, which `bottega split` and the report show: {format: 1, method, units, notes, parts:
// {train: {rows, fraction, classes: {name: rows}} ...}, folds: [{rows, classes}], left_out:
// [{reason, rows, examples}]}. `classes` is absent for regression; there, target: {mean,
// deviation}.
Json SplitSummary(const Dataset& data, const SplitOutcome& outcome);

}  // namespace bottega
