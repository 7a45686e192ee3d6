#include "train/probe.h"

#include <limits>

#include "base/clock.h"
#include "base/progress.h"
#include "base/threads.h"
#include "engine/device.h"
#include "model/models.h"
#include "train/stepper.h"

namespace bottega {

namespace {

constexpr int kTimedSteps = 3;
constexpr double kEnoughSeconds = 1.5;  // one candidate's timing ends after it
constexpr int64_t kProbeRows = 16;

struct Candidate {
  std::string precision, layout;
  std::string label() const { return precision + " " + layout; }
};

// The largest divisor of `batch` that is at most `wanted`: batches are cut evenly.
int64_t EvenMicroBatch(int64_t batch, int64_t wanted) {
  int64_t micro = std::min(batch, wanted);
  while (batch % micro != 0) --micro;
  return micro;
}

// Made up rather than read: time does not depend on the values.
Batch ProbeBatch(const TrainSetup& setup, int64_t rows, bool channels_last) {
  Batch batch;
  for (int64_t i = 0; i < rows; ++i) batch.rows.push_back(i);
  const int64_t side = setup.config.input.picture_size;
  batch.pictures = at::linspace(-2, 2, rows * 3 * side * side, at::kFloat)
                       .view({rows, 3, side, side})
                       .contiguous(channels_last ? at::MemoryFormat::ChannelsLast
                                                 : at::MemoryFormat::Contiguous);
  if (setup.targets.classification) {
    batch.labels = at::arange(rows, at::kLong).remainder(setup.targets.classes);
  } else {
    batch.values = at::zeros({rows}, at::kFloat);
  }
  return batch;
}

double SecondsPerStep(const TrainSetup& setup, Model& model, const Candidate& candidate,
                      at::Device device) {
  const bool channels_last = candidate.layout == "channels_last";
  const int64_t rows = std::min(setup.settings.at("batch").get<int64_t>(), kProbeRows);
  MoveModel(model, device, channels_last);
  const StepSettings settings{.loss = setup.loss,
                              .bf16 = candidate.precision == "bf16",
                              .seed = setup.seed(),
                              .device = device};
  double best = std::numeric_limits<double>::infinity(), spent = 0;
  for (int i = 0; i <= kTimedSteps && spent < kEnoughSeconds; ++i) {
    Batch batch = ProbeBatch(setup, rows, channels_last);
    const double start = MonotonicSeconds();
    Accumulate(model, batch, 1, static_cast<double>(rows), settings);
    Synchronize(device);
    const double seconds = MonotonicSeconds() - start;
    // The first pass warms caches up; it counts only when it is the only one.
    if (i > 0 || seconds >= kEnoughSeconds) best = std::min(best, seconds);
    spent += seconds;
  }
  return best;
}

std::vector<Candidate> Candidates(const Json& settings) {
  const std::string precision = settings.at("precision").get<std::string>();
  const std::string layout = settings.at("layout").get<std::string>();
  std::vector<Candidate> list;
  for (const char* p : {"fp32", "bf16"}) {
    for (const char* l : {"contiguous", "channels_last"}) {
      if ((precision == "auto" || precision == p) && (layout == "auto" || layout == l)) {
        list.push_back({p, l});
      }
    }
  }
  return list;
}

void MeasureFormats(const TrainSetup& setup, at::Device device, Choices* choices) {
  const std::shared_ptr<Model> model = MakeModel(setup.config.settings, setup.config.input);
  std::vector<std::pair<std::string, double>> seconds;
  const std::vector<Candidate> candidates = Candidates(setup.settings);
  for (const Candidate& candidate : candidates) {
    if (candidates.size() == 1) break;
    seconds.emplace_back(candidate.label(), SecondsPerStep(setup, *model, candidate, device));
    choices->measured[candidate.label()] = seconds.back().second;
  }
  const std::string winner =
      seconds.empty() ? candidates.front().label() : FastestWorthwhile(seconds);
  for (const Candidate& candidate : candidates) {
    if (candidate.label() != winner) continue;
    choices->precision = candidate.precision;
    choices->layout = candidate.layout;
  }
}

int NumberOr(const Json& value, int otherwise) {
  return value.is_null() ? otherwise : value.get<int>();
}

}  // namespace

std::string FastestWorthwhile(const std::vector<std::pair<std::string, double>>& seconds) {
  const auto* best = &seconds.front();
  for (const auto& candidate : seconds) {
    if (candidate.second < best->second) best = &candidate;
  }
  const double worth = seconds.front().second * (1 - kWorthwhileGain);
  return best->second <= worth ? best->first : seconds.front().first;
}

Choices Choose(const TrainSetup& setup) {
  const Json& settings = setup.settings;
  const int64_t batch = settings.at("batch").get<int64_t>();
  const Json& micro = settings.at("micro_batch");
  Choices choices;
  choices.micro_batch = micro.is_null() ? batch : EvenMicroBatch(batch, micro.get<int64_t>());
  if (!micro.is_null() && micro != choices.micro_batch) {
    Note("note: a batch of " + std::to_string(batch) + " rows is cut into micro-batches of " +
         std::to_string(choices.micro_batch) + ": train.micro_batch has to divide it");
  }
  // Operators on a batch of table rows are too small to be worth a second thread, but for those of
  // many tokens a row.
  const bool large = setup.has_pictures() || setup.config.settings.at("name") == "ft_transformer";
  const int threads = large ? AvailableProcessors() : 1;
  choices.threads = NumberOr(settings.at("threads"), threads);
  choices.workers = NumberOr(settings.at("workers"), AvailableProcessors());
  if (settings.at("precision") != "auto") choices.precision = settings["precision"];
  if (!setup.has_pictures()) return choices;
  const EngineChoice engine =
      StartEngine({.device = settings.at("device").get<std::string>(), .threads = choices.threads});
  MeasureFormats(setup, engine.device, &choices);
  return choices;
}

}  // namespace bottega
