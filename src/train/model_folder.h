// run/model/: the trained model in Hugging Face layout (config.json, model.safetensors, and for
// pictures preprocessor_config.json). Format: doc/formats/run-folder.md.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "clean/plan.h"
#include "model/model_input.h"
#include "model/module.h"

namespace bottega {

struct ModelConfig {
  Json settings;  // resolved {name: resnet18, ...}, never auto
  ModelInput input;
  std::string task;  // "classification", "regression"
  std::vector<std::string> classes;
  int positive = -1;
  // Of pixels in [0, 1]; what pictures were normalized with.
  std::array<float, 3> mean{}, deviation{};
  // Added to the logits of use, not of training: brings probabilities back from balanced classes
  // (train/balance.h). Empty: nothing is added.
  std::vector<float> logit_offset;
};

// logit_offset as a tensor [outputs]; undefined where there is none.
at::Tensor LogitOffset(const ModelConfig& config);

Json ConfigToJson(const ModelConfig& config);
Json PreprocessorToJson(const ModelConfig& config);
// Errors: kData naming `file` for anything that bottega did not write.
ModelConfig ConfigFromJson(const Json& config, const Json& preprocessor, const std::string& file);

// Writes the folder, model.safetensors last: a run that has it is finished.
void SaveModelFolder(const std::filesystem::path& run, const ModelConfig& config,
                     const NamedTensors& weights);

// config.json and preprocessor_config.json of a model's folder. Errors: kMissing when it holds no
// finished model, else those of ConfigFromJson.
ModelConfig LoadModelConfig(const std::filesystem::path& folder);

struct LoadedModel {
  ModelConfig config;
  std::shared_ptr<Model> model;
};
// A network from `folder`, as run/model. Errors: those of LoadModelConfig; kData when its files do
// not fit together.
LoadedModel LoadModelFrom(const std::filesystem::path& folder);

}  // namespace bottega
