#include "base/progress.h"
#include "base/text.h"
#include "engine/capture.h"
#include "metric/diagnosis/comparison.h"
#include "metric/diagnosis/power_law.h"
#include "metric/diagnosis/verdicts.h"
#include "metric/student_t.h"
#include "train/diagnosis/diagnose_stage.h"
#include "train/diagnosis/measure.h"
#include "train/diagnosis/noise.h"
#include "train/diagnosis/trial_plan.h"

namespace bottega {

namespace {

constexpr double kTableBudget = 60, kPictureBudget = 20, kTwoSided = 0.975, kFactor = 2;
constexpr double kFewestCurveRows = 64, kUsualShare = 0.7;

// One change with what its trainings came to.
struct Tried {
  Change change;
  SeedLosses losses;
  std::vector<double> scores;
  std::string error;  // of the first that failed
  Mean gain;
  double p = 1;
};

class Diagnosis {
 public:
  Diagnosis(const DiagnoseInputs& inputs, const TrainSetup& setup)
      : inputs_(inputs),
        setup_(setup),
        bench_{.run = &inputs.run,
               .setup = &setup,
               .resolve = inputs.resolve,
               .scratch = inputs.scratch,
               .score = inputs.score},
        budget_(inputs.budget >= 0     ? inputs.budget
                : setup.has_pictures() ? kPictureBudget
                                       : kTableBudget) {
    for (const int64_t p : setup.validation) {
      weights_.push_back(setup.targets.weight[static_cast<size_t>(p)]);
    }
  }

  Json Run() {
    facts_ = {{"format", 1}};
    facts_["training_rows"] = setup_.train.size();
    facts_["training_share"] = static_cast<double>(setup_.train.size()) /
                               static_cast<double>(std::max<int64_t>(1, inputs_.run.split->size()));
    MeasureRun(setup_, inputs_.score, &facts_);
    facts_["trials"] = Json::array();
    if (budget_ > 0) Train();
    AddVerdicts(&facts_);
    return std::move(facts_);
  }

 private:
  void Train();
  void FirstRound();
  void SecondRound(const std::vector<TrialResult>& curve);
  void CurveFacts(const std::vector<TrialJob>& jobs, const std::vector<TrialResult>& results);
  void Take(const Change& change, const std::vector<TrialResult>& results, size_t from);
  void Compare();
  void BaseFacts();
  void PlanFacts();
  std::vector<double> RunLosses() const;
  const Tried& Base() const { return tried_.front(); }

  const DiagnoseInputs& inputs_;
  const TrainSetup& setup_;
  const TrialBench bench_;
  const double budget_;
  std::vector<double> weights_;
  TrialPlan plan_;
  std::vector<Tried> tried_;  // the first: nothing changed
  Json facts_;
};

void Diagnosis::Take(const Change& change, const std::vector<TrialResult>& results, size_t from) {
  Tried tried{.change = change};
  for (int seed = 0; seed < plan_.seeds; ++seed) {
    const TrialResult& result = results[from + static_cast<size_t>(seed)];
    tried.losses.push_back(result.loss);
    tried.scores.push_back(result.score);
    if (tried.error.empty()) tried.error = result.error;
  }
  tried_.push_back(std::move(tried));
}

void Diagnosis::Train() {
  const Json epochs = facts_.value("epochs", Json::object());
  const Json asked = epochs.value("asked", Json(0)), trained = epochs.value("trained", Json(0));
  const Occasion occasion{.overfits = Overfits(facts_),
                          .stopped_early = trained.get<double>() < 0.8 * asked.get<double>(),
                          .dead_units = DeadShare(facts_) > 0.1};
  plan_ =
      PlanTrials(setup_, CandidateChanges(inputs_.resolve({}), occasion), budget_, inputs_.seeds);
  PlanFacts();
  FirstRound();
}

void Diagnosis::PlanFacts() {
  Json skipped = Json::array();
  for (const Change& change : plan_.skipped) skipped.push_back(change.name);
  facts_["plan"] = {{"budget", budget_},         {"seeds", plan_.seeds}, {"row_share", plan_.share},
                    {"rows", plan_.rows.size()}, {"cost", plan_.cost},   {"skipped", skipped}};
  Note("diagnose: " + std::to_string(plan_.changes.size()) + " changes on " +
       FormatCount(static_cast<int64_t>(plan_.rows.size())) + " rows and " +
       std::to_string(plan_.seeds) + " seeds each, and parts of the data: about " +
       FormatNumber(plan_.cost, 2) + " trainings of the run's length");
}

void Diagnosis::FirstRound() {
  std::vector<TrialJob> jobs = JobsOf({.name = "base"}, plan_);
  for (const Change& change : plan_.changes) {
    const std::vector<TrialJob> more = JobsOf(change, plan_);
    jobs.insert(jobs.end(), more.begin(), more.end());
  }
  const size_t changes = jobs.size();
  if (static_cast<double>(setup_.train.size()) >= kFewestCurveRows) {
    const std::vector<TrialJob> parts = CurveJobs(setup_, plan_.short_curve);
    jobs.insert(jobs.end(), parts.begin(), parts.end());
  }
  const std::vector<TrialResult> results = RunTrials(bench_, jobs);
  Take({.name = "base"}, results, 0);
  for (size_t i = 0; i < plan_.changes.size(); ++i) {
    Take(plan_.changes[i], results, (i + 1) * static_cast<size_t>(plan_.seeds));
  }
  Compare();
  const auto middle = static_cast<int64_t>(changes);
  const std::vector<TrialJob> parts(jobs.begin() + middle, jobs.end());
  const std::vector<TrialResult> of_parts(results.begin() + middle, results.end());
  SecondRound(of_parts);
  Compare();
  BaseFacts();
  CurveFacts(parts, of_parts);
}

// Follows the learning rate where it led, and leaves out the rows whose labels are doubted.
void Diagnosis::SecondRound(const std::vector<TrialResult>& curve) {
  const Json recipe = inputs_.resolve({});
  const bool lost =
      MeanOf(MeanLosses(Base().losses)).value > 0.9 * facts_.at("guessing").get<double>();
  std::vector<Change> changes;
  for (size_t i = 1; i < tried_.size(); ++i) {
    const Tried& tried = tried_[i];
    const bool led = tried.p < 0.1 && tried.gain.value > 0;
    if (tried.change.kind == "rate_up" && (led || lost)) {
      for (const double factor : {10.0, 30.0, 100.0}) changes.push_back(RateChange(recipe, factor));
    }
    if (tried.change.kind == "rate_down" && (led || lost)) {
      for (const double factor : {0.1, 0.03, 0.01}) changes.push_back(RateChange(recipe, factor));
    }
  }
  const NoiseEvidence noise = LabelEvidence(setup_, curve, plan_.rows);
  facts_["label_noise"] = noise.facts;
  std::vector<TrialJob> jobs;
  for (const Change& change : changes) {
    const std::vector<TrialJob> more = JobsOf(change, plan_);
    jobs.insert(jobs.end(), more.begin(), more.end());
  }
  if (NoisyLabels(facts_)) {
    const Change aside{
        "rows with suspicious labels set aside",
        "labels",
        {"clean.labels=drop_suspicious", "clean.confidence=" + FormatNumber(kDoubted)}};
    changes.push_back(aside);
    std::vector<TrialJob> more = JobsOf({.name = aside.name}, plan_);
    for (TrialJob& job : more) job.rows = noise.trusted;
    jobs.insert(jobs.end(), more.begin(), more.end());
  }
  if (jobs.empty()) return;
  const std::vector<TrialResult> results = RunTrials(bench_, jobs);
  for (size_t i = 0; i < changes.size(); ++i) {
    Take(changes[i], results, i * static_cast<size_t>(plan_.seeds));
  }
}

void Diagnosis::Compare() {
  std::vector<double> p, variances;
  for (size_t i = 1; i < tried_.size(); ++i) {
    if (!tried_[i].error.empty() || !Base().error.empty()) continue;
    variances.push_back(SeedVariance(Base().losses, tried_[i].losses, weights_));
  }
  const SeedPrior prior = PriorOf(std::move(variances));
  for (size_t i = 1; i < tried_.size(); ++i) {
    Tried& tried = tried_[i];
    if (tried.error.empty() && Base().error.empty()) {
      tried.gain = GainOf(Base().losses, tried.losses, weights_, prior);
      tried.p = StudentTail(tried.gain.value / tried.gain.error, tried.gain.freedom);
    }
    p.push_back(tried.p);
  }
  const std::vector<double> adjusted = HolmAdjusted(p);
  facts_["trials"] = Json::array();
  for (size_t i = 1; i < tried_.size(); ++i) {
    const Tried& tried = tried_[i];
    Json entry = ChangeToJson(tried.change);
    if (!tried.error.empty()) {
      entry["error"] = tried.error;
    } else {
      entry["loss"] = MeanOf(MeanLosses(tried.losses)).value;
      entry["score"] = MeanOf(tried.scores).value;
      entry["gain"] = EstimateToJson(tried.gain.value, tried.gain.Lower(kTwoSided),
                                     tried.gain.Upper(kTwoSided));
      entry["p"] = tried.p;
      entry["p_adjusted"] = adjusted[i - 1];
    }
    facts_["trials"].push_back(std::move(entry));
  }
}

std::vector<double> Diagnosis::RunLosses() const {
  return ProperLosses(PredictWith(inputs_.run.run, setup_, setup_.validation), *inputs_.run.plan);
}

void Diagnosis::BaseFacts() {
  const Tried& base = Base();
  if (!base.error.empty()) {
    facts_["base"] = {{"error", base.error}};
    return;
  }
  const std::vector<double> losses = MeanLosses(base.losses);
  const size_t best =
      static_cast<size_t>(std::min_element(losses.begin(), losses.end()) - losses.begin());
  const double spread = SeedSpread(base.losses);
  Json& facts = facts_["base"];
  facts = {{"loss", MeanOf(losses).value},
           {"score", MeanOf(base.scores).value},
           {"losses", losses},
           {"scores", base.scores},
           {"seed_spread", std::isnan(spread) ? Json() : Json(spread)},
           {"row_error", MeanLoss(DealIntoBlocks(base.losses[0], weights_)).error},
           {"best_seed", setup_.seed() + best}};
  if (plan_.share < 1) return;
  const SeedLosses run(base.losses.size(), RunLosses());
  const Mean gain = GainOf(run, base.losses, weights_);
  facts["better_than_run"] =
      EstimateToJson(gain.value, gain.Lower(kTwoSided), gain.Upper(kTwoSided));
}

void Diagnosis::CurveFacts(const std::vector<TrialJob>& jobs,
                           const std::vector<TrialResult>& results) {
  if (jobs.empty()) return;
  std::vector<CurvePoint> points;
  const auto add = [&](size_t rows, const std::vector<double>& losses) {
    const double mean = DealIntoBlocks(losses, weights_).Mean();
    if (std::isfinite(mean)) points.push_back({static_cast<double>(rows), mean});
  };
  for (size_t i = 0; i < jobs.size(); ++i) {
    if (results[i].error.empty()) add(jobs[i].rows.size(), results[i].loss);
  }
  if (plan_.share == 1) {
    for (const std::vector<double>& losses : Base().losses) add(setup_.train.size(), losses);
  } else {
    add(setup_.train.size(), RunLosses());
  }
  // Slices differ by a row.
  for (CurvePoint& point : points) {
    for (const size_t parts : {8, 4, 2}) {
      const double whole = static_cast<double>(setup_.train.size() / parts);
      if (std::abs(point.rows - whole) <= 1) point.rows = whole;
    }
  }
  const double material = kWorthwhile * facts_.at("guessing").get<double>();
  const DataCurve curve = FitDataCurve(points, kFactor, material, setup_.seed());
  Json& facts = facts_["learning_curve"];
  facts = {{"rows", curve.rows},
           {"points", Json::array()},
           {"offset", curve.law.offset},
           {"scale", curve.law.scale},
           {"exponent", curve.law.exponent},
           {"factor", curve.factor},
           {"gain", EstimateToJson(curve.gain.value, curve.gain.low, curve.gain.high)},
           {"lack_of_fit_p", curve.lack_of_fit},
           {"trustworthy", curve.trustworthy},
           {"why", curve.why},
           {"verdict", curve.verdict}};
  if (const double more = kUsualShare / facts_.at("training_share").get<double>(); more > 1) {
    const Estimate gain = FitDataCurve(points, more, material, setup_.seed()).gain;
    facts["gain_of_most"] = EstimateToJson(gain.value, gain.low, gain.high);
  }
  for (const CurvePoint& point : points) {
    facts["points"].push_back({{"rows", point.rows}, {"loss", point.error}});
  }
}

}  // namespace

Json Diagnose(const DiagnoseInputs& inputs) {
  return CatchTorch("diagnosing", [&] {
    const TrainSetup setup = MakeSetup(inputs.run);
    if (setup.validation.empty()) {
      throw Error(
          ErrorKind::kData, "there are no validation rows to judge by",
          {.file = inputs.run.run.string()},
          "bottega train --set split.train=0.7 --set split.validation=0.15 --set split.test=0.15");
    }
    return Diagnosis(inputs, setup).Run();
  });
}

}  // namespace bottega
