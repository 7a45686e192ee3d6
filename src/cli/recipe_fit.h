// Whether a recipe fits its data; asked before a run folder is made.
#pragma once

#include <string>
#include <vector>

#include "cli/recipe.h"
#include "data/dataset.h"

namespace bottega {

// Error kRecipe, all mistakes at once, when metrics, gates, loss or model of the recipe do not fit
// the task of `data`, their classes, or what they are made of. What the recipe says without effect
// on these data is noted on stderr. `streamed`: `data` are the sample of a table that is streamed.
void RequireFit(const Recipe& recipe, const Dataset& data, bool streamed = false);

// Error kRecipe, with `name` in front, unless each epoch of a training computes `score` (as
// validation.f1) on the validation part.
void RequireComputed(const std::string& name, const std::string& score, const Recipe& recipe,
                     const Dataset& data);

// What is said without effect: settings of pictures for a table, of classes for a regression.
std::vector<Problem> IgnoredBy(const Recipe& recipe, const Dataset& data, bool streamed = false);

}  // namespace bottega
