#include "spec/regularizers.h"

#include <algorithm>

#include "base/text.h"

namespace bottega {

namespace {

struct Found {
  Spec spec;
  std::vector<std::string> owners;  // "model mlp", ...
};

void Add(Spec spec, const std::string& owner, std::vector<Found>* all) {
  const auto same = std::ranges::find(*all, spec.name, [](const Found& f) { return f.spec.name; });
  if (same == all->end()) {
    all->push_back({std::move(spec), {owner}});
    return;
  }
  same->owners.push_back(owner);
}

Spec OfSpec(const Spec& owner) {
  Spec spec = owner;
  spec.kind = "regularizer";
  const Regularizer& trade = *owner.regularizer;
  if (!trade.name.empty()) spec.name = trade.name;
  spec.synonyms.insert(spec.synonyms.end(), trade.synonyms.begin(), trade.synonyms.end());
  spec.examples.clear();
  return spec;
}

Spec OfParam(const Param& param) {
  const Regularizer& trade = *param.regularizer;
  return {.kind = "regularizer",
          .name = trade.name.empty() ? param.name : trade.name,
          .one_line = param.what,
          .params = {param},
          .synonyms = trade.synonyms,
          .source = param.source,
          .regularizer = trade};
}

}  // namespace

std::vector<Spec> RegularizerSpecs(const Catalog& catalog) {
  std::vector<Found> all;
  for (const std::string& kind : catalog.Kinds()) {
    for (const Spec* spec : catalog.Of(kind)) {
      const std::string owner = kind + " " + spec->name;
      if (spec->regularizer) Add(OfSpec(*spec), owner, &all);
      for (const Param& param : spec->params) {
        if (param.regularizer) Add(OfParam(param), owner, &all);
      }
    }
  }
  std::vector<Spec> specs;
  for (Found& found : all) {
    std::string& text = found.spec.text;
    text +=
        (text.empty() ? "" : " ") + std::string("Declared by ") + Join(found.owners, ", ") + ".";
    specs.push_back(std::move(found.spec));
  }
  return specs;
}

}  // namespace bottega
