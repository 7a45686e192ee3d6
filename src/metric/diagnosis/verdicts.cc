#include "metric/diagnosis/verdicts.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace bottega {

namespace {

constexpr double kLevel = 0.05, kHardly = 0.1, kManyDead = 0.25;
constexpr double kFewTrainingRows = 0.5;
constexpr double kEvidence = 3;  // log 20, as a log likelihood ratio

const Json& At(const Json& json, const char* key) {
  static const Json null;
  return json.is_object() && json.contains(key) ? json.at(key) : null;
}

double NumberAt(const Json& json, const char* key) {
  const Json& value = At(json, key);
  return value.is_number() ? value.get<double>() : std::nan("");
}

std::string Number(double value) { return FormatNumber(value, 3); }
std::string NumberOf(const Json& json, const char* key) { return Number(NumberAt(json, key)); }

// "0.012 (0.008 to 0.016)"
std::string Range(const Json& estimate) {
  return NumberOf(estimate, "value") + " (" + NumberOf(estimate, "low") + " to " +
         NumberOf(estimate, "high") + ")";
}

std::string PercentRange(const Json& estimate) {
  return FormatPercent(NumberAt(estimate, "value")) + " (" +
         FormatPercent(NumberAt(estimate, "low")) + " to " +
         FormatPercent(NumberAt(estimate, "high")) + ")";
}

class Judge {
 public:
  explicit Judge(Json* facts) : facts_(*facts), guessing_(NumberAt(*facts, "guessing")) {
    facts_["verdicts"] = Json::array();
    facts_["changes"] = Json::array();
  }

  void Run() {
    Causes();
    Fit();
    DeadUnits();
    Updates();
    Noise();
    Data();
    Order();
    Seeds();
    Running();
    if (facts_["verdicts"].empty() || !Warned()) {
      Say("healthy", "good", "Nothing is wrong that was looked for", HealthyEvidence());
    }
    Rank();
  }

 private:
  void Say(const std::string& name, const std::string& level, const std::string& title,
           std::vector<std::string> evidence) {
    facts_["verdicts"].push_back(
        {{"name", name}, {"level", level}, {"title", title}, {"evidence", std::move(evidence)}});
  }

  void Propose(const std::string& verdict, const std::string& why, const Json& sets,
               const Json& gain, bool measured = true) {
    for (const Json& known : facts_["changes"]) {
      if (known.at("sets") == sets) return;
    }
    facts_["changes"].push_back({{"verdict", verdict},
                                 {"why", why},
                                 {"sets", sets},
                                 {"gain", gain},
                                 {"measured", measured && gain.is_object()}});
  }

  bool Warned() const {
    for (const Json& verdict : facts_["verdicts"]) {
      if (verdict.at("level") == "warning") return true;
    }
    return false;
  }

  // Trials of a kind whose gain is established and worth while, the largest first.
  std::vector<Json> Helped(const std::vector<std::string>& kinds) const {
    std::vector<Json> helped;
    for (const Json& trial : At(facts_, "trials")) {
      if (std::find(kinds.begin(), kinds.end(), trial.at("kind")) == kinds.end()) continue;
      const bool established = NumberAt(trial, "p_adjusted") < kLevel;
      if (established && NumberAt(At(trial, "gain"), "value") > kWorthwhile * guessing_) {
        helped.push_back(trial);
      }
    }
    std::stable_sort(helped.begin(), helped.end(), [](const Json& a, const Json& b) {
      return NumberAt(At(a, "gain"), "value") > NumberAt(At(b, "gain"), "value");
    });
    return helped;
  }

  std::string TrialText(const Json& trial) const {
    return "with " + trial.at("name").get<std::string>() + " validation loss is " +
           NumberOf(trial, "loss") + " instead of " + NumberOf(At(facts_, "base"), "loss") +
           ": better by " + Range(At(trial, "gain"));
  }

  // What one changed thing improved is what was wrong.
  void Cause(const std::string& name, const std::vector<std::string>& kinds,
             const std::string& title) {
    std::vector<std::string> evidence;
    for (const Json& trial : Helped(kinds)) {
      evidence.push_back(TrialText(trial));
      Propose(name, trial.at("name"), trial.at("sets"), trial.at("gain"));
    }
    if (!evidence.empty()) Say(name, "warning", title, std::move(evidence));
  }

  void Causes() {
    const Json& base = At(facts_, "base");
    const Json& again = At(base, "better_than_run");
    if (again.is_object() && NumberAt(again, "low") > kWorthwhile * guessing_) {
      Say("unlucky_start", "warning", "This run had a bad start",
          {"trained again as it is, from other initial weights and in another order, it is better "
           "by " +
           Range(again)});
      Propose("unlucky_start", "train it again with another seed",
              Json::array({"train.seed=" + At(base, "best_seed").dump()}), again);
    }
    Cause("too_much_regularization", {"regularization"}, "Regularized too strongly");
    Cause("rate_too_low", {"rate_up"}, "The learning rate is too low");
    Cause("rate_too_high", {"rate_down"}, "The learning rate is too high");
    Cause("too_few_steps", {"longer"}, "Trained too briefly");
    Cause("too_little_capacity", {"capacity"}, "The network is too small");
    Cause("activation", {"activation"}, "The activation lets units die");
  }

  void Fit() {
    const Json& fit = At(facts_, "fit");
    if (!fit.is_object()) return;
    std::vector<std::string> evidence = {"training loss " + Range(fit.at("train")) +
                                         ", validation loss " + Range(fit.at("validation")) +
                                         ": a gap of " + Range(fit.at("gap"))};
    if (Overfits(facts_)) {
      for (const Json& trial : Helped({"restraint"})) {
        evidence.push_back(TrialText(trial));
        Propose("overfits", trial.at("name"), trial.at("sets"), trial.at("gain"));
      }
      Say("overfits", "warning", "It overfits: it knows its training rows better than new ones",
          std::move(evidence));
      return;
    }
    if (HardlyLearned(facts_)) {
      evidence.push_back("always giving the same answer costs " + Number(guessing_));
      const bool explained = Warned();
      if (!explained && !NoisyLabels(facts_) && At(facts_, "trials").is_array() &&
          !At(facts_, "trials").empty()) {
        evidence.push_back(
            "none of the changes that were tried helps: the columns may say little "
            "about the target");
      }
      Say("hardly_learned", "warning", "It has hardly learned anything", std::move(evidence));
      return;
    }
    const bool close = NumberAt(fit.at("gap"), "high") < 2 * kOpenGap * guessing_;
    Say("fit", close ? "good" : "info",
        close ? "Training and validation rows are known about equally well"
              : "Whether it overfits cannot be told from so few validation rows",
        std::move(evidence));
  }

  void DeadUnits() {
    const double share = DeadShare(facts_);
    if (std::isnan(share)) return;
    std::vector<std::string> evidence;
    for (const Json& layer : At(facts_, "layers")) {
      if (NumberAt(layer, "dead") <= 0) continue;
      evidence.push_back(layer.at("name").get<std::string>() + ": " + layer.at("dead").dump() +
                         " of " + layer.at("units").dump() + " units");
    }
    if (share < kManyDead) return;
    evidence.insert(evidence.begin(), FormatPercent(share) +
                                          " of the hidden units have no influence on the answer "
                                          "for any row of a sample");
    Say("dead_units", "warning", "Many units are dead", std::move(evidence));
  }

  // As measured while the run was trained.
  void Updates() {
    std::vector<double> logs;
    std::vector<std::string> evidence;
    for (const Json& layer : At(facts_, "layers")) {
      const double ratio = NumberAt(layer, "update_ratio");
      if (!(ratio > 0)) continue;
      logs.push_back(std::log10(ratio));
      evidence.push_back(layer.at("name").get<std::string>() + ": " + Number(ratio) +
                         " of the weights a step, gradient norm " +
                         NumberOf(layer, "gradient_norm"));
    }
    if (logs.empty()) return;
    std::nth_element(logs.begin(), logs.begin() + static_cast<int64_t>(logs.size() / 2),
                     logs.end());
    const double middle = logs[logs.size() / 2];
    const bool usual = middle > -4 && middle < -1;
    Say("updates", usual ? "good" : "info",
        usual ? "Steps change the weights by a usual share"
              : "Steps change the weights by an unusual share (0.001 is usual)",
        std::move(evidence));
  }

  void Noise() {
    const Json& noise = At(facts_, "label_noise");
    if (!NoisyLabels(facts_)) return;
    std::vector<std::string> evidence = {
        "trainings on other rows contradict the labels of " + PercentRange(noise.at("share")) +
        " of the training rows so surely that the labels are likely wrong"};
    for (const Json& pair : At(noise, "pairs")) {
      evidence.push_back(FormatPercent(NumberAt(pair, "share")) + " of '" +
                         pair.at("truth").get<std::string>() + "' are labelled '" +
                         pair.at("given").get<std::string>() + "'");
    }
    if (const double kept = NumberAt(noise, "memorized"); !std::isnan(kept)) {
      evidence.push_back("the model has learned " + FormatPercent(kept) +
                         " of these labels by heart");
    }
    for (const Json& trial : Helped({"labels"})) {
      evidence.push_back(TrialText(trial));
      Propose("label_noise", trial.at("name"), trial.at("sets"), trial.at("gain"));
    }
    evidence.push_back(
        "validation labels are as wrong, so that scores there understate the model; `bottega "
        "review --check suspicious_labels` asks about the rows that an audit doubts");
    Say("label_noise", "warning", "Many labels are wrong", std::move(evidence));
  }

  void Data() {
    const Json& curve = At(facts_, "learning_curve");
    if (!curve.is_object()) return;
    const std::string verdict = curve.at("verdict");
    std::vector<std::string> evidence = {
        "with " + FormatCount(static_cast<int64_t>(2 * NumberAt(curve, "rows"))) +
        " training rows instead of " + FormatCount(static_cast<int64_t>(NumberAt(curve, "rows"))) +
        " validation loss is expected to fall by " + Range(curve.at("gain"))};
    if (!curve.at("trustworthy").get<bool>()) {
      evidence.push_back("the fitted curve is not trustworthy: " +
                         curve.at("why").get<std::string>());
    }
    const bool few = NumberAt(facts_, "training_share") < kFewTrainingRows;
    const Json& all = At(curve, "gain_of_most");
    if (few && (verdict == "yes" || (verdict != "no" && NumberAt(all, "low") > 0))) {
      evidence.push_back("only " + FormatPercent(NumberAt(facts_, "training_share")) +
                         " of the rows are trained on; with 70 % the loss is expected to fall by " +
                         Range(all));
      Propose("more_data", "train on more of the rows that there are",
              Json::array({"split.train=0.7", "split.validation=0.15", "split.test=0.15"}), all,
              /*measured=*/false);
      Say("more_data", "warning", "It is trained on few of the rows that there are",
          std::move(evidence));
    } else if (verdict == "yes") {
      Say("more_data", "info", "More data would help", std::move(evidence));
    } else if (verdict == "no") {
      Say("enough_data", "good", "More data of this kind would hardly help", std::move(evidence));
    } else {
      Say("data_unclear", "info", "Whether more data would help cannot be told",
          std::move(evidence));
    }
  }

  void Order() {
    const Json& order = At(facts_, "order");
    if (!order.is_object()) return;
    const bool shows = NumberAt(order, "high") < -0.1;
    if (!shows) return;
    Say("order_effect", "info", "What was learned last is remembered best",
        {"rank correlation between how late in its epoch a training row came and its loss: " +
         Range(order) + "; a lower learning rate at the end or averaged weights lessen it"});
  }

  void Seeds() {
    const Json& base = At(facts_, "base");
    const double spread = NumberAt(base, "seed_spread"), sampling = NumberAt(base, "row_error");
    if (!(spread > 2 * sampling) || !(spread > kWorthwhile * guessing_)) return;
    Say("seed_effect", "info", "Results depend on the seed",
        {"between seeds (initial weights, order of rows) validation loss varies by " +
         Number(spread) + ", its sampling error is " + Number(sampling)});
  }

  // Said while it was trained.
  void Running() {
    std::vector<std::string> evidence;
    for (const Json& verdict : At(facts_, "running")) {
      evidence.push_back("epoch " + verdict.at("epoch").dump() + ": " +
                         verdict.at("text").get<std::string>());
    }
    if (!evidence.empty()) {
      Say("running", "info", "Said while it was trained", std::move(evidence));
    }
  }

  std::vector<std::string> HealthyEvidence() const {
    std::vector<std::string> evidence;
    const size_t trials = At(facts_, "trials").size();
    if (trials > 0) {
      evidence.push_back(std::to_string(trials) +
                         " changes were tried, one at a time; none is better by " +
                         FormatPercent(kWorthwhile, 0) + " of the loss of guessing");
    }
    return evidence;
  }

  void Rank() {
    Json& changes = facts_["changes"];
    std::vector<Json> list(changes.begin(), changes.end());
    std::stable_sort(list.begin(), list.end(), [](const Json& a, const Json& b) {
      const double u = NumberAt(a.at("gain"), "value"), v = NumberAt(b.at("gain"), "value");
      if (std::isnan(u) || std::isnan(v)) return !std::isnan(u) && std::isnan(v);
      return u > v;
    });
    for (size_t i = 0; i < list.size(); ++i) list[i]["rank"] = i + 1;
    changes = list;
  }

  Json& facts_;
  const double guessing_;
};

}  // namespace

bool Overfits(const Json& facts) {
  const double low = NumberAt(At(At(facts, "fit"), "gap"), "low");
  return low > kOpenGap * NumberAt(facts, "guessing");
}

bool HardlyLearned(const Json& facts) {
  const double loss = NumberAt(At(At(facts, "fit"), "validation"), "value");
  const double guessing = NumberAt(facts, "guessing");
  return guessing - loss < kHardly * guessing;
}

bool NoisyLabels(const Json& facts) {
  const Json& noise = At(facts, "label_noise");
  return NumberAt(At(noise, "share"), "low") >= kNoise && NumberAt(noise, "evidence") > kEvidence;
}

double DeadShare(const Json& facts) {
  double units = 0, dead = 0;
  for (const Json& layer : At(facts, "layers")) {
    if (NumberAt(layer, "dead") < 0) continue;
    units += NumberAt(layer, "units");
    dead += NumberAt(layer, "dead");
  }
  return units > 0 ? dead / units : std::nan("");
}

void AddVerdicts(Json* facts) { Judge(facts).Run(); }

}  // namespace bottega
