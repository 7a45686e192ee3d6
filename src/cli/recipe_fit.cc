#include "cli/recipe_fit.h"

#include <algorithm>

#include "base/progress.h"
#include "base/text.h"
#include "cli/score_names.h"
#include "metric/condition.h"
#include "metric/metrics.h"
#include "model/models_specs.h"
#include "optim/losses_specs.h"

namespace bottega {

namespace {

using Names = std::vector<std::string>;

// The task as fitting will see it.
bool IsClassification(const Column& target) {
  return target.type != FeatureType::kNumber && target.type != FeatureType::kDate;
}

// The classes that the target column takes; none of a regression.
Names ClassesOf(const Dataset& data, const Column& target) {
  return IsClassification(target) ? CodesOf(data, data.Find(target.name)).values : Names();
}

// What keeps a score from being computed on these data; "" for nothing.
std::string Misfit(const std::string& score, bool classification, const Names& classes) {
  const std::string task = classification ? "classification" : "regression";
  if (const auto path = ParseClassPath(score)) {
    if (!classification) return "a regression has no classes";
    if (std::ranges::count(classes, path->label) == 0)
      return UnknownName("class", path->label, classes);
    return "";
  }
  const MetricKind* kind = FindMetric(score);
  if (kind == nullptr || (kind->task == Task::kClassification) == classification) return "";
  return "the metric '" + score + "' is not for a " + task + "; those are " +
         Join(MetricNames(classification ? Task::kClassification : Task::kRegression), ", ");
}

// The scores that the recipe names, each with where it stands.
std::vector<std::pair<std::string, std::string>> ScoresOf(const Recipe& recipe) {
  std::vector<std::pair<std::string, std::string>> scores;
  const Json& primary = recipe["evaluate"]["primary"];
  if (primary.is_string()) scores.emplace_back("evaluate.primary", primary);
  const auto add = [&](const std::string& where, const std::string& path) {
    const size_t dot = path.find('.');
    if (dot != std::string::npos && IsPart(path.substr(0, dot))) {
      scores.emplace_back(where, path.substr(dot + 1));
    }
  };
  const Json& stopping = recipe["train"]["early_stopping"];
  if (stopping.is_object()) {
    for (const Json& metric : stopping["metric"]) add("train.early_stopping.metric", metric);
  }
  for (const auto& [key, value] : recipe["gates"].items()) {
    if (IsAuditGate(key) || IsDueGate(key)) continue;
    add("gates", ParseCondition(key, GateText(value)).path);
  }
  return scores;
}

// What keeps the epochs of a training from computing `score`, as "f1", by themselves; "" for
// nothing.
std::string NotComputed(const std::string& score, bool classification, const Names& classes) {
  if (score == "loss") return "";
  const std::string misfit = Misfit(score, classification, classes);
  if (!misfit.empty()) return misfit;
  const MetricKind* kind = FindMetric(score);
  const bool slow = kind != nullptr && kind->ranks && classes.size() > kMostClassesRankedQuickly;
  if (kind != nullptr && !slow) return "";
  return "trainings compute it only where early stopping watches it too";
}

std::string WrongLoss(const Json& loss, bool classification) {
  try {
    ResolveLoss(loss, classification);
    return "";
  } catch (const Error& error) {
    return error.message();
  }
}

// Losses whose best answer is another than that of the loss by which `auto` fits and compares.
std::string LossAgainstAuto(const Json& loss, const Json& model, bool pictures) {
  const std::string name = loss["name"];
  if (model["name"] != "auto" || pictures) return "";
  for (const char* other : {"l1", "quantile", "ordinal", "expected_cost"}) {
    if (name == other) {
      return "model 'auto' fits and compares its candidates by another loss than " + name +
             "; a network learns it: --set model=mlp";
    }
  }
  return "";
}

// Of the train section, what only gradient steps of a network make something of.
const Names& OfNetworks() {
  static const Names paths = {"train.loss",      "train.optimizer",     "train.schedule",
                              "train.groups",    "train.layer_decay",   "train.init",
                              "train.penalties", "train.clip_norm",     "train.clip_value",
                              "train.mix",       "train.average",       "train.sam",
                              "train.no_decay",  "train.gradient_noise"};
  return paths;
}

// The same, without changing what is learned.
Names LengthsAndResources(const std::string& model) {
  Names paths = {"train.epochs",
                 "train.batch",
                 "train.precision",
                 "train.device",
                 "train.micro_batch",
                 "train.checkpointing",
                 "train.early_stopping.patience",
                 "train.early_stopping.min_delta"};
  if (model != "boosted_trees") {
    paths.insert(paths.end(), {"train.early_stopping", "train.threads"});
  }
  return paths;
}

// Where the recipe or the command line gives `path` or something below it.
const std::string* GivenAt(const Recipe& recipe, const std::string& path) {
  for (const auto& [key, origin] : recipe.origin) {
    const bool there = key == path || key.starts_with(path + ".");
    if (there && origin != "default" && origin != "chosen for the data") return &origin;
  }
  return nullptr;
}

void AddIgnoredByModel(const Recipe& recipe, const Dataset& data, std::vector<Problem>* remarks) {
  const std::string model = recipe["model"]["name"];
  const auto remark = [&](const Names& paths, const std::string& what) {
    for (const std::string& path : paths) {
      if (const std::string* origin = GivenAt(recipe, path)) {
        remarks->push_back({PlaceOf(*origin), "'" + path + "' " + what});
      }
    }
  };
  const std::string because = " because the model is '" + model + "'";
  if (model == "majority" && IsClassification(*data.TargetColumn())) {
    remark({"model.of_values"}, "is ignored because the target is a class");
  }
  if (KindOfModel(model) == ModelKind::kTable) {
    remark(OfNetworks(), "is ignored" + because);
    remark(LengthsAndResources(model), "is ignored" + because);
    if (model != "boosted_trees" && recipe["train"]["seeds"] > 1) {
      remark({"train.seeds"}, "repeats one and the same training" + because);
    }
  }
  if (model != "auto") return;
  if (data.HasPictures()) {
    remark({"model.candidates", "model.blend", "model.margin"},
           "is ignored because the data are pictures");
  } else {
    remark(OfNetworks(), "acts on the networks among the candidates alone" + because);
  }
}

// Whether anything is set that `no_decay` could spare.
bool Decays(const Json& train) {
  const Json& optimizer = train.at("optimizer");
  return optimizer.value("l2", 0.0) > 0 || optimizer.value("weight_decay", 0.0) > 0;
}

std::string WrongModel(const std::string& name, bool pictures) {
  if (name == "auto" || ReadsPictures(name) == pictures) return "";
  return "model '" + name +
         (pictures ? "' reads tables, and the data are pictures"
                   : "' reads pictures, and the data are a table");
}

std::string WrongMix(const Json& mix, bool pictures) {
  const bool boxes = std::ranges::any_of(mix, [](const Json& m) { return m["name"] == "cutmix"; });
  return boxes && !pictures ? "cutmix mixes pictures, and the data are a table" : "";
}

std::string WrongSampleWeights(const Json& weights, bool classification) {
  if (weights != "audit" || classification) return "";
  return "sample weights of an audit are of labels, and the target is a number";
}

bool HasBatchNorm(const Json& model, const Dataset& data) {
  if (model["name"] == "auto") return data.HasPictures();
  return model["name"] == "resmlp" || model.value("norm", "") == "batch";
}

}  // namespace

std::vector<Problem> IgnoredBy(const Recipe& recipe, const Dataset& data, bool streamed) {
  const Column* target = data.TargetColumn();
  const bool classification = target != nullptr && IsClassification(*target);
  std::vector<Problem> remarks;
  const auto ignored = [&](const std::string& path, const std::string& why) {
    auto given = recipe.origin.find(path);
    if (given == recipe.origin.end()) given = recipe.origin.find(path + ".name");
    if (given == recipe.origin.end() || given->second == "default") return;
    remarks.push_back({PlaceOf(given->second), "'" + path + "' is ignored because " + why});
  };
  if (!data.HasPictures()) {
    for (const char* path : {"train.picture_size", "train.layout", "train.workers"}) {
      ignored(path, "the data are a table");
    }
    if (!recipe["augment"].empty()) ignored("augment", "the data are a table");
  }
  if (!streamed && data.HasPictures() && recipe["train"]["stream"] == "always") {
    ignored("train.stream", "the data are pictures");
  }
  if (!streamed && !recipe["train"]["window"].is_null()) {
    ignored("train.window", data.HasPictures() ? "the data are pictures" : "nothing is streamed");
  }
  if (!recipe["train"]["freeze_norm"].is_null() && !HasBatchNorm(recipe["model"], data)) {
    ignored("train.freeze_norm", "the model has no batch norm");
  }
  if (!classification && !recipe["train"]["balance"].is_null()) {
    ignored("train.balance", "a regression has no classes");
  }
  if (target != nullptr) AddIgnoredByModel(recipe, data, &remarks);
  const bool network = KindOfModel(recipe["model"]["name"]) != ModelKind::kTable;
  if (network && !Decays(recipe["train"])) {
    ignored("train.no_decay", "the optimizer is '" +
                                  recipe["train"]["optimizer"]["name"].get<std::string>() +
                                  "' without l2 or weight_decay");
  }
  const bool positive = recipe["data"]["positive"].is_string();
  if (positive && (!classification || CodesOf(data, data.Find(target->name)).values.size() > 2)) {
    ignored("data.positive", "there are not two classes");
  }
  return remarks;
}

void RequireComputed(const std::string& name, const std::string& score, const Recipe& recipe,
                     const Dataset& data) {
  constexpr std::string_view kPart = "validation.";
  if (!score.starts_with(kPart)) {
    throw Error(ErrorKind::kRecipe,
                name + " is " + score + "; trainings are compared on the validation part", {},
                "bottega list metrics");
  }
  const Json& stopping = recipe["train"]["early_stopping"];
  const Json watched = stopping.is_object() ? stopping["metric"] : Json::array();
  if (std::count(watched.begin(), watched.end(), Json(score)) > 0) return;
  const Column* target = data.TargetColumn();
  if (target == nullptr) return;
  const std::string why =
      NotComputed(score.substr(kPart.size()), IsClassification(*target), ClassesOf(data, *target));
  if (!why.empty()) {
    throw Error(ErrorKind::kRecipe, name + " is " + score + ": " + why, {}, "bottega list metrics");
  }
}

void RequireFit(const Recipe& recipe, const Dataset& data, bool streamed) {
  const Column* target = data.TargetColumn();
  if (target == nullptr) return;
  const bool classification = IsClassification(*target);
  const Names classes = ClassesOf(data, *target);
  std::vector<Problem> problems;
  const auto complain = [&](const std::string& path, const std::string& message) {
    if (!message.empty()) problems.push_back({PlaceIn(recipe.origin, path), message});
  };
  const Json& positive = recipe["data"]["positive"];
  if (classification && positive.is_string() &&
      std::ranges::count(classes, positive.get<std::string>()) == 0) {
    complain("data.positive", UnknownName("class", positive, classes));
  }
  for (const auto& [where, score] : ScoresOf(recipe)) {
    complain(where, Misfit(score, classification, classes));
  }
  complain("train.loss.name", WrongLoss(recipe["train"]["loss"], classification));
  complain("train.loss.name",
           LossAgainstAuto(recipe["train"]["loss"], recipe["model"], data.HasPictures()));
  complain("model.name", WrongModel(recipe["model"]["name"], data.HasPictures()));
  complain("train.mix", WrongMix(recipe["train"]["mix"], data.HasPictures()));
  complain("train.sample_weights",
           WrongSampleWeights(recipe["train"]["sample_weights"], classification));
  std::ranges::stable_sort(problems, {}, [](const Problem& p) { return p.place.line; });
  ThrowProblems(problems, ErrorKind::kRecipe, "bottega recipe show");
  for (const Problem& remark : IgnoredBy(recipe, data, streamed)) {
    Note("note: " + remark.place.ToString() + ": " + remark.message);
  }
}

}  // namespace bottega
