// A search over settings (`bottega tune`): its trials are trainings in folders below the run,
// trials/NNN/, or folds/R-K/trials/NNN/ where every fold searches for itself.
#pragma once

#include <filesystem>

#include "cli/engine/search_request.h"
#include "cli/engine/stages.h"

namespace bottega {

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
