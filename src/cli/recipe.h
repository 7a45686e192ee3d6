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
      origin;                     // dotted path -> "default", "bottega.yaml:3:7", "--set"
  std::vector<Problem> remarks;   // parameters that have no effect
  std::vector<std::string> sets;  // what the command line set over the file

  const Json& operator[](const std::string& section) const { return value.at(section); }
};

// Reads `path` and applies `sets` over it. Errors: kMissing with a hint to `init`; kRecipe listing
// every mistake with file:line:column.
Recipe LoadRecipe(const std::filesystem::path& path, const std::vector<std::string>& sets);

// A resolved recipe from YAML text; `file` names it in errors.
Recipe ResolveRecipe(const std::string& text, const std::string& file,
                     const std::vector<std::string>& sets);

// Puts `sets` over the sections that a trained run may still change: evaluate and fairness. Errors:
// as those of ResolveRecipe.
void OverrideEvaluation(Recipe* recipe, const std::vector<std::string>& sets);

// recipe.resolved.yaml: every value with where it came from as a comment.
std::string ResolvedYaml(const Recipe& recipe);

// Error kData when the target of a classification has fewer than two classes. (An audit goes on.)
void RequireTwoClasses(const Inference& inference);

// What `sets` say about data that have no recipe yet: a part of its `data` section, checked.
Json DataSettings(const std::string& source, const std::vector<std::string>& sets);

// What `sets` say of the audit section, resolved: how much an audit may hold in memory.
Json AuditSettings(const std::vector<std::string>& sets);

// The commented recipe that `init` writes for what was inferred about `source` (as typed) and for
// the DataSettings that were `given`.
std::string InitialRecipe(const Inference& inference, const std::string& source,
                          const Json& given = Json::object());

}  // namespace bottega
