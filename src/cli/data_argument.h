// Verbs that work on `DATA` without a recipe as well as on a project's own data.
#pragma once

#include "cli/project.h"
#include "cli/verb.h"

namespace bottega {

// Whether a column that looks like a target is taken for one when nobody names it.
enum class Guess { kTarget, kNoTarget };

// The recipe of the project here or, when the verb's parameter `data` is given, one inferred for
// that source; what was read of it is left in `ahead`. `large`: a source that is too large to be
// held is read in one pass. Errors: kUsage when --target comes without DATA.
enum class Large { kHeld, kInOnePass };
Recipe RecipeFor(const Invocation& call, const std::string& verb, Guess guess, Large large,
                 ReadAhead* ahead);

// The project here or, when the verb's parameter `data` is given, one made for that source: its
// recipe is inferred and not written. Errors: kUsage when --target comes without DATA.
Project ProjectFor(const Invocation& call, const std::string& verb, Guess guess);

}  // namespace bottega
