// What is worth knowing of one run, gathered for `runs show` and `runs diff`.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "run/run_folder.h"

namespace bottega {

// One setting and where it came from.
struct SettingFact {
  std::string path;
  Json value;
  std::string origin;
};

// Settings that are no defaults: what somebody wrote, and what was chosen for the data; those that
// say nothing ("", [], {}, null) left out.
std::vector<SettingFact> OwnSettings(const Json& manifest);

// Runs inside the run, as folds/0 or seeds/2: {name, state, result} of each folder at most two
// levels down that holds a manifest or a model.
Json SubRuns(const RunFolder& run);

// {data, recipe, scores, curve, files, reproduce, ...}: see doc/formats/json-output.md. Files that
// the run does not have yet are null. Errors: kData when one is damaged.
Json RunFacts(const RunFolder& run);

}  // namespace bottega
