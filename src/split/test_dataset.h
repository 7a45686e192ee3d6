// For tests of split and clean: small datasets, and resolved recipe sections.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "data/test_dataset.h"
#include "spec/resolve.h"

namespace bottega {

// `yaml` resolved against `section`: every parameter present. Throws for mistakes.
inline Json ResolveSection(const Spec& section, const std::string& yaml,
                           const std::vector<SpecList>& components = {}) {
  Catalog catalog;
  for (const SpecList& specs : components) catalog.Add(specs);
  catalog.Add({&section});
  const Resolved resolved = Resolve(catalog, section, ParseYaml(yaml, "test.yaml"), "test.yaml");
  ThrowProblems(resolved.problems, ErrorKind::kRecipe, "");
  return resolved.value;
}

}  // namespace bottega
