#include "cli/engine/search_request.h"

#include <algorithm>

#include "base/error.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/recipe_fit.h"
#include "cli/score_names.h"
#include "cli/streamable.h"
#include "model/models_specs.h"
#include "split/row_plan.h"

namespace bottega {

namespace {

bool Has(const Json& recipe, const std::string& pointer) {
  return recipe.contains(Json::json_pointer(pointer));
}

Json TableSpace(const std::string& model) {
  if (model == "boosted_trees") {
    return {{"model.learning_rate", {{"low", 0.01}, {"high", 0.3}, {"log", true}}},
            {"model.max_depth", {{"low", 2}, {"high", 10}, {"integer", true}}},
            {"model.min_child_weight", {{"low", 0.1}, {"high", 20.0}, {"log", true}}},
            {"model.subsample", {{"low", 0.5}, {"high", 1.0}}},
            {"model.column_share", {{"low", 0.5}, {"high", 1.0}}},
            {"model.l2", {{"low", 0.01}, {"high", 30.0}, {"log", true}}}};
  }
  if (model == "linear") return {{"model.l2", {{"low", 1e-3}, {"high", 1e3}, {"log", true}}}};
  if (model == "knn") {
    return {{"model.k", {{"low", 1}, {"high", 100}, {"log", true}, {"integer", true}}},
            {"model.weights", Json::array({"uniform", "distance"})}};
  }
  throw Error(ErrorKind::kRecipe, "model '" + model + "' has nothing to search for", {},
              "bottega tune --set model=boosted_trees");
}

// What is searched when the recipe does not say.
Json DefaultSpace(const Json& recipe) {
  const std::string model = recipe["model"]["name"];
  if (KindOfModel(model) == ModelKind::kTable) return TableSpace(model);
  Json space = Json::object();
  if (Has(recipe, "/train/optimizer/lr")) {
    space["train.optimizer.lr"] = {{"low", 1e-4}, {"high", 3e-2}, {"log", true}};
  }
  if (Has(recipe, "/train/optimizer/weight_decay")) {
    space["train.optimizer.weight_decay"] = {{"low", 1e-4}, {"high", 0.3}, {"log", true}};
  }
  if (Has(recipe, "/model/dropout")) space["model.dropout"] = {{"low", 0.0}, {"high", 0.5}};
  if (Has(recipe, "/model/hidden")) {
    space["model.hidden"] = Json::parse("[[64], [128], [128, 64], [256, 128], [256, 256]]");
  }
  return space;
}

void RequireSearchable(const SearchSpace& space, const SearchOptions& options) {
  for (const Dimension& dimension : space.dimensions()) {
    const std::string section = dimension.path.substr(0, dimension.path.find('.'));
    if (section != "model" && section != "train" && section != "augment") {
      throw Error(
          ErrorKind::kRecipe,
          "tune.space: '" + dimension.path +
              "': a search changes model, train and augment; its trials are compared on the "
              "same rows",
          {}, "bottega list section tune");
    }
    if (dimension.path == "train.epochs" && options.pruner != "none") {
      throw Error(ErrorKind::kRecipe,
                  "tune.space: 'train.epochs' cannot be searched while the pruner counts in epochs",
                  {}, "bottega tune --set tune.pruner=none");
    }
    for (const char* once :
         {"device", "precision", "layout", "threads", "workers", "micro_batch", "checkpointing",
          "checkpoint_seconds", "max_rss", "time_budget", "stream", "baselines", "seeds"}) {
      if (dimension.path != std::string("train.") + once) continue;
      throw Error(ErrorKind::kRecipe,
                  "tune.space: '" + dimension.path + "' is decided once, for all trials", {},
                  "bottega list section tune");
    }
  }
}

std::vector<Json> ChoicesOrEnds(const Dimension& dimension) {
  if (dimension.categorical()) return dimension.choices;
  return {dimension.Value(0), dimension.Value(1)};
}

// Trials of a table that is streamed.
void RequireStreamedTrials(const std::string& path, const Recipe& varied) {
  for (const StreamHindrance& one : StreamHindrances(varied)) {
    throw Error(ErrorKind::kRecipe,
                "tune.space: '" + path + "': this table is streamed, but " + one.what,
                PlaceIn(varied.origin, "tune.space"), "bottega list section tune");
  }
}

// Every choice, and both ends of every range, must be a value that the recipe allows.
void RequireAllowed(const SearchSpace& space, const Recipe& recipe, bool streamed) {
  for (const Dimension& dimension : space.dimensions()) {
    for (const Json& value : ChoicesOrEnds(dimension)) {
      const Recipe varied = Vary(recipe, {{dimension.path, value}}, kTuned);
      if (streamed) RequireStreamedTrials(dimension.path, varied);
    }
  }
}

std::vector<std::string> RemarksOn(const Recipe& recipe, const Dataset& data, bool streamed) {
  std::vector<std::string> messages;
  for (const auto& remarks : {recipe.remarks, IgnoredBy(recipe, data, streamed)}) {
    for (const Problem& remark : remarks) messages.push_back(remark.message);
  }
  return messages;
}

// Why a choice or an end of the dimension is ignored, which `before` does not say of the recipe as
// it is; "" when none is.
std::string RemarkOn(const Dimension& dimension, const Recipe& recipe, const Dataset& data,
                     bool streamed, const std::vector<std::string>& before) {
  for (const Json& value : ChoicesOrEnds(dimension)) {
    const Recipe varied = Vary(recipe, {{dimension.path, value}}, kTuned);
    for (const std::string& now : RemarksOn(varied, data, streamed)) {
      const bool own = now.starts_with("'" + dimension.path + "'");
      if (own || !std::ranges::count(before, now)) return now;
    }
  }
  return "";
}

}  // namespace

void RequireValidation(Project& project) {
  if (!PositionsOf(project.repaired(), project.split().plan, Part::kValidation).empty()) return;
  throw Error(ErrorKind::kData, "there are no validation rows, on which trainings are compared",
              {.file = project.data().source.string()},
              "bottega split --set split.train=0.7 --set split.validation=0.15 --set "
              "split.test=0.15");
}

std::string WatchedScore(const Json& train) {
  const Json& stopping = train.at("early_stopping");
  if (stopping.is_null()) return "validation.loss";
  const Json& metric = stopping.at("metric");
  return metric.is_array() ? metric.at(0).get<std::string>() : metric.get<std::string>();
}

Recipe Vary(const Recipe& recipe, const Json& settings, const std::string& why) {
  std::vector<std::string> sets;
  for (const auto& [path, value] : settings.items()) sets.push_back(path + "=" + value.dump());
  Recipe varied = ResolveRecipe(recipe.value.dump(), "tune.space", sets);
  varied.origin = recipe.origin;
  varied.sets = recipe.sets;
  for (const auto& [path, value] : settings.items()) varied.origin[path] = why;
  return varied;
}

SearchRequest MakeSearchRequest(const Recipe& recipe, const Dataset& data, bool streamed) {
  const Json& tune = recipe["tune"];
  const std::string model = recipe["model"]["name"];
  if (model == "auto") {
    throw Error(
        ErrorKind::kRecipe, "a search is over the settings of one model, and model is auto", {},
        std::string("bottega tune --set model=") + (data.HasPictures() ? "resnet_small" : "mlp"));
  }
  SearchRequest request;
  request.space =
      SearchSpace::FromJson(tune.at("space").empty() ? DefaultSpace(recipe.value) : tune["space"]);
  request.options = {.trials = tune.at("trials").get<int64_t>(),
                     .pruner = tune.at("pruner").get<std::string>(),
                     .min_epochs = tune.at("min_epochs").get<int64_t>(),
                     .reduction = tune.at("reduction").get<int64_t>(),
                     .workers = tune.at("parallel").get<int64_t>()};
  request.method = tune.at("method").get<std::string>();
  request.startup = tune.at("startup").get<int64_t>();
  request.seed = tune.at("seed").get<uint64_t>();
  request.metric = tune.at("metric").is_null() ? WatchedScore(recipe["train"])
                                               : tune["metric"].get<std::string>();
  RequireComputed("tune.metric", request.metric, recipe, data);
  if (KindOfModel(model) == ModelKind::kTable) request.options.pruner = "none";  // no epochs
  RequireSearchable(request.space, request.options);
  RequireAllowed(request.space, recipe, streamed);
  return request;
}

void NoteWhatIsIgnored(const SearchRequest& request, const Recipe& recipe, const Dataset& data,
                       bool streamed) {
  const std::vector<std::string> before =
      RemarksOn(Vary(recipe, Json::object(), kTuned), data, streamed);
  size_t ignored = 0;
  for (const Dimension& dimension : request.space.dimensions()) {
    const std::string remark = RemarkOn(dimension, recipe, data, streamed, before);
    if (remark.empty()) continue;
    ++ignored;
    Note("note: tune.space: '" + dimension.path + "': " + remark);
  }
  const std::string model = recipe["model"]["name"];
  if (ignored > 0 && ignored == request.space.dimensions().size()) {
    throw Error(ErrorKind::kRecipe,
                "nothing that tune.space spans changes the model '" + model + "'", {},
                "bottega list models " + model);
  }
  const Json& epochs = recipe["train"]["epochs"];
  if (request.options.pruner != "none" && epochs.is_number() &&
      request.options.min_epochs >= epochs.get<int64_t>()) {
    Note("note: no trial is stopped early: tune.min_epochs is " +
         FormatCount(request.options.min_epochs) + ", and trials train for " +
         FormatCount(epochs.get<int64_t>()) + " epochs");
  }
  const auto pruner = recipe.origin.find("tune.pruner");
  const bool given = pruner != recipe.origin.end() && pruner->second != "default";
  if (given && recipe["tune"]["pruner"] != request.options.pruner) {
    Note("note: trials of '" + model + "' are trained to their end: pruners count epochs");
  }
}

}  // namespace bottega
