// The trainings beside a run's own, each in a folder below it: folds/<repeat>-<fold>/ of a
// cross-validation, seeds/<seed>/ of a repetition. Such a folder has a plan.json, a split.parquet,
// and what training writes; doc/formats/run-folder.md.
#pragma once

#include <string>
#include <vector>

#include "cli/engine/stages.h"
#include "metric/cross_validation.h"
#include "metric/seed_spread.h"
#include "split/make_split.h"

namespace bottega {

struct SideRun {
  std::string folder;          // "folds/0-3", "seeds/2"
  int repeat = -1, fold = -1;  // of a fold
  int64_t seed = -1;           // of another seed
  RowPlan split;               // of a fold: part test is held out
  FittedPlan plan;             // fitted on the training rows of `split`
};

// Makes the folders that the recipe's split.folds, split.repeats and train.seeds ask for. `plan` is
// the run's own.
void WriteSideRuns(const RunFolder& run, const Recipe& recipe, const Dataset& repaired,
                   const SplitOutcome& split, const FittedPlan& plan);
// Those that the run has, in order.
std::vector<SideRun> ReadSideRuns(const RunFolder& run, const RunData& data);

// Trains the run itself and all `sides`, side by side; the first outcome is the run's own. `jobs`:
// at once; 0: as fit the machine. What depends on the number of rows (batch, epochs) and on the
// clock is settled for the run and the same for all.
std::vector<TrainOutcome> TrainSideRuns(const RunFolder& run, const TrainInputs& own,
                                        const std::vector<SideRun>& sides, int jobs);

// Answers of each fold's model for the rows that it did not see; `own` are the run's predictions,
// which have all rows.
std::vector<FoldResult> PredictFolds(const RunFolder& run, const RunData& data,
                                     const std::vector<SideRun>& sides, const Predictions& own);
// The run's own, then those of the other seeds; empty when there are none.
std::vector<SeedResult> PredictSeeds(const RunFolder& run, const RunData& data,
                                     const std::vector<SideRun>& sides, const Predictions& own);

}  // namespace bottega
