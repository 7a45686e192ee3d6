#include "cli/engine/search_run.h"

#include <algorithm>
#include <cmath>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/engine/sub_runs.h"
#include "cli/recipe_fit.h"
#include "cli/score_names.h"
#include "cli/streamable.h"
#include "learn/search/importance.h"
#include "metric/metrics.h"
#include "metric/number_json.h"
#include "model/models_specs.h"
#include "train/limits.h"
#include "train/side_by_side.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int kFormat = 1;
constexpr const char* kOrigin = "tuned";

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
      const Recipe varied = Vary(recipe, {{dimension.path, value}}, kOrigin);
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

// Why a choice or an end of the dimension is ignored; "" when none is.
std::string RemarkOn(const Dimension& dimension, const Recipe& recipe, const Dataset& data,
                     bool streamed) {
  const std::vector<std::string> before =
      RemarksOn(Vary(recipe, Json::object(), kOrigin), data, streamed);
  for (const Json& value : ChoicesOrEnds(dimension)) {
    const Recipe varied = Vary(recipe, {{dimension.path, value}}, kOrigin);
    for (const std::string& now : RemarksOn(varied, data, streamed)) {
      const bool own = now.starts_with("'" + dimension.path + "'");
      if (own || !std::ranges::count(before, now)) return now;
    }
  }
  return "";
}

// ------------------------------------------------------------------------------- one search

class Search {
 public:
  Search(const TrainInputs& own, const Recipe& recipe, const SearchRequest& request, int jobs)
      : own_(own), recipe_(recipe), request_(request), jobs_(jobs) {
    own_.recipe["train"] = SettleTraining(own);
    recipe_.value["train"] = own_.recipe["train"];
    request_.options.max_epochs = recipe_["train"]["epochs"].get<int64_t>();
    if (request_.method == "grid") request_.options.trials = request_.space.GridSize();
    request_.options.min_epochs =
        std::min(request_.options.min_epochs, request_.options.max_epochs);
    proposer_ = MakeProposer(request_.method, request_.space, request_.seed, request_.startup);
    larger_ = LargerIsBetter(request_.metric);
  }

  Json Run() {
    SearchSchedule schedule(request_.options, request_.space, *proposer_);
    for (auto wanted = schedule.Wanted(); !wanted.empty(); wanted = schedule.Wanted()) {
      Train(wanted, &schedule);
      WriteJson(own_.run / "tune.json", Facts(schedule));
    }
    const std::optional<int64_t> best = schedule.Best();
    if (!best) {
      throw Error(ErrorKind::kRecipe, "every trial failed; the first one: " + first_failure_,
                  {.file = own_.run.string()}, "bottega list section tune");
    }
    Json facts = Facts(schedule);
    facts["best"] = *best;
    facts["importance"] = ImportanceFacts(schedule);
    WriteJson(own_.run / "tune.json", facts);
    Promote(*best);
    return facts;
  }

 private:
  struct Result {
    Json settings;
    Json curve = Json::array();
    std::string stopped, error, unit = "epoch";
    int64_t epochs = 0;  // or what else the model is trained in
  };

  fs::path FolderOf(int64_t trial) const {
    std::string number = std::to_string(trial);
    return own_.run / "trials" /
           (std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number);
  }

  Json SettingsOf(int64_t trial, const UnitPoint& point) const {
    return request_.method == "grid" ? request_.space.GridSettings(trial)
                                     : request_.space.Settings(point);
  }

  void Train(const std::vector<SearchJob>& wanted, SearchSchedule* schedule) {
    std::vector<SideJob> jobs;
    for (const SearchJob& job : wanted) jobs.push_back(MakeJob(job, *schedule));
    const std::vector<SideOutcome> outcomes =
        TrainSideBySide(jobs, {.workers = jobs_, .keep_going = true});
    for (size_t i = 0; i < wanted.size(); ++i) {
      Result& result = results_[wanted[i].trial];
      result.error = outcomes[i].error ? outcomes[i].error->message() : "";
      if (first_failure_.empty()) first_failure_ = result.error;
      if (!outcomes[i].error) {
        result.curve = outcomes[i].outcome.curve;
        result.stopped = outcomes[i].outcome.stopped;
        result.epochs = outcomes[i].outcome.epochs;
        result.unit = outcomes[i].outcome.unit;
        if (wanted[i].epochs < request_.options.max_epochs) {
          result.epochs = std::min(result.epochs, wanted[i].epochs);
        }
      }
    }
    for (const SearchJob& job : wanted)
      schedule->Tell(job, LossOf(results_[job.trial], job.epochs));
  }

  SideJob MakeJob(const SearchJob& job, const SearchSchedule& schedule) {
    Result& result = results_[job.trial];
    result.settings =
        SettingsOf(job.trial, schedule.trials()[static_cast<size_t>(job.trial)].point);
    const fs::path folder = FolderOf(job.trial);
    TrainInputs inputs = own_;
    inputs.recipe = Vary(recipe_, result.settings, kOrigin).value;
    inputs.run = folder;
    if (const std::optional<double> budget = TimeBudget(own_)) {
      inputs.time_budget = std::max(0.0, *budget - (MonotonicSeconds() - started_));
    }
    inputs.stop_after_epoch = job.epochs < request_.options.max_epochs ? job.epochs : 0;
    WriteSubRun(own_, folder, inputs.recipe["train"]["batch"].get<int64_t>());
    if (!fs::exists(folder / "trial.json")) {
      WriteJson(folder / "trial.json", {{"trial", job.trial}, {"settings", result.settings}});
    }
    return {"trial " + std::to_string(job.trial), std::move(inputs)};
  }

  // The best score up to an epoch, smaller being better; NaN where there is none.
  double LossOf(const Result& result, int64_t epochs) const {
    double best = std::numeric_limits<double>::quiet_NaN();
    if (!result.error.empty()) return best;
    for (const Json& record : result.curve) {
      const bool later = record.at("epoch").get<int64_t>() > epochs;
      if (later && epochs < request_.options.max_epochs) continue;
      if (!record.contains(request_.metric)) Unknown();
      const Json& value = record[request_.metric];
      if (!value.is_number()) continue;
      const double loss = larger_ ? -value.get<double>() : value.get<double>();
      if (!(loss >= best)) best = std::isfinite(loss) ? loss : best;
    }
    return best;
  }

  [[noreturn]] void Unknown() const {
    throw Error(ErrorKind::kRecipe,
                "tune.metric is " + request_.metric + ", which trainings do not compute", {},
                "bottega list metrics");
  }

  Json Facts(const SearchSchedule& schedule) const {
    Json facts = {{"format", kFormat},
                  {"metric", request_.metric},
                  {"larger_is_better", larger_},
                  {"method", request_.method},
                  {"pruner", request_.options.pruner},
                  {"space", recipe_["tune"]["space"]},
                  {"epochs", request_.options.max_epochs},
                  {"wanted", request_.options.trials},
                  {"trials", Json::array()}};
    int64_t trained = 0;
    for (size_t t = 0; t < schedule.trials().size(); ++t) {
      const auto found = results_.find(static_cast<int64_t>(t));
      if (found == results_.end()) continue;
      const SearchSchedule::Trial& trial = schedule.trials()[t];
      trained += found->second.epochs;
      facts["unit"] = found->second.unit;
      facts["trials"].push_back(TrialFacts(static_cast<int64_t>(t), trial, found->second));
    }
    facts["trained_epochs"] = trained;
    return facts;
  }

  Json TrialFacts(int64_t number, const SearchSchedule::Trial& trial, const Result& result) const {
    const double loss = trial.loss();
    Json curve = Json::array();
    for (const Json& record : result.curve) {
      if (record.at("epoch").get<int64_t>() <= result.epochs) {
        curve.push_back(record.value(request_.metric, Json()));
      }
    }
    return {{"trial", number},
            {"settings", result.settings},
            {"point", trial.point},
            {"epochs", result.epochs},
            {"score", NumberJson(larger_ ? -loss : loss)},
            {"stopped", result.stopped},
            {"error", result.error},
            {"curve", curve}};
  }

  Json ImportanceFacts(const SearchSchedule& schedule) const {
    std::vector<Observation> trials;
    for (const SearchSchedule::Trial& trial : schedule.trials()) {
      trials.push_back({.point = trial.point, .loss = trial.loss(), .epochs = trial.epochs()});
    }
    const std::vector<Importance> all = ParameterImportance(trials, request_.seed);
    Json facts = Json::array();
    for (size_t d = 0; d < all.size(); ++d) {
      Json values = Json::array();
      for (const double u : all[d].u) values.push_back(request_.space.dimensions()[d].Value(u));
      facts.push_back({{"path", request_.space.dimensions()[d].path},
                       {"share", all[d].share},
                       {"low", all[d].low},
                       {"high", all[d].high},
                       {"values", values},
                       {"rank", all[d].loss}});
    }
    return facts;
  }

  // model/ last: a folder that has a model is finished.
  void Promote(int64_t trial) {
    const fs::path from = FolderOf(trial);
    fs::path weights;
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
      if (!entry.is_regular_file()) continue;
      const fs::path name = fs::relative(entry.path(), from);
      if (name == "trial.json" || name == "plan.json" || name.filename() == ".lock") continue;
      (name == fs::path("model") / "model.safetensors" ? weights = name : files.emplace_back(name));
    }
    std::ranges::sort(files);
    if (!weights.empty()) files.push_back(weights);
    WriteJson(own_.run / "tuned.json", {{"trial", trial}, {"settings", results_[trial].settings}});
    for (const fs::path& name : files) {
      fs::create_directories((own_.run / name).parent_path());
      WriteFileAtomic(own_.run / name, ReadFile(from / name));
    }
  }

  TrainInputs own_;
  Recipe recipe_;
  SearchRequest request_;
  const int jobs_;
  const double started_ = MonotonicSeconds();  // the time budget counts for all trials together
  bool larger_ = false;
  std::unique_ptr<Proposer> proposer_;
  std::map<int64_t, Result> results_;
  std::string first_failure_;
};

}  // namespace

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
  if (!request.metric.starts_with("validation.")) {
    throw Error(ErrorKind::kRecipe,
                "tune.metric is " + request.metric + "; trials are compared on the validation part",
                {}, "bottega list metrics");
  }
  if (KindOfModel(model) == ModelKind::kTable) request.options.pruner = "none";  // no epochs
  RequireSearchable(request.space, request.options);
  RequireAllowed(request.space, recipe, streamed);
  return request;
}

void NoteWhatIsIgnored(const SearchRequest& request, const Recipe& recipe, const Dataset& data,
                       bool streamed) {
  size_t ignored = 0;
  for (const Dimension& dimension : request.space.dimensions()) {
    const std::string remark = RemarkOn(dimension, recipe, data, streamed);
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
  const auto pruner = recipe.origin.find("tune.pruner");
  const bool given = pruner != recipe.origin.end() && pruner->second != "default";
  if (given && recipe["tune"]["pruner"] != request.options.pruner) {
    Note("note: trials of '" + model + "' are trained to their end: pruners count epochs");
  }
}

Json SearchIn(const TrainInputs& own, const Recipe& recipe, const SearchRequest& request,
              int jobs) {
  const bool ended =
      fs::exists(own.run / "tuned.json") && fs::exists(own.run / "model" / "model.safetensors");
  if (ended) return ReadJson(own.run / "tune.json");
  return Search(own, recipe, request, jobs).Run();
}

Recipe TunedRecipe(const fs::path& folder, const Recipe& recipe) {
  std::error_code ignored;
  if (!fs::exists(folder / "tuned.json", ignored)) return recipe;
  return Vary(recipe, ReadJson(folder / "tuned.json").at("settings"), kOrigin);
}

}  // namespace bottega
