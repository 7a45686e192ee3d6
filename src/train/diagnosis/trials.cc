#include "train/diagnosis/trials.h"

#include <limits>
#include <unordered_set>

#include "base/files.h"
#include "engine/device.h"
#include "metric/metrics.h"
#include "model/models.h"
#include "train/forward.h"
#include "train/side_by_side.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr double kLeastProbability = 1e-7;

// The rows of the training part that are not trained on go where nothing looks.
RowPlan PlanOf(const TrialBench& bench, const std::vector<int64_t>& positions) {
  const Dataset& data = *bench.run->data;
  std::unordered_set<int64_t> kept;
  for (const int64_t p : positions) kept.insert(data.rows[static_cast<size_t>(p)]);
  RowPlan plan = *bench.run->split;
  for (size_t i = 0; i < plan.row.size(); ++i) {
    if (plan.part[i] == Part::kTrain && !kept.contains(plan.row[i])) plan.part[i] = Part::kTest;
  }
  return plan;
}

void Lengthen(double longer, Json* train) {
  if (longer == 1) return;
  const auto times = [&](Json* value) {
    if (!value->is_number_integer()) return;
    *value = static_cast<int64_t>(std::lround(value->get<double>() * longer));
  };
  times(&(*train)["epochs"]);
  Json& stopping = (*train)["early_stopping"];
  if (stopping.is_object()) times(&stopping["patience"]);
}

Json RecipeOf(const TrialBench& bench, const TrialJob& job) {
  Json recipe = bench.resolve(job.sets);
  Json& train = recipe["train"];
  // What the run's data decided, unless the change is about it.
  for (const char* known : {"epochs", "batch", "picture_size"}) {
    if (train.at(known).is_null()) train[known] = bench.setup->settings.at(known);
  }
  train["seed"] = train.at("seed").get<int64_t>() + job.seed;
  train["time_budget"] = nullptr;
  Lengthen(job.longer, &train);
  return recipe;
}

TrialResult Judge(const TrialBench& bench, const TrialJob& job, const fs::path& folder) {
  const TrainSetup& setup = *bench.setup;
  TrialResult result;
  const Predictions validation = PredictWith(folder, setup, setup.validation);
  result.loss = ProperLosses(validation, *bench.run->plan);
  result.score = Metric(bench.score, validation);
  if (!job.judge_rest) return result;
  const std::unordered_set<int64_t> trained(job.rows.begin(), job.rows.end());
  for (const int64_t p : setup.train) {
    if (!trained.contains(p)) result.rest.push_back(p);
  }
  result.of_rest = PredictWith(folder, setup, result.rest);
  return result;
}

}  // namespace

std::vector<TrialResult> RunTrials(const TrialBench& bench, const std::vector<TrialJob>& jobs) {
  std::vector<RowPlan> plans;
  plans.reserve(jobs.size());
  std::vector<SideJob> side;
  for (const TrialJob& job : jobs) {
    plans.push_back(PlanOf(bench, job.rows));
    SideJob one{.name = job.name, .inputs = *bench.run};
    one.inputs.split = &plans.back();
    one.inputs.recipe = RecipeOf(bench, job);
    one.inputs.run = bench.scratch / job.name;
    // Precision and threads as the run chose them.
    const fs::path choices = bench.run->run / "choices.json";
    if (!fs::exists(one.inputs.run / "choices.json") && fs::exists(choices)) {
      WriteFileAtomic(one.inputs.run / "choices.json", ReadFile(choices));
    }
    side.push_back(std::move(one));
  }
  const std::vector<SideOutcome> outcomes = TrainSideBySide(side, {.keep_going = true});
  std::vector<TrialResult> results;
  for (size_t i = 0; i < jobs.size(); ++i) {
    if (outcomes[i].error) {
      TrialResult failed{.error = outcomes[i].error->message(), .score = std::nan("")};
      failed.loss.assign(bench.setup->validation.size(), std::numeric_limits<double>::infinity());
      results.push_back(std::move(failed));
    } else {
      results.push_back(Judge(bench, jobs[i], side[i].inputs.run));
    }
  }
  return results;
}

Predictions PredictWith(const fs::path& folder, const TrainSetup& setup,
                        const std::vector<int64_t>& positions) {
  const LoadedModel loaded = LoadModelFrom(folder / "model");
  const fs::path own = folder / "choices.json";
  const Choices choices =
      fs::exists(own) ? ChoicesFromJson(ReadJson(own), own.string()) : Choices();
  const EngineChoice engine = StartEngine(
      {.device = setup.settings.at("device").get<std::string>(), .threads = choices.threads});
  MoveModel(*loaded.model, engine.device, false);
  const auto feed = MakePlainFeed(setup, choices, positions);
  const at::Tensor logits = ForwardAll(*loaded.model, *feed, {.device = engine.device});
  return MakePredictions(logits, positions, setup.targets, *setup.inputs->plan, *setup.inputs->data,
                         "validation");
}

std::vector<double> ProperLosses(const Predictions& predictions, const FittedPlan& plan) {
  std::vector<double> losses;
  const size_t n = static_cast<size_t>(predictions.size()), classes = plan.classes.size();
  for (size_t i = 0; i < n; ++i) {
    if (predictions.task == Task::kClassification) {
      const double p =
          predictions.probability[i * classes + static_cast<size_t>(predictions.label[i])];
      losses.push_back(-std::log(std::max(p, kLeastProbability)));
    } else {
      const double off =
          (predictions.predicted_value[i] - predictions.value[i]) / plan.target_scale;
      losses.push_back(off * off);
    }
  }
  return losses;
}

std::vector<double> GuessingLosses(const TrainSetup& setup, const std::vector<int64_t>& positions) {
  const Targets& targets = setup.targets;
  std::vector<double> share(static_cast<size_t>(std::max<int64_t>(1, targets.classes)), 0.5);
  double all = 0.5 * static_cast<double>(share.size());
  for (const int64_t p : setup.train) {
    if (!targets.classification) break;
    const size_t at = static_cast<size_t>(p);
    share[static_cast<size_t>(targets.labels[at])] += targets.weight[at];
    all += targets.weight[at];
  }
  std::vector<double> losses;
  for (const int64_t p : positions) {
    const size_t at = static_cast<size_t>(p);
    const double value = targets.classification
                             ? -std::log(share[static_cast<size_t>(targets.labels[at])] / all)
                             : targets.values[at] * targets.values[at];
    losses.push_back(value);
  }
  return losses;
}

}  // namespace bottega
