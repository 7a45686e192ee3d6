// A recipe's settings as dotted paths, as runs are compared, logged and listed by.
#pragma once

#include <map>
#include <string>

#include "base/json.h"

namespace bottega {

// Every leaf of a resolved recipe: "train.optimizer.lr" -> 0.001. An element of a list of
// components goes by its name ("clean.steps.impute.numbers"); other lists and empty mappings are
// leaves.
std::map<std::string, Json> FlatSettings(const Json& recipe);

// The same of the sections that describe how the model is made: all but `version`, `use`, `expect`,
// `audit` and `gates`.
std::map<std::string, Json> ModelSettings(const Json& recipe);

// Where the value at `path` came from ("default", "--set", "bottega.yaml:3:7", "chosen for the
// data"): the entry of the path or of the nearest path above it in a manifest's `origin`.
std::string OriginOf(const Json& origin, const std::string& path);

// Whether a person wrote the value: no default and nothing that was chosen for the data.
bool IsNamed(const std::string& origin);

// SHA-256 of the recipe in canonical form: equal for equal settings.
std::string RecipeDigest(const Json& recipe);

}  // namespace bottega
