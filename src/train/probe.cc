#include "train/probe.h"

#include <limits>

#include "base/clock.h"
#include "base/progress.h"
#include "base/threads.h"
#include "engine/device.h"
#include "model/models_specs.h"
#include "train/agreement.h"
#include "train/assemble.h"
#include "train/step_probe.h"

namespace bottega {

namespace {

constexpr int kTimedSteps = 3;
constexpr double kEnoughSeconds = 1.5;  // one candidate's timing ends after it
constexpr int64_t kPictureRows = 16;
constexpr int kComparedBatches = 3;
// Multiplications of a step of a table's model below which bf16 cannot gain what its casts cost.
constexpr int64_t kLargeTableStep = 100'000'000;

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

// What formats are measured with.
struct Bench {
  const TrainSetup& setup;
  at::Device device;
  std::vector<Batch> batches;

  Choices With(const Candidate& candidate) const {
    Choices choices;
    choices.precision = candidate.precision;
    choices.layout = candidate.layout;
    return choices;
  }
  std::vector<Batch> Placed(const Candidate& candidate) const {
    std::vector<Batch> placed = batches;
    for (Batch& batch : placed) {
      if (!batch.pictures.defined()) continue;
      batch.pictures = batch.pictures.contiguous(candidate.layout == "channels_last"
                                                     ? at::MemoryFormat::ChannelsLast
                                                     : at::MemoryFormat::Contiguous);
    }
    return placed;
  }
};

double SecondsPerStep(const Bench& bench, const Candidate& candidate) {
  const Choices choices = bench.With(candidate);
  const auto stepper =
      MakeStepper(PlacedModel(bench.setup, choices, bench.device), bench.setup.settings,
                  StepSettingsOf(bench.setup, choices, bench.device));
  const std::vector<Batch> placed = bench.Placed(candidate);
  double best = std::numeric_limits<double>::infinity(), spent = 0;
  for (int i = 0; i <= kTimedSteps && spent < kEnoughSeconds; ++i) {
    std::vector<Batch> one = {placed.front()};
    const double start = MonotonicSeconds();
    stepper->Step(one, 1, 0);
    Synchronize(bench.device);
    const double seconds = MonotonicSeconds() - start;
    // The first pass warms caches up; it counts only when it is the only one.
    if (i > 0 || seconds >= kEnoughSeconds) best = std::min(best, seconds);
    spent += seconds;
  }
  return best;
}

// Whether the candidate's losses and gradients are close to those of fp32; noted in `choices`.
bool MayBeChosen(const Bench& bench, const Candidate& candidate, Choices* choices) {
  if (candidate.precision == "fp32" || bench.setup.settings.at("precision") != "auto") return true;
  const Choices with = bench.With(candidate);
  const auto model = PlacedModel(bench.setup, with, bench.device);
  const Deviation deviation = MeasureDeviation(*model, bench.Placed(candidate),
                                               StepSettingsOf(bench.setup, with, bench.device));
  choices->deviation[candidate.label()] = DeviationToJson(deviation);
  return Agrees(deviation);
}

std::vector<Candidate> Candidates(const TrainSetup& setup) {
  const std::string precision = setup.settings.at("precision").get<std::string>();
  const std::string layout = setup.settings.at("layout").get<std::string>();
  std::vector<Candidate> list;
  for (const char* p : {"fp32", "bf16", "fp16"}) {
    for (const char* l : {"contiguous", "channels_last"}) {
      const bool wanted_precision =
          precision == p || (precision == "auto" && std::string(p) != "fp16");
      const bool wanted_layout =
          setup.has_pictures() ? layout == "auto" || layout == l : std::string(l) == "contiguous";
      if (wanted_precision && wanted_layout) list.push_back({p, l});
    }
  }
  return list;
}

void MeasureFormats(const TrainSetup& setup, at::Device device, Choices* choices) {
  const std::vector<Candidate> candidates = Candidates(setup);
  Candidate winner = candidates.front();
  if (candidates.size() > 1) {
    const int64_t batch = setup.settings.at("batch").get<int64_t>();
    Choices plain = *choices;
    plain.layout = "contiguous";
    const Bench bench{setup, device,
                      FirstBatches(setup, plain, kComparedBatches,
                                   setup.has_pictures() ? std::min(batch, kPictureRows) : batch)};
    std::vector<std::pair<std::string, double>> seconds;
    for (const Candidate& candidate : candidates) {
      const double time = SecondsPerStep(bench, candidate);
      choices->measured[candidate.label()] = time;
      // Agreement takes longer than timing: it is asked of what would be chosen.
      const bool faster = seconds.empty() || time <= seconds.front().second * (1 - kWorthwhileGain);
      if (!faster || MayBeChosen(bench, candidate, choices)) {
        seconds.emplace_back(candidate.label(), time);
      }
    }
    const std::string label = FastestWorthwhile(seconds);
    for (const Candidate& candidate : candidates) {
      if (candidate.label() == label) winner = candidate;
    }
  }
  choices->precision = winner.precision;
  choices->layout = winner.layout;
}

int64_t Parameters(const TrainSetup& setup) {
  int64_t count = 0;
  for (const auto& [name, p] : PlacedModel(setup, {}, at::kCPU)->Parameters()) count += p.numel();
  return count;
}

bool WorthMeasuring(const TrainSetup& setup) {
  if (setup.has_pictures()) return true;
  if (setup.settings.at("precision") != "auto") return false;
  if (KindOfModel(setup.config.settings.at("name").get<std::string>()) != ModelKind::kNetwork) {
    return false;
  }
  return Parameters(setup) * setup.settings.at("batch").get<int64_t>() >= kLargeTableStep;
}

int NumberOr(const Json& value, int otherwise) {
  return value.is_null() ? otherwise : value.get<int>();
}

void RequireDeviceFor(const std::string& precision, at::Device device) {
  if (precision != "fp16" || !device.is_cpu()) return;
  throw Error(ErrorKind::kRecipe,
              "train.precision: fp16 needs a GPU: on a processor it is slower than fp32 and its "
              "small gradients vanish",
              {}, "bottega train --set train.precision=bf16");
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
  choices.micro_batch = micro.is_number() ? EvenMicroBatch(batch, micro.get<int64_t>()) : batch;
  if (micro.is_number() && micro != choices.micro_batch) {
    Note("note: a batch of " + std::to_string(batch) + " rows is cut into micro-batches of " +
         std::to_string(choices.micro_batch) + ": train.micro_batch has to divide it");
  }
  // Operators on a batch of table rows are too small to be worth a second thread, but for those of
  // many tokens a row.
  const bool large = setup.has_pictures() || setup.config.settings.at("name") == "ft_transformer";
  const int threads = large ? AvailableProcessors() : 1;
  choices.threads = NumberOr(settings.at("threads"), threads);
  choices.workers = NumberOr(settings.at("workers"), AvailableProcessors());
  const EngineChoice engine =
      StartEngine({.device = settings.at("device").get<std::string>(), .threads = choices.threads});
  if (settings.at("precision") != "auto") choices.precision = settings["precision"];
  RequireDeviceFor(choices.precision, engine.device);
  if (WorthMeasuring(setup)) MeasureFormats(setup, engine.device, &choices);
  return choices;
}

}  // namespace bottega
