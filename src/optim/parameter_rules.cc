#include "optim/parameter_rules.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace bottega {

namespace {

// "layers.0" of "layers.0.weight", "layer1.0" of "layer1.0.conv1.weight", "head" of "head.bias".
std::string LayerName(const std::string& parameter) {
  const std::vector<std::string> parts = Split(parameter, '.');
  if (parts[0].starts_with("embed")) return "embeddings";
  const bool numbered =
      parts.size() > 1 && !parts[1].empty() && std::ranges::all_of(parts[1], IsDigit);
  return numbered ? parts[0] + "." + parts[1] : parts[0];
}

// Names that begin or end nearly as the pattern's text does.
std::vector<std::string> NearNames(const std::string& pattern, const NamedTensors& parameters) {
  std::string text = Replace(Replace(pattern, "*", ""), "?", "");
  text.erase(0, text.find_first_not_of('.'));
  text.erase(text.find_last_not_of('.') + 1);
  const size_t parts = Split(text, '.').size();
  std::vector<std::string> ends;
  for (const auto& [name, tensor] : parameters) {
    std::vector<std::string> of = Split(name, '.');
    if (of.size() < parts) continue;
    ends.push_back(Join({of.begin(), of.begin() + static_cast<int64_t>(parts)}, "."));
    ends.push_back(Join({of.end() - static_cast<int64_t>(parts), of.end()}, "."));
  }
  std::vector<std::string> near;
  for (const std::string& end : NearestNames(text, ends, 1)) {
    for (const auto& [name, tensor] : parameters) {
      if ((name.starts_with(end) || name.ends_with(end)) && near.size() < 3) near.push_back(name);
    }
  }
  return near;
}

[[noreturn]] void ThrowNoMatch(size_t group, const std::string& pattern,
                               const NamedTensors& parameters) {
  std::vector<std::string> near = NearNames(pattern, parameters);
  const bool found = !near.empty();
  for (size_t i = 0; !found && i < std::min<size_t>(3, parameters.size()); ++i) {
    near.push_back(parameters[i].first);
  }
  throw Error(ErrorKind::kRecipe,
              "train.groups." + std::to_string(group) + ": '" + pattern +
                  "' matches no parameter of the model; " + (found ? "near are " : "some are ") +
                  Join(near, ", "),
              {}, "bottega list section parameter_group");
}

void Apply(const Json& group, ParameterRule* rule) {
  rule->lr_scale *= group.at("lr_scale").get<double>();
  if (!group.at("l2").is_null()) rule->l2 = group["l2"].get<double>();
  if (!group.at("weight_decay").is_null()) rule->weight_decay = group["weight_decay"].get<double>();
}

}  // namespace

bool MatchesPattern(const std::string& pattern, const std::string& name) {
  size_t p = 0, n = 0, star = std::string::npos, resumed = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resumed = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string::npos) {
      p = star + 1;
      n = ++resumed;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string::npos;
}

LayerNumbers NumberLayers(const NamedTensors& parameters) {
  std::vector<std::string> names;
  std::vector<bool> weighty;
  std::vector<size_t> entry;
  for (const auto& [name, tensor] : parameters) {
    const std::string layer = LayerName(name);
    const size_t at = static_cast<size_t>(std::ranges::find(names, layer) - names.begin());
    if (at == names.size()) {
      names.push_back(layer);
      weighty.push_back(false);
    }
    weighty[at] = weighty[at] || tensor.dim() > 1;
    entry.push_back(at);
  }
  std::vector<int64_t> number;
  int64_t count = 0;
  for (const bool own : weighty) {
    if (own || count == 0) ++count;
    number.push_back(count - 1);
  }
  LayerNumbers layers{.count = count};
  for (const size_t at : entry) layers.of.push_back(number[at]);
  return layers;
}

ParameterRules UniformRules(const Json& optimizer, size_t count) {
  return ParameterRules(count, {.l2 = optimizer.value("l2", 0.0),
                                .weight_decay = optimizer.value("weight_decay", 0.0)});
}

ParameterRules ResolveRules(const Json& train, const NamedTensors& parameters) {
  ParameterRules rules = UniformRules(train.at("optimizer"), parameters.size());
  if (train.at("no_decay") == "norms_and_biases") {
    for (size_t i = 0; i < rules.size(); ++i) {
      if (parameters[i].second.dim() < 2) rules[i].l2 = rules[i].weight_decay = 0;
    }
  }
  if (!train.at("layer_decay").is_null()) {
    const LayerNumbers layers = NumberLayers(parameters);
    const double decay = train["layer_decay"].get<double>();
    for (size_t i = 0; i < rules.size(); ++i) {
      rules[i].lr_scale = std::pow(decay, static_cast<double>(layers.count - 1 - layers.of[i]));
    }
  }
  for (size_t g = 0; g < train.at("groups").size(); ++g) {
    const Json& group = train["groups"][g];
    const std::string pattern = group.at("match").get<std::string>();
    bool matched = false;
    for (size_t i = 0; i < rules.size(); ++i) {
      if (!MatchesPattern(pattern, parameters[i].first)) continue;
      matched = true;
      Apply(group, &rules[i]);
    }
    if (!matched) ThrowNoMatch(g, pattern, parameters);
  }
  return rules;
}

}  // namespace bottega
