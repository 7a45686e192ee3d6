#include "model/models_specs.h"

namespace bottega {

namespace {

constexpr int64_t kSmallPicture = 96;

// No model has a component as a parameter, so that the defaults are the fallbacks.
Json AtDefaults(const Spec& spec) {
  Json settings = {{"name", spec.name}};
  for (const Param& param : spec.params) settings[param.name] = param.fallback;
  return settings;
}

}  // namespace

const Spec& AutoModelSpec() {
  static const Spec spec = {
      .kind = "model",
      .name = "auto",
      .one_line = "the model that fits the data: mlp, resnet_small or resnet18",
      .text =
          "A table gets `mlp`, pictures up to 96 px `resnet_small`, larger ones `resnet18`, "
          "each with its defaults. The choice is written into the run's resolved recipe.",
      .synonyms = {"default", "automatic"}};
  return spec;
}

Json ResolveModel(const Json& model, const ModelInput& input) {
  if (model.at("name") != "auto") return model;
  if (input.picture_size <= 0) return AtDefaults(MlpSpec());
  return AtDefaults(input.picture_size <= kSmallPicture ? ResnetSmallSpec() : Resnet18Spec());
}

}  // namespace bottega
