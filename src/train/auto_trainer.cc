// `model: auto` on a table (Caruana et al. 2004 for the blend).
#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/clock.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/text.h"
#include "engine/device.h"
#include "learn/ensemble_selection.h"
#include "learn/xgboost_library.h"
#include "metric/metrics.h"
#include "model/models.h"
#include "model/models_specs.h"
#include "train/candidates.h"
#include "train/choices.h"
#include "train/early_stopping.h"
#include "train/forward.h"
#include "train/limits.h"
#include "train/table_data.h"
#include "train/table_model_folder.h"
#include "train/ways.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

// Beyond it one answer takes too long to be a candidate by default.
constexpr size_t kMostKnnRows = 50'000;
// On fewer a blend fits the noise of the validation part.
constexpr size_t kFewestRowsToBlend = 100;

void RequireTableModel(const std::string& name) {
  const ModelKind kind = KindOfModel(name);
  if ((kind == ModelKind::kNetwork || kind == ModelKind::kTable) && !ReadsPictures(name)) return;
  throw Error(ErrorKind::kRecipe, "model.candidates: '" + name + "' is no model of tables", {},
              "bottega list models");
}

std::string WhyNot(const std::string& name, const TrainSetup& setup) {
  if (name == "knn" && setup.train.size() > kMostKnnRows) {
    return "more than " + FormatCount(kMostKnnRows) + " training rows";
  }
  if (name == "boosted_trees") return XgboostMissing();
  return "";
}

// What is trained, in order; the recipe's own list is taken as it is.
std::vector<Candidate> Plan(const Json& model, const TrainSetup& setup) {
  const Json& given = model.at("candidates");
  std::vector<Candidate> plan;
  for (const std::string& name :
       given.is_null() ? TableCandidates() : given.get<std::vector<std::string>>()) {
    RequireTableModel(name);
    plan.push_back({.name = name});
    if (given.is_null()) plan.back().left_out = WhyNot(name, setup);
  }
  if (plan.empty()) {
    throw Error(ErrorKind::kRecipe, "model.candidates is empty", {}, "bottega list models auto");
  }
  if (setup.validation.empty() && plan.size() > 1) {
    Note("No validation rows: the candidates cannot be compared, " + plan.back().name +
         " is trained alone.");
    for (size_t i = 0; i + 1 < plan.size(); ++i) plan[i].left_out = "there are no validation rows";
  }
  return plan;
}

class AutoTrainer {
 public:
  explicit AutoTrainer(const TrainInputs& inputs)
      : inputs_(inputs),
        model_(inputs.recipe.at("model")),
        setup_(MakeSetup(inputs)),
        candidates_(Plan(model_, setup_)),
        watched_(Watched()),
        started_(MonotonicSeconds()) {}

  TrainOutcome Run();

 private:
  MonitoredScore Watched() const;
  void TrainCandidate(Candidate* candidate);
  void Replay(const std::string& name) const;
  Matrix Outputs(const std::string& name) const;
  double Cost(const Matrix& outputs) const;
  void Choose();
  void TrainAll();

  const TrainInputs& inputs_;
  const Json& model_;
  const TrainSetup setup_;
  std::vector<Candidate> candidates_;
  const MonitoredScore watched_;
  const double started_;
  std::optional<double> blend_cost_;
};

MonitoredScore AutoTrainer::Watched() const {
  return ValidationScores(setup_.settings.at("early_stopping"), true).front();
}

// Choices that are replayed go where the candidate's training looks for them.
void AutoTrainer::Replay(const std::string& name) const {
  const fs::path whole = inputs_.run / "choices.json",
                 own = CandidateFolder(inputs_.run, name) / "choices.json";
  if (!fs::exists(whole) || fs::exists(own)) return;
  const Choices choices = ChoicesFromJson(ReadJson(whole), whole.string());
  if (choices.candidates.contains(name)) WriteJson(own, choices.candidates[name]);
}

void AutoTrainer::TrainCandidate(Candidate* candidate) {
  TrainInputs inputs = inputs_;
  inputs.recipe["model"] = DefaultModel(candidate->name);
  inputs.run = CandidateFolder(inputs_.run, candidate->name);
  if (const std::optional<double> budget = TimeBudget(inputs)) {
    inputs.time_budget = std::max(0.0, *budget - (MonotonicSeconds() - started_));
  }
  Replay(candidate->name);
  if (!fs::exists(inputs.run / "model" / "model.safetensors")) {
    Note("candidate " + candidate->name);
  }
  try {
    candidate->outcome = Train(inputs);
  } catch (const Error& error) {
    // What was written to is the run, whichever candidate it was.
    if (error.kind() != ErrorKind::kBudget) throw;
    throw Error(error.kind(), "candidate " + candidate->name + ": " + error.message(),
                {.file = inputs_.run.string()}, error.hint());
  }
}

Matrix AutoTrainer::Outputs(const std::string& name) const {
  const fs::path folder = CandidateFolder(inputs_.run, name) / "model";
  if (KindOfModel(name) == ModelKind::kTable) {
    Matrix outputs = LoadTableModelFrom(folder).model->Predict(
        TakeTableRows(*setup_.features, setup_.validation));
    CorrectProbabilities(setup_.config.logit_offset, &outputs);
    return outputs;
  }
  const LoadedModel loaded = LoadModelFrom(folder);
  const at::Device device =
      StartEngine({.device = setup_.settings.at("device").get<std::string>(), .threads = 1}).device;
  MoveModel(*loaded.model, device, false);
  const std::unique_ptr<Feed> feed = MakePlainFeed(setup_, {}, setup_.validation);
  at::Tensor out = ForwardAll(*loaded.model, *feed, {.device = device});
  if (setup_.targets.classification) out = Probabilities(out);
  out = out.contiguous();
  Matrix outputs(out.size(0), out.size(1));
  std::copy_n(out.const_data_ptr<float>(), outputs.values.size(), outputs.values.begin());
  CorrectProbabilities(setup_.config.logit_offset, &outputs);
  return outputs;
}

double AutoTrainer::Cost(const Matrix& outputs) const {
  if (watched_.name == "loss") {
    TableTargets targets{.classes = static_cast<int>(setup_.targets.classes)};
    for (const int64_t position : setup_.validation) {
      const size_t at = static_cast<size_t>(position);
      if (targets.classes > 0) targets.label.push_back(setup_.targets.labels[at]);
      if (targets.classes == 0) targets.value.push_back(setup_.targets.values[at]);
      targets.weight.push_back(static_cast<float>(setup_.targets.weight[at]));
    }
    return MeanLoss(outputs, targets);
  }
  const double value = Metric(watched_.name, ValidationPredictions(setup_, outputs));
  return watched_.lower_is_better ? value : 1 - value;
}

// Sets the share of each candidate in what is kept.
void AutoTrainer::Choose() {
  if (setup_.validation.empty()) {
    candidates_.back().share = 1;
    return;
  }
  std::vector<Matrix> outputs;
  std::vector<Candidate*> trained;
  for (Candidate& candidate : candidates_) {
    if (!candidate.left_out.empty()) continue;
    candidate.cost = Cost(candidate.outputs);
    outputs.push_back(candidate.outputs);
    trained.push_back(&candidate);
  }
  Candidate* best = *std::ranges::min_element(trained, {}, &Candidate::cost);
  best->share = 1;
  if (!model_.at("blend").get<bool>() || setup_.validation.size() < kFewestRowsToBlend) return;
  const Selection selected = SelectEnsemble(outputs, [&](const Matrix& m) { return Cost(m); });
  blend_cost_ = selected.score;
  if (!(selected.score < best->cost * (1 - model_.at("margin").get<double>()))) return;
  for (size_t i = 0; i < trained.size(); ++i) trained[i]->share = selected.share[i];
}

// One after the other; they depend on nothing of each other but the budget of time.
void AutoTrainer::TrainAll() {
  for (Candidate& candidate : candidates_) {
    if (!candidate.left_out.empty()) continue;
    TrainCandidate(&candidate);
    if (!setup_.validation.empty()) candidate.outputs = Outputs(candidate.name);
  }
}

TrainOutcome AutoTrainer::Run() {
  TrainAll();
  Choose();
  const Candidate& shown = *std::ranges::max_element(candidates_, {}, &Candidate::share);
  TrainOutcome outcome = shown.outcome;
  outcome.candidates = CandidatesJson(candidates_, watched_, blend_cost_, model_.at("margin"));
  outcome.seconds = 0;
  outcome.settings = setup_.settings;
  outcome.model = model_;
  outcome.model["candidates"] = Json::array();
  for (const Candidate& candidate : candidates_) {
    outcome.seconds += candidate.outcome.seconds;
    if (candidate.left_out.empty()) outcome.model["candidates"].push_back(candidate.name);
  }
  if (fs::exists(inputs_.run / "model" / "model.safetensors")) return outcome;
  StoreCandidates(setup_, candidates_, shown, outcome.candidates);
  return outcome;
}

}  // namespace

TrainOutcome TrainAuto(const TrainInputs& inputs) { return AutoTrainer(inputs).Run(); }

}  // namespace bottega
