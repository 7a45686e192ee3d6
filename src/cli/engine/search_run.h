// A search over settings (`bottega tune`): its trials are trainings in folders below the run,
// trials/NNN/, or folds/R-K/trials/NNN/ where every fold searches for itself.
#pragma once

#include <string>
#include <vector>

#include "cli/engine/stages.h"
#include "learn/search/schedule.h"

namespace bottega {

// What is searched over and how, from a resolved recipe.
struct SearchRequest {
  SearchSpace space;
  SearchOptions options;  // max_epochs is known once the training is settled
  std::string method, metric;
  int64_t startup = 10;
  uint64_t seed = 1;
};

// Errors: kRecipe for a model that is not named, a space beyond model, train and augment or over
// what is decided once for all trials, one whose ends the recipe does not allow (or, `streamed`,
// cannot be learned from a stream), or a metric that is none of the validation part. Trials of
// table models are trained to their end.
SearchRequest MakeSearchRequest(const Recipe& recipe, const Dataset& data, bool streamed = false);

// Says what of the space, and which pruner, has no effect on the recipe's model. Errors: kRecipe
// when nothing of the space has any.
void NoteWhatIsIgnored(const SearchRequest& request, const Recipe& recipe, const Dataset& data,
                       bool streamed);

// The first score that early stopping of a `train` section watches.
std::string WatchedScore(const Json& train);

// `recipe` with {path: value, ...} put in and checked; `why` becomes the origin of those paths.
Recipe Vary(const Recipe& recipe, const Json& settings, const std::string& why);

// Searches where `own.run` lies, training `jobs` trials at once (0: as many as there is room for),
// and makes the best trial that folder's training: its checkpoints, log and model are copied, its
// settings written to tuned.json. Writes tune.json (doc/formats/tune.md), also while it runs.
// Trials that are there already are continued; a search that has ended is not repeated. Errors:
// kRecipe when every trial failed, with the first one's reason.
Json SearchIn(const TrainInputs& own, const Recipe& recipe, const SearchRequest& request, int jobs);

// The recipe of a search's winner: `recipe` with what tuned.json in `folder` says; unchanged
// without one.
Recipe TunedRecipe(const std::filesystem::path& folder, const Recipe& recipe);

}  // namespace bottega
