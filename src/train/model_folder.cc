#include "train/model_folder.h"

#include <algorithm>

#include "base/error.h"
#include "model/models.h"
#include "model/weights/safetensors.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int kFormat = 1;
constexpr int kPillowBilinear = 2;

// "resnet18" -> "Resnet18", "resnet_small" -> "ResnetSmall".
std::string ClassName(const std::string& name) {
  std::string text;
  bool upper = true;
  for (const char c : name) {
    if (c != '_') text += upper ? static_cast<char>(std::toupper(c)) : c;
    upper = c == '_';
  }
  return text;
}

Json Triple(const std::array<float, 3>& values) {
  Json list = Json::array();
  // Through text, so that 0.485f reads as 0.485.
  for (const float v : values) list.push_back(std::stod(std::to_string(v)));
  return list;
}

std::array<float, 3> TripleFrom(const Json& list) {
  return {list.at(0).get<float>(), list.at(1).get<float>(), list.at(2).get<float>()};
}

// Each number is of one of at most as many columns as there are numbers.
void RequireColumns(const ModelInput& input, const std::string& file) {
  const std::vector<int64_t>& columns = input.number_columns;
  const bool known = std::ranges::all_of(
      columns, [&](int64_t column) { return column >= 0 && column < input.numbers; });
  if (known && (columns.empty() || static_cast<int64_t>(columns.size()) == input.numbers)) return;
  throw Error(ErrorKind::kData, "'number_columns' does not fit 'numbers'", {.file = file},
              "`bottega train` makes a new model");
}

}  // namespace

at::Tensor LogitOffset(const ModelConfig& config) {
  return config.logit_offset.empty() ? at::Tensor() : at::tensor(config.logit_offset);
}

Json ConfigToJson(const ModelConfig& config) {
  const std::string name = config.settings.at("name").get<std::string>();
  const std::string head = config.task == "regression" ? "ForRegression" : "ForClassification";
  Json json = {{"format", kFormat},
               {"model_type", "bottega_" + name},
               {"architecture", name},
               {"architectures", {"Bottega" + ClassName(name) + head}},
               {"torch_dtype", "float32"},
               {"task", config.task},
               {"num_classes", config.input.outputs}};
  Json id2label = Json::object(), label2id = Json::object();
  for (size_t i = 0; i < config.classes.size(); ++i) {
    id2label[std::to_string(i)] = config.classes[i];
    label2id[config.classes[i]] = i;
  }
  json["id2label"] = id2label;
  json["label2id"] = label2id;
  json["positive"] = config.positive;
  json["settings"] = config.settings;
  if (!config.logit_offset.empty()) json["logit_offset"] = config.logit_offset;
  json["input"] = {{"numbers", config.input.numbers},
                   {"number_columns", config.input.number_columns},
                   {"cardinality", config.input.cardinality},
                   {"picture_size", config.input.picture_size},
                   {"seed", config.input.seed}};
  if (config.input.picture_size > 0) {
    json["pretrained_cfg"] = {
        {"input_size", {3, config.input.picture_size, config.input.picture_size}},
        {"interpolation", "bilinear"},
        {"crop_pct", 1.0},
        {"mean", Triple(config.mean)},
        {"std", Triple(config.deviation)},
        {"first_conv", "conv1"},
        {"classifier", "fc"}};
  }
  return json;
}

Json PreprocessorToJson(const ModelConfig& config) {
  const int64_t side = config.input.picture_size;
  return {{"image_processor_type", "ConvNextImageProcessor"},
          {"do_resize", true},
          {"size", {{"shortest_edge", side}}},
          {"crop_pct", 1.0},
          {"do_center_crop", true},
          {"crop_size", {{"height", side}, {"width", side}}},
          {"resample", kPillowBilinear},
          {"do_rescale", true},
          {"rescale_factor", 1.0 / 255},
          {"do_normalize", true},
          {"image_mean", Triple(config.mean)},
          {"image_std", Triple(config.deviation)}};
}

ModelConfig ConfigFromJson(const Json& json, const Json& preprocessor, const std::string& file) {
  try {
    if (json.at("format").get<int>() != kFormat) {
      throw Error(ErrorKind::kData, "a model of a format that this version does not know",
                  {.file = file});
    }
    ModelConfig config;
    config.settings = json.at("settings");
    config.task = json.at("task").get<std::string>();
    for (size_t i = 0; i < json.at("id2label").size(); ++i) {
      config.classes.push_back(json["id2label"].at(std::to_string(i)).get<std::string>());
    }
    config.positive = json.at("positive").get<int>();
    config.input.outputs = json.at("num_classes").get<int64_t>();
    config.logit_offset = json.value("logit_offset", std::vector<float>());
    const Json& input = json.at("input");
    config.input.numbers = input.at("numbers").get<int64_t>();
    config.input.number_columns = input.value("number_columns", std::vector<int64_t>());
    RequireColumns(config.input, file);
    config.input.cardinality = input.at("cardinality").get<std::vector<int64_t>>();
    config.input.picture_size = input.at("picture_size").get<int64_t>();
    config.input.seed = input.at("seed").get<uint64_t>();
    if (config.input.picture_size > 0) {
      config.mean = TripleFrom(preprocessor.at("image_mean"));
      config.deviation = TripleFrom(preprocessor.at("image_std"));
    }
    return config;
  } catch (const Json::exception& e) {
    throw Error(ErrorKind::kData, std::string("not a model that bottega wrote: ") + e.what(),
                {.file = file});
  }
}

void SaveModelFolder(const fs::path& run, const ModelConfig& config, const NamedTensors& weights) {
  const fs::path folder = run / "model";
  WriteJson(folder / "config.json", ConfigToJson(config));
  if (config.input.picture_size > 0) {
    WriteJson(folder / "preprocessor_config.json", PreprocessorToJson(config));
  }
  WriteSafetensors(folder / "model.safetensors", weights, {{"format", "pt"}});
}

ModelConfig LoadModelConfig(const fs::path& folder) {
  if (!fs::exists(folder / "model.safetensors")) {
    throw Error(ErrorKind::kMissing, "this run has no trained model",
                {.file = folder.parent_path().string()}, "`bottega train --resume` finishes it");
  }
  const fs::path path = folder / "config.json";
  const Json json = ReadJson(path);
  const fs::path preprocessor = folder / "preprocessor_config.json";
  const Json pixels = fs::exists(preprocessor) ? ReadJson(preprocessor) : Json::object();
  return ConfigFromJson(json, pixels, path.string());
}

LoadedModel LoadModelFrom(const fs::path& folder) {
  LoadedModel loaded{.config = LoadModelConfig(folder)};
  loaded.model = MakeModel(loaded.config.settings, loaded.config.input);
  LoadTensors(*loaded.model, ReadSafetensors(folder / "model.safetensors").tensors);
  return loaded;
}

}  // namespace bottega
