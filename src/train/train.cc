#include <array>
#include <filesystem>

#include "base/clock.h"
#include "base/files.h"
#include "engine/capture.h"
#include "engine/device.h"
#include "model/models_specs.h"
#include "train/decide_choices.h"
#include "train/probe.h"
#include "train/trainer.h"
#include "train/ways.h"

namespace bottega {

namespace fs = std::filesystem;

TrainOutcome OutcomeOf(const TrainSetup& setup, const TrainState& state) {
  TrainOutcome outcome{.epochs = state.epoch - 1,
                       .stopped = state.stopped,
                       .seconds = state.seconds,
                       .settings = setup.settings,
                       .curve = state.curve,
                       .model = setup.config.settings};
  outcome.best_epoch = state.stopper.value("best_epoch", int64_t{0});
  if (outcome.best_epoch == 0) outcome.best_epoch = outcome.epochs;
  return outcome;
}

std::optional<TrainOutcome> FinishedOutcome(const TrainSetup& setup) {
  const fs::path& run = setup.inputs->run;
  if (!fs::exists(run / "model" / "model.safetensors")) return std::nullopt;
  const std::optional<TrainState> state = LoadTrainState(run);
  if (!state) return std::nullopt;
  return OutcomeOf(setup, *state);
}

TrainOutcome TrainNetwork(const TrainInputs& inputs) {
  const TrainSetup setup = MakeSetup(inputs);
  if (const auto finished = FinishedOutcome(setup)) return *finished;
  const Choices choices = DecideChoices(setup, Choose);
  const EngineChoice engine = StartEngine(
      {.device = setup.settings.at("device").get<std::string>(), .threads = choices.threads});
  Trainer trainer(setup, choices, engine.device);
  trainer.Run();
  SaveModelFolder(inputs.run, setup.config, trainer.TakeBest().model);
  return OutcomeOf(setup, trainer.state());
}

namespace {

struct Way {
  ModelKind kind;
  TrainOutcome (*train)(const TrainInputs&);
};

constexpr std::array<Way, 3> kWays = {{{ModelKind::kNetwork, TrainNetwork},
                                       {ModelKind::kTable, TrainTableModel},
                                       {ModelKind::kAuto, TrainAuto}}};

}  // namespace

TrainOutcome Train(const TrainInputs& inputs) {
  ModelKind kind = KindOfModel(inputs.recipe.at("model").at("name").get<std::string>());
  if (kind == ModelKind::kAuto && !inputs.plan->picture_column.empty()) kind = ModelKind::kNetwork;
  for (const Way& way : kWays) {
    if (way.kind != kind) continue;
    return CatchTorch("training", [&] { return way.train(inputs); });
  }
  throw Error(ErrorKind::kRecipe, "a blend is made by `model: auto`", {},
              "bottega train --set model=auto");
}

}  // namespace bottega
