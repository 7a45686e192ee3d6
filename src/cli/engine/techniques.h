// The techniques that a recipe uses and could do without.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

struct Technique {
  std::string name;  // also a folder's: "dropout", "augment-flip"
  Json without;      // {path: value}: what turns it off
};

// Those of a resolved recipe that are on, in the order of its sections. What has no neutral value
// (the optimizer, the learning rate, the size of the model) is no technique here.
std::vector<Technique> ActiveTechniques(const Json& recipe);

}  // namespace bottega
