#include "train/diagnosis/measure.h"

#include "base/files.h"
#include "base/text.h"
#include "engine/device.h"
#include "metric/diagnosis/significance.h"
#include "metric/metrics.h"
#include "model/models.h"
#include "profile/association.h"
#include "train/checkpoint.h"
#include "train/diagnosis/trials.h"
#include "train/layer_statistics.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr size_t kTableRows = 5000, kPictureRows = 1000, kLayerTableRows = 512, kLayerPictures = 64;
constexpr int64_t kLayerPicturesAtOnce = 16;
constexpr double kTwoSided = 0.975;

Json MeanToJson(const Mean& mean) {
  return EstimateToJson(mean.value, mean.Lower(kTwoSided), mean.Upper(kTwoSided));
}

std::vector<double> WeightsAt(const TrainSetup& setup, const std::vector<int64_t>& positions) {
  std::vector<double> weights;
  for (const int64_t p : positions) weights.push_back(setup.targets.weight[static_cast<size_t>(p)]);
  return weights;
}

Mean WeightedMean(const TrainSetup& setup, const std::vector<int64_t>& positions,
                  const std::vector<double>& losses) {
  return MeanLoss(DealIntoBlocks(losses, WeightsAt(setup, positions)));
}

std::vector<Json> LogLines(const fs::path& run) {
  std::vector<Json> lines;
  const fs::path path = run / "log.jsonl";
  if (!fs::exists(path)) return lines;
  for (const std::string& line : Split(ReadFile(path), '\n')) {
    if (!Trim(line).empty()) lines.push_back(ParseJson(line, path.string()));
  }
  return lines;
}

// Layers of the kept weights; what a step changed comes from the log, the median over the training.
Json MeasuredLayers(const TrainSetup& setup, const std::vector<Json>& log) {
  const LoadedModel loaded = LoadModelFrom(setup.inputs->run / "model");
  const EngineChoice engine =
      StartEngine({.device = setup.settings.at("device").get<std::string>(), .threads = 1});
  MoveModel(*loaded.model, engine.device, false);
  const size_t most = setup.has_pictures() ? kLayerPictures : kLayerTableRows;
  const auto feed = MakePlainFeed(setup, Choices(), EvenlySpread(setup.train, most),
                                  setup.has_pictures() ? kLayerPicturesAtOnce : kLayerTableRows);
  std::map<std::string, std::vector<double>> ratios;
  for (const Json& line : log) {
    if (line.value("event", "") != "layers") continue;
    for (const LayerFacts& layer : LayersFromJson(line.at("layers"))) {
      ratios[layer.name].insert(ratios[layer.name].end(), layer.update.begin(), layer.update.end());
    }
  }
  Json list = Json::array();
  for (const LayerFacts& layer : MeasureLayers(*loaded.model, *feed, setup.loss, engine.device)) {
    Json entry = {{"name", layer.name},
                  {"units", layer.units},
                  {"dead", layer.dead},
                  {"weight_norm", layer.weight},
                  {"gradient_norm", layer.gradient},
                  {"update_ratio", nullptr}};
    std::vector<double>& seen = ratios[layer.name];
    if (!seen.empty()) {
      std::nth_element(seen.begin(), seen.begin() + static_cast<int64_t>(seen.size() / 2),
                       seen.end());
      entry["update_ratio"] = seen[seen.size() / 2];
    }
    list.push_back(std::move(entry));
  }
  return list;
}

// Whether rows that came late in the epoch whose weights were kept are known better.
Json OrderEffect(const TrainSetup& setup, int64_t epoch, const std::vector<int64_t>& positions,
                 const std::vector<double>& losses) {
  std::vector<double> place(setup.train.size(), 0);
  const std::vector<int64_t> order = EpochOrder(setup, epoch);
  for (size_t i = 0; i < order.size(); ++i) {
    place[static_cast<size_t>(order[i])] = static_cast<double>(i);
  }
  std::map<int64_t, double> place_of;
  for (size_t i = 0; i < setup.train.size(); ++i) place_of[setup.train[i]] = place[i];
  std::vector<double> places;
  for (const int64_t p : positions) places.push_back(place_of[p]);
  const Estimate r = RankCorrelation(places, losses, 0.95);
  Json json = EstimateToJson(r.value, r.low, r.high);
  json["epoch"] = epoch;
  json["rows"] = positions.size();
  return json;
}

Json EpochsOf(const TrainSetup& setup, const TrainState& state, int64_t best) {
  return {{"asked", setup.settings.at("epochs")},
          {"trained", state.epoch - 1},
          {"best", best},
          {"stopped", state.stopped}};
}

Json ShortCurve(const std::vector<Json>& log) {
  Json curve = Json::array();
  for (const Json& line : log) {
    if (line.value("event", "") != "epoch") continue;
    Json point = {{"epoch", line.at("epoch")}};
    for (const char* key : {"train.loss", "validation.loss", "lr"}) {
      if (line.contains(key)) point[key] = line.at(key);
    }
    curve.push_back(std::move(point));
  }
  return curve;
}

}  // namespace

Json EstimateToJson(double value, double low, double high) {
  const auto number = [](double v) { return std::isfinite(v) ? Json(v) : Json(); };
  return {{"value", number(value)}, {"low", number(low)}, {"high", number(high)}};
}

void MeasureRun(const TrainSetup& setup, const std::string& score, Json* facts) {
  const FittedPlan& plan = *setup.inputs->plan;
  const fs::path& run = setup.inputs->run;
  const std::vector<int64_t> rows =
      EvenlySpread(setup.train, setup.has_pictures() ? kPictureRows : kTableRows);
  const Predictions trained = PredictWith(run, setup, rows);
  const Predictions held = PredictWith(run, setup, setup.validation);
  const std::vector<double> train_loss = ProperLosses(trained, plan);
  const Mean train = WeightedMean(setup, rows, train_loss);
  const Mean validation = WeightedMean(setup, setup.validation, ProperLosses(held, plan));
  const double guessing =
      WeightedMean(setup, setup.validation, GuessingLosses(setup, setup.validation)).value;
  (*facts)["guessing"] = guessing;
  (*facts)["fit"] = {{"train", MeanToJson(train)},
                     {"validation", MeanToJson(validation)},
                     {"gap", MeanToJson(DifferenceOf(validation, train))},
                     {"train_rows", rows.size()},
                     {"validation_rows", setup.validation.size()},
                     {"score", score},
                     {"train_score", Metric(score, trained)},
                     {"validation_score", Metric(score, held)}};
  const std::vector<Json> log = LogLines(run);
  (*facts)["curve"] = ShortCurve(log);
  (*facts)["running"] = Json::array();
  for (const Json& line : log) {
    if (line.value("event", "") == "verdict") (*facts)["running"].push_back(line);
  }
  (*facts)["layers"] = MeasuredLayers(setup, log);
  if (const auto state = LoadTrainState(run)) {
    int64_t best = state->stopper.value("best_epoch", int64_t{0});
    if (best == 0) best = state->epoch - 1;
    (*facts)["epochs"] = EpochsOf(setup, *state, best);
    (*facts)["order"] = OrderEffect(setup, best, rows, train_loss);
  }
}

}  // namespace bottega
