// What might be changed about a training, one thing each, as settings that `--set` takes.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

struct Change {
  std::string name;  // "dropout 0", "learning rate x3"
  // "regularization" (less of it), "restraint" (more of it), "capacity", "rate_up", "rate_down",
  // "longer", "activation", "labels"
  std::string kind;
  std::vector<std::string> sets;
};
Json ChangeToJson(const Change& change);

// What decides which changes are worth a training.
struct Occasion {
  bool overfits = false;       // the gap is established: restraint is tried
  bool stopped_early = false;  // then more epochs change little
  bool dead_units = false;     // another activation is tried
};

// For a resolved recipe (model, train, augment), the most telling first: all regularization off,
// each kind of it off, learning rate x3 and x0.3, three times the epochs, twice the units;
// restraint where it overfits.
std::vector<Change> CandidateChanges(const Json& recipe, const Occasion& occasion);

// Learning rate times `factor`, as a change.
Change RateChange(const Json& recipe, double factor);

// `sets` after `before`, without those of `before` that they replace.
std::vector<std::string> JoinSets(const std::vector<std::string>& before,
                                  const std::vector<std::string>& sets);

}  // namespace bottega
