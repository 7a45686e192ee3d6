// Which recipes can be learned from a stream of rows.
#pragma once

#include <string>
#include <vector>

#include "cli/recipe.h"

namespace bottega {

// What of a recipe asks for all rows in memory.
struct StreamHindrance {
  std::string what;               // "model auto is fitted to rows in memory"
  std::vector<std::string> sets;  // what does without it: "model=mlp"
};
std::vector<StreamHindrance> StreamHindrances(const Recipe& recipe);

// Of a recipe whose table is streamed. Errors: kRecipe names every hindrance; its hint is
// `bottega VERB` with what the recipe was opened with and what does without them.
void RequireStreamable(const Recipe& recipe, const std::string& verb);

}  // namespace bottega
