// What the tests of this folder share: torch's numbers, and settings completed from the Specs.
#pragma once

#include "base/test_folders.h"
#include "engine/reference_formula.h"
#include "optim/optimizer.h"
#include "spec/spec.h"

namespace bottega {

inline const Json& Reference() {
  static const Json json = ReadJson(TestReference("optim_reference.json"));
  return json;
}

// The named Spec's defaults, overridden by `settings`.
inline Json Complete(const SpecList& specs, const Json& settings) {
  Json full = {{"name", settings.at("name")}};
  for (const Spec* spec : specs) {
    if (spec->name != settings.at("name")) continue;
    for (const Param& param : spec->params) full[param.name] = param.fallback;
  }
  for (const auto& [key, value] : settings.items()) full[key] = value;
  return full;
}

inline NamedTensors Parameters() {
  NamedTensors parameters;
  parameters.emplace_back("a", Formula("a", {3, 4}).requires_grad_());
  parameters.emplace_back("b", Formula("b", {5}).requires_grad_());
  parameters.emplace_back("c", Formula("c", {2, 3, 2, 2}).requires_grad_());
  return parameters;
}

inline void SetGradients(const NamedTensors& parameters, int step) {
  for (auto [name, p] : parameters) {
    p.mutable_grad() = Formula(name + std::to_string(step), p.sizes().vec()) + 0.1 * p.detach();
  }
}

}  // namespace bottega
