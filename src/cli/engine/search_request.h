// What `bottega tune` searches over and how, checked before there is a run.
#pragma once

#include <string>

#include "cli/project.h"
#include "cli/recipe.h"
#include "data/dataset.h"
#include "learn/search/schedule.h"

namespace bottega {

// The origin of settings that a search found.
inline constexpr const char* kTuned = "tuned";

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

// Error kData when the split leaves no validation rows, on which trainings are compared.
void RequireValidation(Project& project);

// The first score that early stopping of a `train` section watches.
std::string WatchedScore(const Json& train);

// `recipe` with {path: value, ...} put in and checked; `why` becomes the origin of those paths.
Recipe Vary(const Recipe& recipe, const Json& settings, const std::string& why);

}  // namespace bottega
