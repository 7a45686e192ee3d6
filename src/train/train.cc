#include <filesystem>

#include "base/clock.h"
#include "base/files.h"
#include "base/memory.h"
#include "base/progress.h"
#include "base/text.h"
#include "engine/capture.h"
#include "engine/device.h"
#include "train/memory_choice.h"
#include "train/probe.h"
#include "train/train_stage.h"
#include "train/trainer.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

TrainOutcome OutcomeOf(const TrainState& state) {
  TrainOutcome outcome{.epochs = state.epoch - 1,
                       .stopped = state.stopped,
                       .seconds = state.seconds,
                       .curve = state.curve};
  outcome.best_epoch = state.stopper.value("best_epoch", int64_t{0});
  if (outcome.best_epoch == 0) outcome.best_epoch = outcome.epochs;
  return outcome;
}

// Short beside what follows: the plan verb takes its time.
constexpr ProbeEffort kTrainingEffort{.steps = 20, .seconds = 1.5};

fs::path ForecastPath(const fs::path& run) { return run / "forecast.json"; }

at::Device DeviceOf(const TrainSetup& setup, const Choices& choices) {
  return StartEngine(
             {.device = setup.settings.at("device").get<std::string>(), .threads = choices.threads})
      .device;
}

// Puts what a sitting took beside what was forecast, and says both.
void CompareForecast(const fs::path& run, const Measured& measured) {
  const fs::path path = ForecastPath(run);
  if (!fs::exists(path)) return;
  Json forecast = ReadJson(path);
  forecast["measured"].push_back(MeasuredToJson(measured));
  WriteJson(path, forecast);
  Note(CompareText(forecast, measured));
}

// Those in the run folder, else freshly made and written there before returning.
Choices DecideChoices(const TrainInputs& inputs, const TrainSetup& setup) {
  const fs::path own = inputs.run / "choices.json";
  if (!fs::exists(own)) {
    Choices choices = Choose(setup);
    const Forecast forecast =
        SettleMemory(setup, DeviceOf(setup, choices), kTrainingEffort, true, &choices);
    if (forecast.probe_steps == 0) {
      Note("note: the training would take " + FormatBytes(forecast.peak) +
           " of memory, more than is free; `bottega plan` shows what takes less");
    }
    WriteJson(ForecastPath(inputs.run), ForecastToJson(forecast));
    WriteJson(own, ChoicesToJson(choices));
    return choices;
  }
  const Choices choices = ChoicesFromJson(ReadJson(own), own.string());
  const int64_t batch = setup.settings.at("batch").get<int64_t>();
  if (batch % choices.micro_batch != 0) {
    throw Error(ErrorKind::kRecipe,
                "train.batch is " + std::to_string(batch) + ", no multiple of the micro-batch of " +
                    std::to_string(choices.micro_batch),
                {.file = own.string()},
                "bottega train --set train.batch=" + std::to_string(choices.micro_batch));
  }
  const bool begins = !fs::exists(LastCheckpointPath(inputs.run));
  if (begins) RequireFit(setup, DeviceOf(setup, choices), choices);
  return choices;
}

TrainOutcome TrainOnce(const TrainInputs& inputs) {
  const TrainSetup setup = MakeSetup(inputs);
  const Choices choices = DecideChoices(inputs, setup);
  ResetPeakMemory();
  Trainer trainer(setup, choices, DeviceOf(setup, choices));
  trainer.Run();
  SaveModelFolder(inputs.run, setup.config, trainer.TakeBest().model);
  CompareForecast(inputs.run, trainer.Took());
  TrainOutcome outcome = OutcomeOf(trainer.state());
  outcome.settings = setup.settings;
  return outcome;
}

}  // namespace

TrainOutcome Train(const TrainInputs& inputs) {
  if (fs::exists(inputs.run / "model" / "model.safetensors")) {
    if (const auto state = LoadTrainState(inputs.run)) {
      TrainOutcome outcome = OutcomeOf(*state);
      outcome.settings = MakeSetup(inputs).settings;
      return outcome;
    }
  }
  return CatchTorch("training", [&] { return TrainOnce(inputs); });
}

}  // namespace bottega
