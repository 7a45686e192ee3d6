// Spec and Param: what a component is called and takes, declared once beside its code. Recipe
// validation, --help, `bottega list`, the recipe's JSON Schema, doc/reference/ and shell completion
// all come from here.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

// What a way to regularize trades, for `bottega list regularizers`. Sentences without a full stop.
struct Regularizer {
  std::string helps;                  // when it helps
  std::string costs;                  // and what it costs
  std::string set;                    // what turns it on, as in "model.dropout=0.3"
  std::vector<std::string> synonyms;  // beside those of its Spec
  std::string name;                   // "": that of the Spec or Param
};

enum class ParamType {
  kBool,
  kInt,
  kFloat,
  kText,
  kChoice,  // one of `choices`
  kIntList,
  kFloatList,
  kTextList,
  kComponent,      // NAME or {name: NAME, ...settings}; `component` is the kind
  kComponentList,  // list of NAME, {NAME: {settings}} or {name: NAME, ...}
  kMap,            // mapping: text keys, any values unless there are `choices`
  kSection,        // mapping with the Spec of kind "section" named `component`
  kSectionList,    // list of such mappings
};

struct Param {
  std::string name;
  ParamType type = ParamType::kText;
  std::string what;  // one sentence, no full stop
  Json fallback;     // the default; null means "not set"
  bool required = false;
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool min_open = false;             // the range excludes `min`
  std::vector<std::string> choices;  // also of each text of a kTextList and each value of a kMap;
                                     // of a number: words that may stand for it
  std::string component;  // kind of component, as in "optimizer"; a kTextList and the keys of a
                          // kMap are then names of that kind
  std::string unit;
  std::string larger;  // what a larger value does
  std::string smaller;
  std::string source;  // paper or manual that the meaning and default come from
  char letter = 0;     // one-letter flag of a verb's parameter
  bool positional = false;
  std::string bare;  // what the flag means without a value; "": it needs one
  std::vector<std::string> synonyms;  // words that `bottega list WORD` finds it by
  std::optional<Regularizer> regularizer;
};

// "`param` is ignored because `other` is `value`".
struct IgnoredWhen {
  std::string param;
  std::string other;
  Json value;
};

// A parameter that `was` called otherwise: using that name is an error that tells what it is `now`,
// as in "norm: batch", and `why`.
struct Renamed {
  std::string was, now, why;
};

struct Spec {
  std::string kind;  // "optimizer", "model", "check", "verb", "section" ...
  std::string name;
  std::string one_line;  // no full stop
  std::string text;      // paragraphs, Markdown
  std::vector<Param> params;
  std::vector<std::string> synonyms;
  std::vector<IgnoredWhen> ignored;
  std::string source;
  std::vector<std::string> examples;  // command lines, run by tests
  std::vector<std::string> sets;      // of a verb: sections that --set may change; {"*"}: all
  std::vector<Renamed> renamed;
  std::optional<Regularizer> regularizer;

  const Param* Find(const std::string& param) const;
};

using SpecList = std::vector<const Spec*>;

// "whole number", "one of a, b, c", "name of an optimizer" ...: how help and errors say the type.
std::string TypeText(const Param& param);
// "0 to 1", "above 0", "" when there is no limit.
std::string RangeText(const Param& param);
// A value as one writes it: text without quotes, null as "not set".
std::string ValueText(const Json& value);

}  // namespace bottega
