// The list of model builders, for MakeModel and the test that compares it with the Specs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/module.h"

namespace bottega {

struct ModelBuilder {
  std::string name;
  std::shared_ptr<Model> (*make)(const Json& settings, const ModelInput& input);
};

// Every model but `auto`, in the order of ModelSpecs().
const std::vector<ModelBuilder>& ModelBuilders();

}  // namespace bottega
