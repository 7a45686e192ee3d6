// SourceNode: a YAML value that knows where it was written, so that every mistake has a place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"

namespace bottega {

struct SourceField;

struct SourceNode {
  enum class Kind { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  std::string text;     // of a scalar
  bool quoted = false;  // a quoted scalar is always text
  std::vector<SourceNode> items;
  std::vector<SourceField> fields;
  std::string origin;  // "bottega.yaml:3:7" or "--set train.epochs=5"
  int64_t line = -1, column = -1;
  int64_t key_line = -1, key_column = -1;  // of the key that it is the value of

  const SourceNode* Field(std::string_view name) const;
};

struct SourceField {
  std::string key;
  SourceNode value;
};

// Parses YAML; syntax errors, duplicate keys, aliases that expand without bound and nesting beyond
// 100 levels are Errors (kRecipe) with file, line and column.
SourceNode ParseYaml(std::string_view text, const std::string& file);

// Puts `value` (YAML flow text) at the dotted `path`, as in "train.optimizer.lr=3e-4". A scalar on
// the way (`optimizer: adam`) becomes {name: adam}.
void Override(SourceNode* root, const std::string& assignment);

// The value without its places: numbers, booleans and null recognised as in YAML 1.2.
Json ToJson(const SourceNode& node);

}  // namespace bottega
