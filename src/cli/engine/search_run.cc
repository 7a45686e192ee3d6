#include "cli/engine/search_run.h"

#include <algorithm>
#include <cmath>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/engine/sub_runs.h"
#include "learn/search/importance.h"
#include "metric/metrics.h"
#include "metric/number_json.h"
#include "train/limits.h"
#include "train/side_by_side.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int kFormat = 1;

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
    inputs.recipe = Vary(recipe_, result.settings, kTuned).value;
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
      const auto found = record.find(request_.metric);
      if (found == record.end() || !found->is_number()) continue;
      const double loss = larger_ ? -found->get<double>() : found->get<double>();
      if (!(loss >= best)) best = std::isfinite(loss) ? loss : best;
    }
    return best;
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
  return Vary(recipe, ReadJson(folder / "tuned.json").at("settings"), kTuned);
}

}  // namespace bottega
