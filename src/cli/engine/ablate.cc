#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/limits.h"
#include "cli/engine/search_run.h"
#include "cli/engine/stream_run.h"
#include "cli/engine/sub_runs.h"
#include "cli/engine/techniques.h"
#include "cli/print.h"
#include "cli/recipe_fit.h"
#include "metric/mean_interval.h"
#include "metric/metrics.h"
#include "metric/number_json.h"
#include "model/models_specs.h"
#include "report/ablation_html.h"
#include "run/manifest.h"
#include "train/side_by_side.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int kFormat = 1;
constexpr double kLevel = 0.95;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// One way to train, with each of the seeds.
struct Variant {
  std::string name;  // "" for the recipe as it is
  Json settings;
  std::vector<double> scores;  // by seed; NaN where training failed
  std::string error;
};

class Ablation {
 public:
  Ablation(const RunFolder& run, const RunData& data, const Json& request, int jobs,
           const Limits& limits)
      : run_(run), own_(InputsOf(run, data)), recipe_(data.recipe), jobs_(jobs), request_(request) {
    Apply(limits, &own_);
    own_.rows = StreamedRows(run, data);
    recipe_.value["train"] = SettleTraining(own_);
    variants_.push_back({.settings = Json::object()});
    for (Technique& one : ActiveTechniques(recipe_.value)) AddVariant(one);
  }

  Json Run() {
    if (variants_.size() < 2) {
      throw Error(ErrorKind::kRecipe, "the recipe uses no technique that could be left out", {},
                  "bottega list regularizers");
    }
    std::vector<SideJob> jobs;
    for (const Variant& variant : variants_) {
      for (int64_t i = 0; i < Seeds(); ++i) jobs.push_back(MakeJob(variant, i));
    }
    const std::vector<SideOutcome> outcomes =
        TrainSideBySide(jobs, {.workers = jobs_, .keep_going = true});
    for (size_t j = 0; j < outcomes.size(); ++j) {
      Take(outcomes[j], &variants_[j / static_cast<size_t>(Seeds())]);
    }
    return Facts();
  }

 private:
  // What the recipe's grammar does not allow to be off (as the norm of a network that needs one) is
  // no technique of this model.
  void AddVariant(const Technique& technique) {
    try {
      Vary(recipe_, technique.without, "left out");
    } catch (const Error&) {
      return;
    }
    variants_.push_back({.name = technique.name, .settings = technique.without});
  }

  int64_t Seeds() const { return request_.at("seeds").get<int64_t>(); }

  SideJob MakeJob(const Variant& variant, int64_t number) const {
    TrainInputs inputs = own_;
    inputs.recipe = Vary(recipe_, variant.settings, "left out").value;
    const int64_t seed = recipe_["train"]["seed"].get<int64_t>() + number;
    inputs.recipe["train"]["seed"] = seed;
    const std::string name = variant.name.empty() ? "everything" : "without " + variant.name;
    // The recipe itself with its own seed is the run's training.
    if (variant.name.empty() && number == 0) return {name, std::move(inputs)};
    inputs.run = run_.File("ablations") / (variant.name.empty() ? "everything" : variant.name) /
                 std::to_string(seed);
    TrainInputs own = own_;
    own.recipe["train"] = recipe_["train"];
    WriteSubRun(own, inputs.run, inputs.recipe["train"]["batch"].get<int64_t>());
    return {name + ", seed " + std::to_string(seed), std::move(inputs)};
  }

  // The score of the weights that were kept.
  void Take(const SideOutcome& outcome, Variant* variant) {
    double score = kNone;
    if (outcome.error) variant->error = outcome.error->message();
    const std::string metric = request_.at("metric");
    for (const Json& record : outcome.error ? Json::array() : outcome.outcome.curve) {
      if (record.at("epoch") != outcome.outcome.best_epoch) continue;
      const auto found = record.find(metric);
      if (found != record.end() && found->is_number()) score = found->get<double>();
    }
    variant->scores.push_back(score);
  }

  Json ScoresJson(const Variant& variant) const {
    Json scores = Json::array();
    for (const double score : variant.scores) scores.push_back(NumberJson(score));
    return scores;
  }

  Json Facts() const {
    const std::string metric = request_.at("metric");
    const double sign = LargerIsBetter(metric) ? 1 : -1;
    Json facts = {{"format", kFormat},
                  {"metric", metric},
                  {"larger_is_better", sign > 0},
                  {"level", kLevel},
                  {"first_seed", recipe_["train"]["seed"]},
                  {"everything", ScoresJson(variants_[0])},
                  {"techniques", Json::array()}};
    for (size_t v = 1; v < variants_.size(); ++v) {
      std::vector<double> gains;
      for (size_t i = 0; i < variants_[v].scores.size(); ++i) {
        const double gain = sign * (variants_[0].scores[i] - variants_[v].scores[i]);
        if (std::isfinite(gain)) gains.push_back(gain);
      }
      Json one = Contribution(gains);
      one["name"] = variants_[v].name;
      one["without"] = variants_[v].settings;
      one["scores"] = ScoresJson(variants_[v]);
      one["error"] = variants_[v].error;
      facts["techniques"].push_back(std::move(one));
    }
    return facts;
  }

  static Json Contribution(const std::vector<double>& gains) {
    const MeanInterval gain = MeanWithInterval(gains, kLevel);
    const double low = gain.interval.low, high = gain.interval.high;
    return {{"gain", NumberJson(gain.mean)},
            {"low", NumberJson(low)},
            {"high", NumberJson(high)},
            {"verdict", low > 0    ? "helps"
                        : high < 0 ? "harms"
                                   : "cannot be told"}};
  }

  const RunFolder run_;
  TrainInputs own_;  // of the run itself; with the rows of a stream, which all variants share
  Recipe recipe_;
  const int jobs_;
  const Json request_;
  std::vector<Variant> variants_;
};

// Techniques are of networks; what table models make of them is nothing.
void RequireNetwork(const Recipe& recipe, const Dataset& data) {
  const std::string model = recipe["model"]["name"];
  const ModelKind kind = KindOfModel(model);
  if (kind == ModelKind::kNetwork || (kind == ModelKind::kAuto && data.HasPictures())) return;
  throw Error(ErrorKind::kRecipe,
              "an ablation is of the techniques that train a network, and model is " + model, {},
              "bottega ablate --set model=mlp");
}

RunFolder NewAblation(Invocation& call) {
  AddLimits(&call);
  Project project = Project::Open(call.sets);
  RequireTrainable(project, kAblation.verb);
  RequireNetwork(project.recipe(), project.data());
  const std::string metric =
      call.Text("metric").empty() ? WatchedScore(project.recipe()["train"]) : call.Text("metric");
  LargerIsBetter(metric);  // its error for an unknown name
  RequireComputed("--metric", metric, project.recipe(), project.data());
  RequireValidation(project);
  const Json request = {{"metric", metric}, {"seeds", call.args.at("seeds")}};
  return PrepareRun(project, call.typed, {.manifest = {{kAblation.mark, request}}});
}

void Print(const Invocation& call, const RunFolder& run, const Json& facts) {
  std::vector<std::vector<std::string>> rows = {{"without it", "gain of it", "95 % interval", ""}};
  const auto number = [](const Json& value) {
    return value.is_null() ? std::string("-") : FormatNumber(value.get<double>(), 3);
  };
  for (const Json& one : facts["techniques"]) {
    rows.push_back({one["name"], number(one["gain"]),
                    number(one["low"]) + " to " + number(one["high"]), one["verdict"]});
  }
  *call.out << "gain in " << facts["metric"].get<std::string>() << " over "
            << facts["everything"].size() << " seeds (above 0: the technique helps)\n";
  PrintTable(*call.out, rows, TerminalWidth(1));
  *call.out << "report: " << run.File("ablation.html").string() << "\n"
            << "next: bottega evaluate " << run.id() << "\n";
}

TrainOutcome CompareAndTrain(const RunFolder& run, int jobs, const Limits& limits) {
  const RunData data = LoadRunData(run);
  {
    const FolderLock lock = run.Lock();
    const Json request = run.Read("manifest.json").at(kAblation.mark);
    run.Write("ablation.json", Ablation(run, data, request, jobs, limits).Run());
  }
  return TrainRun(run, data, jobs, limits);
}

}  // namespace

Json RunAblate(Invocation& call) {
  const Limits limits = LimitsOf(call);
  std::optional<RunFolder> run = SubRunToResume(call, kAblation);
  if (!run) run = NewAblation(call);
  Note("run " + run->id());
  const int jobs = call.args.at("jobs").is_null() ? 0 : call.args.at("jobs").get<int>();
  if (!run->Has("ablation.json") || !run->Trained()) {
    ContinuedAs(kAblation, *run, [&] { return CompareAndTrain(*run, jobs, limits); });
  }
  const Json facts = run->Read("ablation.json");
  WriteFileAtomic(run->File("ablation.html"), AblationHtml(facts, run->id()));
  SealOutputs(*run, {"ablation.json", "ablation.html"});
  if (!call.json) Print(call, *run, facts);
  return {{"run", run->id()}, {"ablation", facts}};
}

}  // namespace bottega
