#include "metric/diagnosis/candidates.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace bottega {

namespace {

constexpr double kStrongDropout = 0.3, kDecay = 0.1, kMostDropout = 0.9;

const Json& At(const Json& json, const char* key) {
  static const Json null;
  return json.is_object() && json.contains(key) ? json.at(key) : null;
}

bool Positive(const Json& value) { return value.is_number() && value.get<double>() > 0; }

std::string Set(const std::string& path, const Json& value) {
  if (value.is_number_float()) return path + "=" + FormatNumber(value.get<double>(), 6);
  return path + "=" + (value.is_string() ? value.get<std::string>() : value.dump());
}

// Settings that hold a network back, with the value that lets it go.
std::vector<Change> Looser(const Json& recipe) {
  std::vector<Change> changes;
  const auto add = [&](const std::string& name, const std::string& set) {
    changes.push_back({name, "regularization", {set}});
  };
  const Json& model = At(recipe, "model");
  const Json& train = At(recipe, "train");
  const Json& optimizer = At(train, "optimizer");
  if (Positive(At(model, "dropout"))) add("dropout 0", "model.dropout=0");
  for (const char* decay : {"weight_decay", "l2"}) {
    if (Positive(At(optimizer, decay))) {
      add(Replace(decay, "_", " ") + " 0", std::string("train.optimizer.") + decay + "=0");
    }
  }
  const Json& penalties = At(train, "penalties");
  if (penalties.is_array() && !penalties.empty()) add("no penalties", "train.penalties=[]");
  if (Positive(At(At(train, "loss"), "label_smoothing"))) {
    add("no label smoothing", "train.loss.label_smoothing=0");
  }
  const Json& augment = At(recipe, "augment");
  if (augment.is_array() && !augment.empty()) add("no augmentation", "augment=[]");
  return changes;
}

std::vector<Change> Larger(const Json& model) {
  const Json& hidden = At(model, "hidden");
  if (hidden.is_array() && !hidden.empty()) {
    Json twice = Json::array();
    for (const Json& units : hidden) twice.push_back(2 * units.get<int64_t>());
    return {{"twice the units", "capacity", {Set("model.hidden", twice)}}};
  }
  const Json& width = At(model, "width");
  if (!width.is_number_integer()) return {};
  return {{"twice the width", "capacity", {Set("model.width", 2 * width.get<int64_t>())}}};
}

std::vector<Change> Tighter(const Json& recipe) {
  std::vector<Change> changes;
  const Json& model = At(recipe, "model");
  const Json& dropout = At(model, "dropout");
  if (dropout.is_number() && dropout.get<double>() < kMostDropout / 2) {
    const double more = std::min(kMostDropout, dropout.get<double>() + kStrongDropout);
    changes.push_back(
        {"dropout " + FormatNumber(more, 2), "restraint", {Set("model.dropout", more)}});
  }
  const Json& decay = At(At(At(recipe, "train"), "optimizer"), "weight_decay");
  if (decay.is_number()) {
    const double more = std::max(kDecay, 10 * decay.get<double>());
    changes.push_back({"weight decay " + FormatNumber(more, 2),
                       "restraint",
                       {Set("train.optimizer.weight_decay", more)}});
  }
  const Json& hidden = At(model, "hidden");
  if (hidden.is_array() && !hidden.empty()) {
    Json quarter = Json::array();
    for (const Json& units : hidden) {
      quarter.push_back(std::max<int64_t>(4, units.get<int64_t>() / 4));
    }
    if (quarter != hidden) {
      changes.push_back({"a quarter of the units", "restraint", {Set("model.hidden", quarter)}});
    }
  }
  if (At(model, "width").is_number_integer() && At(recipe, "augment").empty()) {
    changes.push_back({"augmentation", "restraint", {"augment=[{rotate: {degrees: 10}}, crop]"}});
  }
  return changes;
}

}  // namespace

Json ChangeToJson(const Change& change) {
  return {{"name", change.name}, {"kind", change.kind}, {"sets", change.sets}};
}

Change RateChange(const Json& recipe, double factor) {
  const double rate = recipe.at("train").at("optimizer").at("lr").get<double>() * factor;
  return {"learning rate x" + FormatNumber(factor, 2),
          factor > 1 ? "rate_up" : "rate_down",
          {Set("train.optimizer.lr", rate)}};
}

std::vector<Change> CandidateChanges(const Json& recipe, const Occasion& occasion) {
  std::vector<Change> changes;
  const std::vector<Change> looser = Looser(recipe);
  if (looser.size() > 1) {
    Change all{"no regularization", "regularization", {}};
    for (const Change& change : looser) all.sets.push_back(change.sets[0]);
    changes.push_back(std::move(all));
  }
  if (recipe.at("train").at("optimizer").contains("lr")) {
    changes.push_back(RateChange(recipe, 3));
    changes.push_back(RateChange(recipe, 0.3));
  }
  for (const Change& change : looser) changes.push_back(change);
  const std::vector<Change> tighter = occasion.overfits ? Tighter(recipe) : std::vector<Change>();
  changes.insert(changes.end(), tighter.begin(), tighter.end());
  const Json& epochs = At(At(recipe, "train"), "epochs");
  if (epochs.is_number_integer() && !occasion.stopped_early) {
    changes.push_back(
        {"three times the epochs", "longer", {Set("train.epochs", 3 * epochs.get<int64_t>())}});
  }
  const std::vector<Change> larger = Larger(recipe.at("model"));
  changes.insert(changes.end(), larger.begin(), larger.end());
  if (occasion.dead_units && At(recipe.at("model"), "activation") == "relu") {
    changes.push_back({"activation silu", "activation", {"model.activation=silu"}});
  }
  return changes;
}

std::vector<std::string> JoinSets(const std::vector<std::string>& before,
                                  const std::vector<std::string>& sets) {
  const auto path = [](const std::string& set) { return set.substr(0, set.find('=')); };
  std::vector<std::string> joined;
  for (const std::string& old : before) {
    const bool replaced = std::any_of(sets.begin(), sets.end(), [&](const std::string& set) {
      return path(set) == path(old) || path(old).starts_with(path(set) + ".");
    });
    if (!replaced) joined.push_back(old);
  }
  joined.insert(joined.end(), sets.begin(), sets.end());
  return joined;
}

}  // namespace bottega
