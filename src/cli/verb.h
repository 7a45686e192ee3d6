// A verb: its Spec (kind "verb") and the function behind it.
#pragma once

#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/error.h"
#include "spec/catalog.h"

namespace bottega {

struct Invocation {
  Json args;                      // every Param of the verb's Spec, resolved
  std::vector<std::string> sets;  // --set PATH=VALUE, in order
  bool json = false;              // the result is wanted as JSON: print nothing else to `out`
  bool quiet = false;
  std::string typed;  // the command as the user typed it, shell-quoted
  const Catalog* catalog = nullptr;
  std::ostream* out = nullptr;   // results; progress and logs go to stderr
  std::optional<Error> failure;  // set where there is a result and it is bad, as by a failed gate

  std::string Text(const std::string& param) const {
    return args.at(param).is_null() ? "" : args.at(param).get<std::string>();
  }
  bool Flag(const std::string& param) const { return args.at(param).get<bool>(); }
};

// Returns the facts of the result, for --json. What keeps a verb from having a result is thrown; a
// result that fails a gate is returned beside Invocation::failure, so that both are printed.
using VerbFunction = Json (*)(Invocation&);

struct Verb {
  const Spec& (*spec)();
  VerbFunction run;
  // A parameter that asks for a model: given, the command is handed over to bottega-engine.
  const char* needs_engine = nullptr;
};

using VerbTable = std::vector<Verb>;

// Verbs that need no tensors; verbs that hand over to bottega-engine are in EngineVerbSpecs only.
const VerbTable& TorchFreeVerbs();
SpecList EngineVerbSpecs();

}  // namespace bottega
