#include "cli/engine/techniques.h"

namespace bottega {

namespace {

// A parameter that is off at `off`, by its place in the recipe.
struct Switch {
  const char* name;
  const char* section;
  std::vector<std::string> keys;
  Json off;
};

const std::vector<Switch>& Switches() {
  static const std::vector<Switch> switches = {
      {"dropout", "model", {"dropout"}, 0.0},
      {"attention-dropout", "model", {"attention_dropout"}, 0.0},
      {"feed-forward-dropout", "model", {"ffn_dropout"}, 0.0},
      {"hidden-dropout", "model", {"hidden_dropout"}, 0.0},
      {"residual-dropout", "model", {"residual_dropout"}, 0.0},
      {"drop-path", "model", {"drop_path"}, 0.0},
      {"norm", "model", {"norm"}, "none"},
      {"label-smoothing", "train", {"loss", "label_smoothing"}, 0.0},
      {"balance", "train", {"balance"}, "none"},
      {"sample-weights", "train", {"sample_weights"}, "none"},
      {"weight-decay", "train", {"optimizer", "weight_decay"}, 0.0},
      {"l2", "train", {"optimizer", "l2"}, 0.0},
      {"warmup", "train", {"schedule", "warmup"}, 0.0},
      {"schedule", "train", {"schedule"}, "constant"},
      {"average", "train", {"average"}, "none"},
      {"sam", "train", {"sam"}, nullptr},
      {"gradient-noise", "train", {"gradient_noise"}, nullptr},
      {"clip-norm", "train", {"clip_norm"}, nullptr},
      {"clip-value", "train", {"clip_value"}, nullptr},
      {"early-stopping", "train", {"early_stopping"}, nullptr},
  };
  return switches;
}

// {name: constant, warmup: 0.05} counts as constant.
bool IsOff(const Json& value, const Json& off) {
  if (value.is_number() && off.is_number()) return value.get<double>() == off.get<double>();
  if (value.is_object() && off.is_string()) return value.value("name", "") == off;
  return value == off;
}

void AddSwitch(const Json& recipe, const Switch& one, std::vector<Technique>* found) {
  const Json* at = &recipe.at(one.section);
  std::string path = one.section;
  for (const std::string& key : one.keys) {
    if (!at->is_object() || !at->contains(key)) return;
    at = &at->at(key);
    path += "." + key;
  }
  if (at->is_null() || IsOff(*at, one.off)) return;
  found->push_back({one.name, {{path, one.off}}});
}

// Each component of a list is a technique of its own.
void AddList(const Json& list, const std::string& path, const std::string& prefix,
             std::vector<Technique>* found) {
  for (size_t i = 0; i < list.size(); ++i) {
    Json rest = Json::array();
    for (size_t j = 0; j < list.size(); ++j) {
      if (j != i) rest.push_back(list[j]);
    }
    found->push_back({prefix + list[i].at("name").get<std::string>(), {{path, rest}}});
  }
}

}  // namespace

std::vector<Technique> ActiveTechniques(const Json& recipe) {
  std::vector<Technique> found;
  AddList(recipe.value("augment", Json::array()), "augment", "augment-", &found);
  for (const Switch& one : Switches()) AddSwitch(recipe, one, &found);
  const Json& train = recipe.at("train");
  AddList(train.value("mix", Json::array()), "train.mix", "mix-", &found);
  AddList(train.value("penalties", Json::array()), "train.penalties", "penalty-", &found);
  return found;
}

}  // namespace bottega
