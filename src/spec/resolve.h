// Resolving: what a person wrote + a Spec -> every parameter with a valid value and its origin.
// All mistakes are collected before one Error lists them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "spec/catalog.h"
#include "spec/source_node.h"
#include "spec/spec.h"

namespace bottega {

struct Problem {
  Place place;
  std::string message;
};

struct Resolved {
  Json value;  // every Param of the Spec; sections nested; components as {name: ..., params...}
  std::map<std::string, std::string> origin;  // dotted path of each leaf -> "default" or where
  std::vector<Problem> problems;
  std::vector<Problem> remarks;  // parameters that are ignored because of another
};

Resolved Resolve(const Catalog& catalog, const Spec& spec, const SourceNode& source,
                 const std::string& file);

// Throws kRecipe (or kUsage) when there are problems: one line each, in order of place.
void ThrowProblems(const std::vector<Problem>& problems, ErrorKind kind, const std::string& hint);

}  // namespace bottega
