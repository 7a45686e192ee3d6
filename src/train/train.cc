#include <filesystem>

#include "base/clock.h"
#include "base/files.h"
#include "base/progress.h"
#include "engine/capture.h"
#include "engine/device.h"
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

// Those in the run folder, else freshly made and written there before returning.
Choices DecideChoices(const TrainInputs& inputs, const TrainSetup& setup) {
  const fs::path own = inputs.run / "choices.json";
  if (!fs::exists(own)) {
    const Choices choices = Choose(setup);
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
  return choices;
}

TrainOutcome TrainOnce(const TrainInputs& inputs) {
  const TrainSetup setup = MakeSetup(inputs);
  const Choices choices = DecideChoices(inputs, setup);
  const EngineChoice engine = StartEngine(
      {.device = setup.settings.at("device").get<std::string>(), .threads = choices.threads});
  if (!setup.config.logit_offset.empty()) {
    Note(
        "note: classes are balanced in training; probabilities and what is predicted are brought "
        "back to their shares (train.balance: {correct: false} leaves them)");
  }
  Trainer trainer(setup, choices, engine.device);
  trainer.Run();
  SaveModelFolder(inputs.run, setup.config, trainer.TakeBest().model);
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
