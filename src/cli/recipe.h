// The recipe bottega.yaml: loading, overriding, resolving, and writing the resolved one.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "data/open.h"
#include "spec/resolve.h"

namespace bottega {

inline constexpr const char* kRecipeName = "bottega.yaml";

struct Recipe {
  Json value;  // resolved: every parameter present
  std::map<std::string, std::string>
      origin;                    // dotted path -> "default", "bottega.yaml:3:7", "--set"
  std::vector<Problem> remarks;  // parameters that have no effect

  const Json& operator[](const std::string& section) const { return value.at(section); }
};

// Reads `path` and applies `sets` over it. Errors: kMissing with a hint to `init`; kRecipe listing
// every mistake with file:line:column.
Recipe LoadRecipe(const std::filesystem::path& path, const std::vector<std::string>& sets);

// A resolved recipe from YAML text; `file` names it in errors.
Recipe ResolveRecipe(const std::string& text, const std::string& file,
                     const std::vector<std::string>& sets);

// recipe.resolved.yaml: every value with where it came from as a comment.
std::string ResolvedYaml(const Recipe& recipe);

// Error kData when the target of a classification has fewer than two classes. (An audit goes on.)
void RequireTwoClasses(const Inference& inference);

// The commented recipe that `init` writes for what was inferred about `source` (as typed).
std::string InitialRecipe(const Inference& inference, const std::string& source);

}  // namespace bottega
