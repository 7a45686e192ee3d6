// Names in a recipe's conditions and settings, and the places where they stand.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace bottega {

// The place that a path of the resolved recipe came from: origin is Recipe::origin.
Place PlaceIn(const std::map<std::string, std::string>& origin, const std::string& path);
// The place that one origin, as in "bottega.yaml:3:7", stands for.
Place PlaceOf(const std::string& origin);

// "there is no metric 'acuracy'; did you mean accuracy?"
std::string UnknownName(const std::string& what, const std::string& name,
                        const std::vector<std::string>& known);

// per_class.CLASS.SCORE, where the class may hold dots.
struct ClassPath {
  std::string label, score;
};
std::optional<ClassPath> ParseClassPath(const std::string& name);

bool IsPart(const std::string& name);  // train, validation, test
// What is wrong with a score's name as it stands behind a part, or with the path of a condition; ""
// for nothing. `others` are names that do as well, as "loss".
std::string WrongScore(const std::string& name, const std::vector<std::string>& others);
std::string WrongPath(const std::string& path);

// A gate's condition as text, whatever YAML made of it.
std::string GateText(const Json& value);

}  // namespace bottega
