// `model: auto` on a table (Caruana et al. 2004 for the blend).
#include <algorithm>
#include <filesystem>

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
#include "train/choices.h"
#include "train/early_stopping.h"
#include "train/forward.h"
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

struct Candidate {
  std::string name;
  std::string left_out;  // why it was not trained; else ""
  TrainOutcome outcome;
  Matrix outputs;   // of the validation rows
  double cost = 0;  // loss, error or 1 - score there
};

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
  fs::path Folder(const std::string& name) const { return inputs_.run / "candidates" / name; }
  void TrainCandidate(Candidate* candidate);
  void Replay(const std::string& name) const;
  Matrix Outputs(const std::string& name) const;
  double Cost(const Matrix& outputs) const;
  std::vector<double> Choose();
  Json Record(const std::vector<double>& share) const;
  void StoreChoices() const;
  void StoreLog(const Candidate& shown, const Json& record) const;
  void StoreModel(const std::vector<double>& share) const;

  const TrainInputs& inputs_;
  const Json& model_;
  const TrainSetup setup_;
  std::vector<Candidate> candidates_;
  const MonitoredScore watched_;
  const double started_;
  double blend_cost_ = 0;
};

MonitoredScore AutoTrainer::Watched() const {
  const Json& stopping = setup_.settings.at("early_stopping");
  if (stopping.is_object()) {
    const MonitoredScore score = ParseMonitoredScore(stopping.at("metric").get<std::string>());
    if (score.part == "validation") return score;
  }
  return ParseMonitoredScore("validation.loss");
}

// Choices that are replayed go where the candidate's training looks for them.
void AutoTrainer::Replay(const std::string& name) const {
  const fs::path whole = inputs_.run / "choices.json", own = Folder(name) / "choices.json";
  if (!fs::exists(whole) || fs::exists(own)) return;
  const Choices choices = ChoicesFromJson(ReadJson(whole), whole.string());
  if (choices.candidates.contains(name)) WriteJson(own, choices.candidates[name]);
}

void AutoTrainer::TrainCandidate(Candidate* candidate) {
  TrainInputs inputs = inputs_;
  inputs.recipe["model"] = DefaultModel(candidate->name);
  inputs.run = Folder(candidate->name);
  Json& budget = inputs.recipe["train"]["time_budget"];
  if (budget.is_number()) {
    budget = std::max(0.0, budget.get<double>() - (MonotonicSeconds() - started_));
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
  const fs::path folder = Folder(name) / "model";
  if (KindOfModel(name) == ModelKind::kTable) {
    return LoadTableModelFrom(folder).model->Predict(
        TakeTableRows(*setup_.features, setup_.validation));
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

// The share of each candidate in what is kept.
std::vector<double> AutoTrainer::Choose() {
  std::vector<double> share(candidates_.size());
  if (setup_.validation.empty()) {
    share.back() = 1;
    return share;
  }
  std::vector<Matrix> outputs;
  std::vector<size_t> trained;
  for (size_t i = 0; i < candidates_.size(); ++i) {
    if (!candidates_[i].left_out.empty()) continue;
    candidates_[i].cost = Cost(candidates_[i].outputs);
    outputs.push_back(candidates_[i].outputs);
    trained.push_back(i);
  }
  const auto cost = [&](size_t i) { return candidates_[i].cost; };
  const size_t best = *std::ranges::min_element(trained, {}, cost);
  share[best] = 1;
  if (!model_.at("blend").get<bool>() || setup_.validation.size() < kFewestRowsToBlend) {
    return share;
  }
  const Selection selected = SelectEnsemble(outputs, [&](const Matrix& m) { return Cost(m); });
  blend_cost_ = selected.score;
  const double needed = cost(best) * (1 - model_.at("margin").get<double>());
  if (selected.share.size() < 2 || !(selected.score < needed)) return share;
  for (size_t i = 0; i < trained.size(); ++i) share[trained[i]] = selected.share[i];
  return share;
}

Json AutoTrainer::Record(const std::vector<double>& share) const {
  const auto score = [&](double cost) -> Json {
    return watched_.name == "loss" || watched_.lower_is_better ? cost : 1 - cost;
  };
  Json list = Json::array(), shares = Json::object();
  for (size_t i = 0; i < candidates_.size(); ++i) {
    const Candidate& c = candidates_[i];
    Json entry = {{"name", c.name}, {"trained", c.left_out.empty()}};
    if (c.left_out.empty()) {
      entry["settings"] = c.outcome.model;
      entry["score"] = setup_.validation.empty() ? Json() : score(c.cost);
      entry["steps"] = c.outcome.epochs;
      entry["best_step"] = c.outcome.best_epoch;
      entry["unit"] = c.outcome.unit;
      entry["stopped"] = c.outcome.stopped;
      entry["seconds"] = c.outcome.seconds;
    } else {
      entry["reason"] = c.left_out;
    }
    entry["share"] = share[i];
    if (share[i] > 0) shares[c.name] = share[i];
    list.push_back(std::move(entry));
  }
  Json record = {{"format", 1}, {"metric", watched_.path()}, {"candidates", list}};
  record["margin"] = model_.at("margin");
  record["blend"] = blend_cost_ > 0 ? score(blend_cost_) : Json();
  record["kept"] = shares.size() == 1 ? shares.begin().key() : "blend";
  record["shares"] = shares;
  return record;
}

void AutoTrainer::StoreChoices() const {
  Choices all;
  for (const Candidate& c : candidates_) {
    const fs::path own = Folder(c.name) / "choices.json";
    if (!fs::exists(own)) continue;
    const Json choices = ReadJson(own);
    if (all.candidates.empty() || KindOfModel(c.name) == ModelKind::kNetwork) {
      const Json kept = all.candidates;
      all = ChoicesFromJson(choices, own.string());
      all.candidates = kept;
    }
    all.candidates[c.name] = choices;
  }
  WriteJson(inputs_.run / "choices.json", ChoicesToJson(all));
}

// A line a candidate, then the lines and events of the one that is shown.
void AutoTrainer::StoreLog(const Candidate& shown, const Json& record) const {
  std::string lines;
  for (const Json& entry : record.at("candidates")) {
    Json line = {{"event", "candidate"}};
    line.update(entry);
    line.erase("settings");
    lines += line.dump() + "\n";
  }
  WriteFileAtomic(inputs_.run / "log.jsonl", lines + ReadFile(Folder(shown.name) / "log.jsonl"));
  const char* events = "events.out.tfevents.bottega";
  WriteFileAtomic(inputs_.run / events, ReadFile(Folder(shown.name) / events));
}

// All files of a model's folder, model.safetensors last.
void CopyModel(const fs::path& from, const fs::path& to) {
  const char* last = "model.safetensors";
  for (const auto& entry : fs::directory_iterator(from)) {
    const std::string name = entry.path().filename().string();
    if (name != last && !name.starts_with('.')) WriteFileAtomic(to / name, ReadFile(entry.path()));
  }
  WriteFileAtomic(to / last, ReadFile(from / last));
}

void AutoTrainer::StoreModel(const std::vector<double>& share) const {
  const fs::path folder = inputs_.run / "model";
  Json members = Json::array();
  std::vector<double> shares;
  for (size_t i = 0; i < share.size(); ++i) {
    if (share[i] == 0) continue;
    members.push_back(candidates_[i].name);
    shares.push_back(share[i]);
  }
  if (members.size() == 1) {
    CopyModel(Folder(members[0]) / "model", folder);
    return;
  }
  for (const std::string name : members) {
    CopyModel(Folder(name) / "model", BlendMember(folder, name));
  }
  ModelConfig config = setup_.config;
  config.settings = {{"name", "blend"}, {"members", members}, {"shares", shares}};
  SaveBlend(folder, config, shares);
}

TrainOutcome AutoTrainer::Run() {
  for (Candidate& candidate : candidates_) {
    if (!candidate.left_out.empty()) continue;
    TrainCandidate(&candidate);
    if (!setup_.validation.empty()) candidate.outputs = Outputs(candidate.name);
  }
  const std::vector<double> share = Choose();
  const Candidate& shown =
      candidates_[static_cast<size_t>(std::ranges::max_element(share) - share.begin())];
  TrainOutcome outcome = shown.outcome;
  outcome.candidates = Record(share);
  outcome.seconds = 0;
  outcome.settings = setup_.settings;
  outcome.model = model_;
  outcome.model["candidates"] = Json::array();
  for (const Candidate& candidate : candidates_) {
    outcome.seconds += candidate.outcome.seconds;
    if (candidate.left_out.empty()) outcome.model["candidates"].push_back(candidate.name);
  }
  if (fs::exists(inputs_.run / "model" / "model.safetensors")) return outcome;
  StoreChoices();
  StoreLog(shown, outcome.candidates);
  WriteJson(inputs_.run / "candidates.json", outcome.candidates);
  StoreModel(share);
  return outcome;
}

}  // namespace

TrainOutcome TrainAuto(const TrainInputs& inputs) { return AutoTrainer(inputs).Run(); }

}  // namespace bottega
