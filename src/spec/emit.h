// YAML out of JSON values, with a comment behind each leaf.
#pragma once

#include <functional>
#include <string>

#include "base/json.h"

namespace bottega {

// `comment(path)` gives the text behind the '#' of the leaf at the dotted path; "" for none.
using CommentOf = std::function<std::string(const std::string& path)>;

std::string EmitYaml(const Json& value, const CommentOf& comment = {});
// One scalar as YAML, quoted when it would otherwise read as something else.
std::string YamlScalar(const Json& value);

}  // namespace bottega
