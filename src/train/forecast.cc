#include "train/forecast.h"

#include <algorithm>

#include "base/memory.h"
#include "base/text.h"
#include "data/image/picture.h"
#include "train/training_watch.h"

namespace bottega {

namespace {

constexpr int kFormat = 1;
constexpr const char* kProgram = "program, libraries, data as read";
constexpr const char* kActivations = "activations of a micro-batch";
constexpr const char* kWatched = "weights before a step, to watch it";
constexpr const char* kScratch = "kernels' scratch space, allocator";
constexpr size_t kHeadersRead = 128;
// What oneDNN and the allocator take beside an activation, where no probe has measured it.
constexpr double kScratchShare = 0.15;

// Bytes of one decoded picture that is kept across epochs: the cut one, or with `crop` the
// original.
int64_t KeptBytes(const TrainSetup& setup) {
  const int64_t side = setup.config.input.picture_size;
  const Json& augment = setup.inputs->recipe.at("augment");
  const bool crop = std::ranges::any_of(
      augment, [](const Json& step) { return step.at("name").get<std::string>() == "crop"; });
  if (!crop) return 3 * side * side;
  const size_t step = std::max<size_t>(1, setup.train.size() / kHeadersRead);
  int64_t bytes = 0, read = 0;
  for (size_t i = 0; i < setup.train.size(); i += step) {
    try {
      const PictureInfo info =
          setup.pictures->Info((*setup.cells)[static_cast<size_t>(setup.train[i])]);
      bytes += int64_t{3} * info.width * info.height;
      ++read;
    } catch (const Error&) {
      continue;  // the feed reports it
    }
  }
  return read > 0 ? bytes / read : 0;
}

int64_t CacheBytes(int64_t rows, int64_t each) {
  const int64_t bytes = rows * each;
  return bytes <= PictureFeedOptions{}.cache_bytes ? bytes : 0;
}

// Pictures of both parts that stay decoded from the first epoch on.
int64_t CachedPictures(const TrainSetup& setup) {
  if (!setup.has_pictures()) return 0;
  const int64_t side = setup.config.input.picture_size;
  return CacheBytes(static_cast<int64_t>(setup.train.size()), KeptBytes(setup)) +
         CacheBytes(static_cast<int64_t>(setup.validation.size()), 3 * side * side);
}

// Batches decoded ahead and those of the step under way.
int64_t BatchBytes(const TrainSetup& setup, const Choices& choices) {
  const int64_t batch = setup.settings.at("batch").get<int64_t>();
  if (!setup.has_pictures()) {
    return batch * (setup.config.input.numbers * 4 +
                    static_cast<int64_t>(setup.config.input.cardinality.size()) * 8 + 24);
  }
  const int64_t side = setup.config.input.picture_size;
  return (PictureFeedOptions{}.prefetch * choices.micro_batch + batch) * 3 * side * side * 4;
}

int64_t FeatureBytes(const TrainSetup& setup) {
  if (!setup.features) return 0;
  return static_cast<int64_t>(setup.features->numbers.size() * sizeof(float) +
                              setup.features->codes.size() * sizeof(int32_t));
}

// Rows of a stream of `rows` that are shuffled among each other, with their order.
int64_t WindowBytes(const TrainSetup& setup, int64_t rows) {
  const int64_t window = setup.settings.at("window").get<int64_t>();
  return std::min(window, rows) * (setup.stream->layout().record_bytes() + 8);
}

int64_t WindowBytes(const TrainSetup& setup) {
  return setup.stream ? WindowBytes(setup, StreamRows(setup)) : 0;
}

// A probe's stream may be shorter than the window that the training is going to have.
int64_t WindowBeyondProbe(const TrainSetup& setup) {
  return setup.stream ? WindowBytes(setup) - WindowBytes(setup, setup.stream->rows()) : 0;
}

// The average itself, and the training's weights while it is scored in their stead.
int64_t AverageBytes(const TrainSetup& setup, const StepMemory& step) {
  return setup.settings.at("average").is_null() ? 0 : 2 * step.weights;
}

void Sum(Forecast* forecast) {
  std::erase_if(forecast->parts, [](const MemoryPart& part) { return part.bytes == 0; });
  forecast->peak = 0;
  for (const MemoryPart& part : forecast->parts) forecast->peak += part.bytes;
}

MemoryPart& PartOf(Forecast* forecast, const std::string& name) {
  const auto found = std::ranges::find(forecast->parts, name, &MemoryPart::name);
  if (found != forecast->parts.end()) return *found;
  forecast->parts.push_back({name, 0});
  return forecast->parts.back();
}

}  // namespace

Forecast ComputeForecast(const TrainSetup& setup, const Choices& choices, const StepMemory& step) {
  Forecast forecast;
  const int64_t features = FeatureBytes(setup);
  const int64_t activations = step.Activations(choices.micro_batch);
  forecast.parts = {
      {kProgram, ResidentMemory() - features},
      {"table as the model reads it", features},
      {"decoded pictures, kept", CachedPictures(setup)},
      {"window of the stream", WindowBytes(setup)},
      {"batches on their way", BatchBytes(setup, choices)},
      {"weights", step.weights},
      {"weights of the best epoch", step.weights},
      {"average of the weights", AverageBytes(setup, step)},
      {kWatched, step.weights},
      {"gradients", step.gradients},
      {"optimizer's slots", step.slots},
      {kActivations, activations},
      {kScratch, static_cast<int64_t>(kScratchShare * static_cast<double>(activations))}};
  const int64_t batch = setup.settings.at("batch").get<int64_t>();
  forecast.steps_per_epoch = (EpochRows(setup) + batch - 1) / batch;
  forecast.epochs = setup.settings.at("epochs").get<int64_t>();
  Sum(&forecast);
  return forecast;
}

void UseProbe(const TrainSetup& setup, const ProbeResult& probe, Forecast* forecast) {
  forecast->probe_steps = probe.steps;
  forecast->step_seconds = probe.step_seconds;
  forecast->score_seconds = probe.score_seconds;
  forecast->watch_seconds = probe.watch_seconds;
  const int64_t cached = CachedPictures(setup);
  const int64_t rows = static_cast<int64_t>(setup.train.size() + setup.validation.size());
  const int64_t in_probe = rows > 0 ? cached * probe.pictures / rows : 0;
  const int64_t peak = probe.peak + (cached - in_probe) + WindowBeyondProbe(setup) +
                       PartOf(forecast, "weights of the best epoch").bytes +
                       PartOf(forecast, "average of the weights").bytes +
                       PartOf(forecast, kWatched).bytes;
  MemoryPart& scratch = PartOf(forecast, kScratch);
  const int64_t explained = forecast->peak - scratch.bytes;
  scratch.bytes = std::max<int64_t>(0, peak - explained);
  // What was counted and found room in memory that the process held already.
  int64_t too_much = std::max<int64_t>(0, explained - peak);
  for (const char* name : {kProgram, kActivations}) {
    MemoryPart& part = PartOf(forecast, name);
    const int64_t taken = std::min(too_much, part.bytes);
    part.bytes -= taken;
    too_much -= taken;
  }
  Sum(forecast);
}

Measured MeanOf(Measured sums, double seconds) {
  sums.peak = PeakMemory();
  sums.seconds = seconds;
  if (sums.steps > 0) sums.step_seconds /= static_cast<double>(sums.steps);
  if (sums.epochs > 0) sums.score_seconds /= static_cast<double>(sums.epochs);
  return sums;
}

Json ForecastToJson(const Forecast& forecast) {
  Json parts = Json::array();
  for (const MemoryPart& part : forecast.parts) {
    parts.push_back({{"name", part.name}, {"bytes", part.bytes}});
  }
  const bool timed = forecast.probe_steps > 0;
  const double total = forecast.EpochSeconds() * static_cast<double>(forecast.epochs) +
                       forecast.watch_seconds * static_cast<double>(WatchedEpochs(forecast.epochs));
  return {{"format", kFormat},
          {"memory", {{"peak", forecast.peak}, {"parts", parts}}},
          {"time",
           {{"step_seconds", timed ? Json(forecast.step_seconds) : Json()},
            {"score_seconds", timed ? Json(forecast.score_seconds) : Json()},
            {"watch_seconds", timed ? Json(forecast.watch_seconds) : Json()},
            {"total_seconds", timed ? Json(total) : Json()},
            {"steps_per_epoch", forecast.steps_per_epoch},
            {"epochs", forecast.epochs}}},
          {"probe_steps", forecast.probe_steps}};
}

Json MeasuredToJson(const Measured& measured) {
  return {{"peak", measured.peak},
          {"steps", measured.steps},
          {"epochs", measured.epochs},
          {"watched", measured.watched},
          {"step_seconds", measured.step_seconds},
          {"score_seconds", measured.score_seconds},
          {"seconds", measured.seconds}};
}

std::string CompareText(const Json& forecast, const Measured& measured) {
  std::string text = "memory at most " + FormatBytes(measured.peak) + " (forecast " +
                     FormatBytes(forecast.at("memory").at("peak").get<int64_t>()) + ")";
  const Json& time = forecast.at("time");
  if (measured.steps == 0 || time.at("step_seconds").is_null()) return text;
  const double step = time.at("step_seconds").get<double>();
  const double all = step * static_cast<double>(measured.steps) +
                     time.at("score_seconds").get<double>() * static_cast<double>(measured.epochs) +
                     time.value("watch_seconds", 0.0) * static_cast<double>(measured.watched);
  return text + ", a step " + FormatDuration(measured.step_seconds) + " (" + FormatDuration(step) +
         "), in all " + FormatDuration(measured.seconds) + " (" + FormatDuration(all) + ")";
}

}  // namespace bottega
