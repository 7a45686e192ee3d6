// Trainings of tables that do not fit into memory. A uniform sample of the rows, dealt out as any
// other data, fits the steps, validates and tests; the model learns from all rows that the sample
// does not hold out, encoded into a row file of the run (feed/row_file.h).
#pragma once

#include <filesystem>

#include "clean/plan.h"
#include "cli/engine/stages.h"
#include "cli/recipe.h"
#include "data/dataset.h"
#include "split/make_split.h"

namespace bottega {

// What keeps a row out of training: being held out itself, by the split or by the part that the
// source gives it, reading like a row that is, being of a group that is, or not being older than
// what is.
struct StreamedTraining {
  std::filesystem::path source;
  std::filesystem::path project;
  const Recipe* recipe = nullptr;
  const Dataset* sample = nullptr;  // whose rows the split deals out
  const RowPlan* split = nullptr;
  const FittedPlan* plan = nullptr;
  bool repeats_together = true;  // split.keep_duplicates_together
  bool by_time = false;          // the split is by time
  std::string group, time;       // its columns; "" for none
};

// Writes the rows that are learned from, encoded, to `path`, in one pass over the source. Rows
// without a target, without lawful ground or forgotten are left out. Returns how many. Errors:
// kData when none are left, and those of reading the source.
int64_t EncodeTrainingRows(const StreamedTraining& training, const std::filesystem::path& path);

// Writes the training rows of the sample alone: what a forecast of the training trains on. Returns
// about how many rows there would be of a source with `all_rows`.
int64_t EncodeSampleRows(const Dataset& sample, const SplitOutcome& split, const FittedPlan& plan,
                         int64_t all_rows, const std::filesystem::path& path);

// The row file of a run that streams, made unless it is there; "" for any other run and for one
// that is trained. Errors: those of EncodeTrainingRows.
std::filesystem::path StreamedRows(const RunFolder& run, const RunData& data);
// Once nothing is left to be trained.
void RemoveStreamedRows(const RunFolder& run);

}  // namespace bottega
