#include "metric/diagnosis/running_verdicts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "profile/association.h"

namespace bottega {

namespace {

// Chance of a false alarm of one test; most verdicts also have to hold in epochs in a row.
constexpr double kLevel = 0.99, kTrend = 0.05;
constexpr double kMaterial = 0.1;       // of what was gained over guessing
constexpr double kLeastGain = 0.05;     // of the loss of guessing
constexpr int64_t kPatienceEpochs = 5;  // warm-up is over and a healthy network has learned
constexpr double kDeadShare = 0.25;
constexpr double kCost = 0.15;  // of the gain, that regularization costs in training
constexpr double kSmallUpdate = -3.5, kLargeUpdate = -1.5;  // log10; 1e-3 is the usual
constexpr size_t kUpdatesWanted = 8;
constexpr double kShrunk = 0.5;
constexpr double kSpikeDeviations = 8, kNormalMad = 1.4826, kLeastSpike = 2;
constexpr size_t kStepsForSpikes = 20;

double MedianOf(std::vector<double> values) {
  if (values.empty()) return std::nan("");
  const size_t middle = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + static_cast<int64_t>(middle), values.end());
  return values[middle];
}

std::string Number(double value) { return FormatNumber(value, 3); }

std::string Since(int64_t epoch) { return "since epoch " + std::to_string(epoch); }

Json BlocksToJson(const BlockLosses& blocks) {
  return {{"sum", blocks.sum}, {"weight", blocks.weight}};
}

// null, which stands for NaN, included.
std::vector<double> Numbers(const Json& list) {
  std::vector<double> values;
  for (const Json& value : list) {
    values.push_back(value.is_number() ? value.get<double>() : std::nan(""));
  }
  return values;
}

BlockLosses BlocksFromJson(const Json& json) {
  return {Numbers(json.at("sum")), Numbers(json.at("weight"))};
}

}  // namespace

int64_t CountSpikes(const std::vector<double>& losses, double guessing) {
  if (losses.size() < kStepsForSpikes) return 0;
  std::vector<double> logs, deviations;
  for (const double loss : losses) logs.push_back(std::log(std::max(loss, 1e-12)));
  const double median = MedianOf(logs);
  for (const double value : logs) deviations.push_back(std::abs(value - median));
  const double most = median + std::max(kSpikeDeviations * kNormalMad * MedianOf(deviations),
                                        std::log(kLeastSpike));
  int64_t count = 0;
  for (size_t i = 0; i < losses.size(); ++i) count += logs[i] > most && losses[i] > guessing;
  return count;
}

Json VerdictToJson(const RunningVerdict& verdict) {
  return {{"event", "verdict"},     {"name", verdict.name}, {"epoch", verdict.epoch},
          {"since", verdict.since}, {"text", verdict.text}, {"evidence", verdict.evidence}};
}

RunningVerdicts::RunningVerdicts(BlockLosses guessing, double guess)
    : guessing_(std::move(guessing)), guess_(guess) {
  if (!guessing_.empty()) guess_ = guessing_.Mean();
}

std::vector<RunningVerdict> RunningVerdicts::Observe(const EpochFacts& facts) {
  Remember(facts);
  std::vector<RunningVerdict> verdicts;
  for (const Judge judge :
       {&RunningVerdicts::DeadUnits, &RunningVerdicts::Updates, &RunningVerdicts::WeightsShrink,
        &RunningVerdicts::NotLearning, &RunningVerdicts::Spikes, &RunningVerdicts::OverRegularized,
        &RunningVerdicts::Overfitting}) {
    std::optional<RunningVerdict> verdict = (this->*judge)(facts);
    if (!verdict || !said_.insert(verdict->name).second) continue;
    verdict->epoch = facts.epoch;
    verdicts.push_back(std::move(*verdict));
  }
  return verdicts;
}

void RunningVerdicts::Remember(const EpochFacts& facts) {
  train_.push_back(facts.train.value);
  validation_.push_back(facts.validation.empty() ? std::nan("") : facts.validation.Mean());
  if (std::isfinite(validation_.back()) &&
      (best_epoch_ == 0 || validation_.back() < best_.Mean())) {
    best_ = facts.validation;
    best_epoch_ = facts.epoch;
  }
  double squares = 0;
  std::vector<std::vector<double>> by_step;
  for (const LayerFacts& layer : facts.layers) {
    squares += layer.weight * layer.weight;
    by_step.resize(std::max(by_step.size(), layer.update.size()));
    for (size_t i = 0; i < layer.update.size(); ++i) {
      if (layer.update[i] > 0) by_step[i].push_back(std::log10(layer.update[i]));
    }
  }
  for (const std::vector<double>& step : by_step) {
    if (!step.empty()) updates_.push_back(MedianOf(step));
  }
  if (squares > 0) norms_.push_back(std::log(squares) / 2);
  if (facts.spikes == 0) return;
  spikes_ += facts.spikes;
  if (spiked_epochs_++ == 0) first_spike_ = facts.epoch;
}

bool RunningVerdicts::InARow(const char* name, bool holds, int wanted) {
  const int count = holds ? in_a_row_.value(name, 0) + 1 : 0;
  in_a_row_[name] = count;
  return count >= wanted;
}

// Validation loss has risen from its least by more than a tenth of what had been gained, over the
// same rows, while training loss went on falling.
std::optional<RunningVerdict> RunningVerdicts::Overfitting(const EpochFacts& facts) {
  if (facts.validation.empty() || best_epoch_ == facts.epoch) {
    InARow("overfitting", false, 3);
    return std::nullopt;
  }
  const double gain = std::max(guess_ - best_.Mean(), kLeastGain * std::abs(guess_));
  const Mean rise = MeanRise(facts.validation, best_);
  const std::vector<double> training(train_.begin() + (best_epoch_ - 1), train_.end());
  const bool holds = rise.Lower(kLevel) > kMaterial * gain && FallingChance(training) < kTrend;
  if (!InARow("overfitting", holds, 3)) return std::nullopt;
  RunningVerdict verdict{.name = "overfitting", .since = best_epoch_};
  verdict.text = "overfitting " + Since(best_epoch_) + ": validation loss rose from " +
                 Number(best_.Mean()) + " to " + Number(validation_.back()) +
                 " while training loss fell from " + Number(training.front()) + " to " +
                 Number(training.back());
  verdict.evidence = {{"validation_rise", rise.value},
                      {"validation_rise_low", rise.Lower(kLevel)},
                      {"training_trend_p", FallingChance(training)}};
  return verdict;
}

// The training loss is surely within a twentieth of guessing and the validation loss is as well;
// few rows know that poorly, so that it has to be sure only where the training loss cannot be
// compared.
std::optional<RunningVerdict> RunningVerdicts::NotLearning(const EpochFacts& facts) {
  const double margin = kLeastGain * std::abs(guess_);
  double most = guess_ - facts.train.Lower(kLevel);
  if (!facts.validation.empty()) {
    const Mean rise = MeanRise(facts.validation, guessing_);
    most = facts.comparable ? std::max(most, -rise.value) : -rise.Lower(kLevel);
  }
  const bool holds = facts.epoch >= kPatienceEpochs && most < margin;
  if (!InARow("not_learning", holds, 2)) return std::nullopt;
  RunningVerdict verdict{.name = "not_learning", .since = 1};
  verdict.text = "the loss is not falling: after " + std::to_string(facts.epoch) +
                 " epochs training loss is " + Number(facts.train.value) +
                 ", and always giving the same answer costs " + Number(guess_);
  verdict.evidence = {
      {"train_loss", facts.train.value}, {"guessing", guess_}, {"largest_gain", most}};
  return verdict;
}

// With dropout and augmentation on, the loss of an epoch stays above the validation loss before and
// after it by more than a seventh of what was gained.
std::optional<RunningVerdict> RunningVerdicts::OverRegularized(const EpochFacts& facts) {
  if (facts.validation.empty() || !facts.comparable || facts.epoch < 2) return std::nullopt;
  Mean easier = MeanLoss(facts.validation);
  easier.value = std::max(easier.value, validation_[validation_.size() - 2]);
  const double gain = guess_ - easier.value;
  const Mean cost = DifferenceOf(facts.train, easier);
  const bool holds = gain > kLeastGain * std::abs(guess_) && cost.Lower(kLevel) > kCost * gain;
  if (!InARow("over_regularized", holds, 4)) return std::nullopt;
  RunningVerdict verdict{.name = "over_regularized", .since = facts.epoch - 3};
  verdict.text = "regularized strongly: with dropout and augmentation on, training loss (" +
                 Number(facts.train.value) + ") stays above validation loss (" +
                 Number(easier.value) + "), by " + FormatPercent(cost.value / gain, 0) +
                 " of what was learned";
  verdict.evidence = {{"cost", cost.value}, {"cost_low", cost.Lower(kLevel)}, {"gain", gain}};
  return verdict;
}

std::optional<RunningVerdict> RunningVerdicts::Spikes(const EpochFacts&) {
  if (spikes_ < 3 || spiked_epochs_ < 2) return std::nullopt;
  RunningVerdict verdict{.name = "spikes", .since = first_spike_};
  verdict.text = "the loss spikes: in " + std::to_string(spiked_epochs_) + " epochs " +
                 std::to_string(spikes_) + " steps stood far above the others and above guessing";
  verdict.evidence = {{"steps", spikes_}, {"epochs", spiked_epochs_}};
  return verdict;
}

// Over all hidden layers surely more than a quarter, or all of one layer, twice in a row.
std::optional<RunningVerdict> RunningVerdicts::DeadUnits(const EpochFacts& facts) {
  if (facts.layers.empty()) return std::nullopt;
  double units = 0, dead = 0, worst = 0;
  std::string name;
  for (const LayerFacts& layer : facts.layers) {
    if (layer.dead < 0) continue;
    units += static_cast<double>(layer.units);
    dead += static_cast<double>(layer.dead);
    const double share = static_cast<double>(layer.dead) / static_cast<double>(layer.units);
    if (share <= worst) continue;
    worst = share;
    name = layer.name;
  }
  const bool holds =
      units > 0 && (ShareOf(dead, units, 0.98).low > kDeadShare || (worst == 1 && !name.empty()));
  if (!InARow("dead_units", holds, 2)) return std::nullopt;
  RunningVerdict verdict{.name = "dead_units", .since = facts.epoch};
  verdict.text = FormatPercent(dead / units, 0) +
                 " of the hidden units are dead: no training row "
                 "reaches the answer through them (worst: " +
                 name + ", " + FormatPercent(worst, 0) + ")";
  verdict.evidence = {{"units", units}, {"dead", dead}, {"worst", name}, {"worst_share", worst}};
  return verdict;
}

std::optional<RunningVerdict> RunningVerdicts::Updates(const EpochFacts& facts) {
  if (facts.layers.empty() || updates_.size() < kUpdatesWanted) return std::nullopt;
  const Mean mean = MeanOf(updates_);
  const bool small = mean.Upper(kLevel)<kSmallUpdate, large = mean.Lower(kLevel)> kLargeUpdate;
  if (!small && !large) return std::nullopt;
  RunningVerdict verdict{.name = small ? "updates_small" : "updates_large", .since = 1};
  verdict.text = "a step changes the weights by " + Number(std::pow(10, mean.value)) +
                 " of their size, where 0.001 is usual: the learning rate is too " +
                 (small ? "low" : "high");
  verdict.evidence = {{"update_ratio", std::pow(10, mean.value)},
                      {"low", std::pow(10, mean.Lower(kLevel))},
                      {"high", std::pow(10, mean.Upper(kLevel))},
                      {"steps", updates_.size()}};
  return verdict;
}

// The weights' norm falls from measurement to measurement and is down by half.
std::optional<RunningVerdict> RunningVerdicts::WeightsShrink(const EpochFacts& facts) {
  if (facts.layers.empty() || norms_.size() < 4) return std::nullopt;
  const double left = std::exp(norms_.back() - norms_.front());
  if (left > kShrunk || FallingChance(norms_) >= kTrend) return std::nullopt;
  RunningVerdict verdict{.name = "weights_shrink", .since = 1};
  verdict.text = "the weights shrink: their norm is " + FormatPercent(left, 0) +
                 " of what it was in the first epoch; weight decay outweighs what is learned";
  verdict.evidence = {{"share_left", left}, {"trend_p", FallingChance(norms_)}};
  return verdict;
}

Json RunningVerdicts::State() const {
  return {{"train", train_},
          {"validation", validation_},
          {"best", BlocksToJson(best_)},
          {"best_epoch", best_epoch_},
          {"updates", updates_},
          {"norms", norms_},
          {"spikes", {spikes_, spiked_epochs_, first_spike_}},
          {"in_a_row", in_a_row_},
          {"said", said_}};
}

void RunningVerdicts::LoadState(const Json& state) {
  train_ = Numbers(state.at("train"));
  validation_ = Numbers(state.at("validation"));
  best_ = BlocksFromJson(state.at("best"));
  best_epoch_ = state.at("best_epoch").get<int64_t>();
  updates_ = Numbers(state.at("updates"));
  norms_ = Numbers(state.at("norms"));
  spikes_ = state.at("spikes").at(0).get<int64_t>();
  spiked_epochs_ = state.at("spikes").at(1).get<int64_t>();
  first_spike_ = state.at("spikes").at(2).get<int64_t>();
  in_a_row_ = state.at("in_a_row");
  said_ = state.at("said").get<std::set<std::string>>();
}

}  // namespace bottega
