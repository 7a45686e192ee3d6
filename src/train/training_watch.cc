#include "train/training_watch.h"

#include "optim/loss.h"
#include "train/forward.h"
#include "train/layer_statistics.h"

namespace bottega {

namespace {

constexpr size_t kTableSample = 256, kPictureSample = 64;
constexpr int64_t kStepsMeasured = 4;  // of an epoch
constexpr int64_t kMostLosses = 512;   // kept of an epoch
constexpr double kLeastFactor = 0.01;  // of a learning rate that says something

bool Mentions(const Json& json, const std::string& word) {
  if (json.is_string()) return json.get<std::string>().find(word) != std::string::npos;
  if (!json.is_structured()) return false;
  for (const auto& [key, value] : json.items()) {
    if ((json.is_object() && key.find(word) != std::string::npos && !value.is_null() &&
         value != 0) ||
        Mentions(value, word)) {
      return true;
    }
  }
  return false;
}

// Mixed rows and weighted classes make training loss another quantity than validation loss.
bool Comparable(const TrainSetup& setup) {
  if (!setup.settings.at("balance").is_null()) return false;
  const Json& loss = setup.loss;
  if (loss.contains("class_weights") && !loss.at("class_weights").is_null()) return false;
  const Json& recipe = setup.inputs->recipe;
  for (const char* word : {"mixup", "cutmix"}) {
    if (Mentions(recipe.at("augment"), word) || Mentions(setup.settings, word)) return false;
  }
  return true;
}

std::vector<double> WeightsOf(const Targets& targets, const std::vector<int64_t>& positions) {
  std::vector<double> weights;
  for (const int64_t p : positions) weights.push_back(targets.weight[static_cast<size_t>(p)]);
  return weights;
}

BlockLosses Blocks(const TrainSetup& setup, const std::vector<int64_t>& positions,
                   const at::Tensor& logits) {
  return DealIntoBlocks(RowLosses(setup.loss, logits, setup.targets, positions),
                        WeightsOf(setup.targets, positions));
}

}  // namespace

std::vector<int64_t> WatchedRows(const TrainSetup& setup) {
  return EvenlySpread(setup.train, setup.has_pictures() ? kPictureSample : kTableSample);
}

int64_t WatchedAtOnce(const Choices& choices) {
  return std::max<int64_t>(1, choices.micro_batch / 2);
}

// 1, 2, 3, 4, 6, 8, 12, 16, 24 ...: powers of two and three halves of them.
bool IsWatched(int64_t epoch) {
  while (epoch % 2 == 0) epoch /= 2;
  return epoch == 1 || epoch == 3;
}

int64_t WatchedEpochs(int64_t epochs) {
  int64_t count = 0;
  for (int64_t epoch = 1; epoch <= epochs; ++epoch) count += IsWatched(epoch);
  return count;
}

std::vector<double> RowLosses(const Json& loss, const at::Tensor& logits, const Targets& targets,
                              const std::vector<int64_t>& positions) {
  const at::AutoGradMode gradients(true);
  Batch batch = TargetBatch(targets, positions);
  // The sum of w_i l_i by w_i is l_i.
  batch.weights = at::ones({static_cast<int64_t>(positions.size())}, at::kFloat);
  batch.weights.set_requires_grad(true);
  const at::Tensor sum = LossSum(loss, logits.detach().clone(), batch);
  const at::Tensor each = torch::autograd::grad({sum}, {batch.weights})[0].contiguous();
  const float* values = each.const_data_ptr<float>();
  return {values, values + each.numel()};
}

at::Tensor GuessingLogits(const TrainSetup& setup, int64_t n) {
  const Targets& targets = setup.targets;
  at::Tensor one = at::zeros({1, targets.outputs()}, at::kFloat);
  if (targets.classification) {
    std::vector<double> count(static_cast<size_t>(targets.classes), 0.5);
    for (const int64_t p : setup.train) {
      const size_t at = static_cast<size_t>(p);
      count[static_cast<size_t>(targets.labels[at])] += targets.weight[at];
    }
    for (size_t k = 0; k < count.size(); ++k) {
      one.mutable_data_ptr<float>()[k] = static_cast<float>(std::log(count[k]));
    }
  }
  return one.expand({n, targets.outputs()}).contiguous();
}

TrainingWatch::TrainingWatch(const TrainSetup& setup, const Choices& choices,
                             std::shared_ptr<Model> model, at::Device device)
    : setup_(setup),
      choices_(choices),
      model_(std::move(model)),
      device_(device),
      comparable_(Comparable(setup)) {
  BlockLosses guessing;
  const std::vector<int64_t>& rows = setup.validation.empty() ? setup.train : setup.validation;
  guessing = Blocks(setup, rows, GuessingLogits(setup, static_cast<int64_t>(rows.size())));
  guess_ = guessing.Mean();
  if (setup.validation.empty()) guessing = {};
  verdicts_ = std::make_unique<RunningVerdicts>(std::move(guessing), guess_);
}

void TrainingWatch::BeforeStep(int64_t epoch, int64_t batch, int64_t steps) {
  stride_ = (steps + kMostLosses - 1) / kMostLosses;
  batch_ = batch;
  before_.clear();
  if (!IsWatched(epoch)) return;
  const int64_t measured = std::min(kStepsMeasured, steps);
  bool now = false;
  for (int64_t i = 0; i < measured; ++i) now |= batch == (2 * i + 1) * steps / (2 * measured);
  if (!now) return;
  const at::NoGradGuard no_gradients;
  for (const auto& [name, weight] : bottega::Layers(*model_)) before_.push_back(weight.clone());
}

void TrainingWatch::AfterStep(const StepSums& sums, double factor) {
  if (batch_ % stride_ == 0 && sums.weight > 0) losses_.push_back(sums.loss / sums.weight);
  if (before_.empty()) return;
  if (factor >= kLeastFactor) {
    std::vector<double> ratios = UpdateRatios(bottega::Layers(*model_), before_);
    for (double& ratio : ratios) ratio /= factor;
    updates_.push_back(std::move(ratios));
  }
  before_.clear();
}

void TrainingWatch::Validated(const at::Tensor& logits) {
  validation_ = Blocks(setup_, setup_.validation, logits);
}

std::vector<LayerFacts> TrainingWatch::Layers() {
  if (!sample_) {
    sample_ = MakePlainFeed(setup_, choices_, WatchedRows(setup_), WatchedAtOnce(choices_));
  }
  std::vector<LayerFacts> layers = MeasureLayers(*model_, *sample_, setup_.loss, device_);
  for (const std::vector<double>& step : updates_) {
    for (size_t i = 0; i < layers.size(); ++i) layers[i].update.push_back(step[i]);
  }
  return layers;
}

std::vector<Json> TrainingWatch::EndEpoch(int64_t epoch, double train_loss) {
  EpochFacts facts{.epoch = epoch, .train = MeanOf(losses_), .comparable = comparable_};
  facts.train.value = train_loss;
  facts.validation = std::move(validation_);
  facts.spikes = CountSpikes(losses_, guess_);
  std::vector<Json> lines;
  if (IsWatched(epoch)) {
    facts.layers = Layers();
    if (!facts.layers.empty()) {
      lines.push_back(
          {{"event", "layers"}, {"epoch", epoch}, {"layers", LayersToJson(facts.layers)}});
    }
  }
  for (const RunningVerdict& verdict : verdicts_->Observe(facts)) {
    lines.push_back(VerdictToJson(verdict));
  }
  losses_.clear();
  updates_.clear();
  validation_ = {};
  return lines;
}

Json TrainingWatch::State() const {
  return {{"losses", losses_}, {"updates", updates_}, {"verdicts", verdicts_->State()}};
}

void TrainingWatch::LoadState(const Json& state) {
  losses_ = state.at("losses").get<std::vector<double>>();
  updates_ = state.at("updates").get<std::vector<std::vector<double>>>();
  verdicts_->LoadState(state.at("verdicts"));
}

}  // namespace bottega
