#include "model/models_specs.h"

#include <algorithm>

#include "base/error.h"
#include "learn/table_models_specs.h"

namespace bottega {

namespace {

bool Has(const SpecList& specs, const std::string& name) {
  return std::ranges::any_of(specs, [&](const Spec* spec) { return spec->name == name; });
}

SpecList PictureModelSpecs() {
  return {&ResnetSmallSpec(), &Resnet18Spec(), &Resnet34Spec(), &Resnet50Spec()};
}

}  // namespace

SpecList ModelSpecs() {
  SpecList all = {&AutoModelSpec(), &MlpSpec(), &ResmlpSpec(), &FtTransformerSpec()};
  for (const SpecList& specs : {PictureModelSpecs(), TableModelSpecs()}) {
    all.insert(all.end(), specs.begin(), specs.end());
  }
  return all;
}

bool ReadsPictures(const std::string& model) { return Has(PictureModelSpecs(), model); }

ModelKind KindOfModel(const std::string& model) {
  if (model == AutoModelSpec().name) return ModelKind::kAuto;
  if (model == "blend") return ModelKind::kBlend;
  return Has(TableModelSpecs(), model) ? ModelKind::kTable : ModelKind::kNetwork;
}

Json DefaultModel(const std::string& model) {
  for (const Spec* spec : ModelSpecs()) {
    if (spec->name != model) continue;
    // No model has a component as a parameter, so that the defaults are the fallbacks.
    Json settings = {{"name", model}};
    for (const Param& param : spec->params) settings[param.name] = param.fallback;
    return settings;
  }
  throw Error(ErrorKind::kRecipe, "unknown model '" + model + "'", {}, "bottega list models");
}

std::vector<std::string> TableCandidates() { return {"linear", "knn", "boosted_trees", "mlp"}; }

}  // namespace bottega
