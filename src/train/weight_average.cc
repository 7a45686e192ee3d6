#include "train/weight_average.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

#include "base/error.h"
#include "engine/autocast.h"
#include "model/models.h"
#include "train/forward.h"

namespace bottega {

namespace {

bool IsNormStatistic(std::string_view name) {
  return name.ends_with("running_mean") || name.ends_with("running_var") ||
         name.ends_with("num_batches_tracked");
}

void ResetNorms(Model& model) {
  for (auto [name, tensor] : model.Buffers()) {
    if (IsNormStatistic(name)) tensor.fill_(name.ends_with("running_var") ? 1 : 0);
  }
}

NamedTensors Copies(const NamedTensors& tensors) {
  NamedTensors copies;
  for (const auto& [name, tensor] : tensors) copies.emplace_back(name, tensor.detach().clone());
  return copies;
}

// An epoch from 1 on, or a share of the epochs below 1.
int64_t FirstEpoch(double from, int64_t epochs) {
  const double epoch = from < 1 ? std::ceil(from * static_cast<double>(epochs)) : from;
  return std::max<int64_t>(1, std::llround(epoch));
}

}  // namespace

std::unique_ptr<WeightAverage> WeightAverage::Make(const Json& settings,
                                                   std::shared_ptr<Model> model, int64_t epochs) {
  if (settings.is_null()) return nullptr;
  return std::unique_ptr<WeightAverage>(new WeightAverage(settings, std::move(model), epochs));
}

WeightAverage::WeightAverage(const Json& settings, std::shared_ptr<Model> model, int64_t epochs)
    : model_(std::move(model)), ema_(settings.at("name") == "ema") {
  if (ema_) {
    decay_ = settings.at("decay").get<double>();
    warmup_ = settings.at("warmup").get<bool>();
  } else {
    from_ = FirstEpoch(settings.at("from").get<double>(), epochs);
    if (!settings.at("lr").is_null()) lr_ = settings.at("lr").get<double>();
  }
  const NamedTensors buffers = model_->Buffers();
  has_norms_ = std::ranges::any_of(buffers, [](const auto& b) { return IsNormStatistic(b.first); });
  const NamedTensors all = AllTensors(*model_);
  average_ = Copies(all);
  const size_t parameters = all.size() - buffers.size();
  for (size_t i = 0; i < all.size(); ++i) {
    const bool moves = all[i].second.is_floating_point() && (ema_ || i < parameters);
    (moves ? floats_ : others_).push_back(average_[i].second);
    (moves ? model_floats_ : model_others_).push_back(all[i].second.detach());
  }
}

void WeightAverage::MoveTowards(double share) {
  const at::NoGradGuard no_grad;
  at::_foreach_lerp_(floats_, model_floats_, share);
  for (size_t i = 0; i < others_.size(); ++i) others_[i].copy_(model_others_[i]);
  ++count_;
}

void WeightAverage::AfterStep(int64_t steps_done) {
  if (!ema_) return;
  const double t = static_cast<double>(steps_done);
  const double kept = steps_done <= 1 ? 0 : warmup_ ? 1 - std::pow(t, -2.0 / 3) : decay_;
  MoveTowards(1 - std::min(kept, decay_));
}

void WeightAverage::AfterEpoch(int64_t epoch) {
  if (!ema_ && epoch >= from_) MoveTowards(1 / static_cast<double>(count_ + 1));
}

std::optional<double> WeightAverage::LearningRate(int64_t epoch) const {
  return !ema_ && epoch >= from_ ? lr_ : std::nullopt;
}

void WeightAverage::LoadState(const Json& state, const NamedTensors& tensors) {
  const at::NoGradGuard no_grad;
  const std::unordered_map<std::string, at::Tensor> given(tensors.begin(), tensors.end());
  bool fits = given.size() == average_.size() && state.contains("count");
  for (auto& [name, tensor] : average_) {
    const auto found = given.find(name);
    fits = fits && found != given.end() && found->second.sizes() == tensor.sizes();
    if (fits) tensor.copy_(found->second);
  }
  if (!fits) {
    throw Error(ErrorKind::kData, "the checkpoint's average of weights is not this model's", {},
                "`bottega train` starts a new run");
  }
  count_ = state.at("count").get<int64_t>();
}

InTheirStead::InTheirStead(Model& model, const NamedTensors& weights)
    : model_(model), before_(Copies(AllTensors(model))) {
  LoadTensors(model_, weights);
}

InTheirStead::~InTheirStead() { LoadTensors(model_, before_); }

void RefreshNorms(Model& model, Feed& feed, int64_t epoch, std::vector<int64_t> order,
                  const StepSettings& settings) {
  const at::NoGradGuard no_grad;
  ResetNorms(model);
  feed.StartEpoch(epoch, std::move(order));
  Batch batch;
  for (int64_t seen = 1; feed.Next(&batch); ++seen) {
    batch = ToDevice(std::move(batch), settings.device);
    const AutocastGuard autocast(settings.device, settings.precision);
    model.Forward(batch, {.training = true,
                          .seed = settings.seed,
                          .epoch = epoch,
                          .rows = batch.rows,
                          .norm_momentum = 1 / static_cast<double>(seen)});
  }
}

}  // namespace bottega
