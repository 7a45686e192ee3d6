#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "base/memory.h"
#include "base/progress.h"
#include "engine/capture.h"
#include "engine/device.h"
#include "model/models_specs.h"
#include "train/decide_choices.h"
#include "train/ended.h"
#include "train/limits.h"
#include "train/memory_choice.h"
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

namespace {

// Puts what a sitting took beside what was forecast, and says both.
void CompareForecast(const fs::path& run, const Measured& measured) {
  const fs::path path = ForecastPath(run);
  if (!fs::exists(path)) return;
  Json forecast = ReadJson(path);
  forecast["measured"].push_back(MeasuredToJson(measured));
  WriteJson(path, forecast);
  Note(CompareText(forecast, measured));
}

// How the recipe's model is trained.
ModelKind KindOf(const TrainInputs& inputs) {
  const ModelKind kind = KindOfModel(inputs.recipe.at("model").at("name").get<std::string>());
  const bool pictures = !inputs.plan->picture_column.empty();
  return kind == ModelKind::kAuto && pictures ? ModelKind::kNetwork : kind;
}

}  // namespace

struct TrainJob::State {
  TrainInputs inputs;
  std::optional<TrainSetup> setup;
  std::unique_ptr<Trainer> trainer;
  std::optional<TrainState> ended;
  std::optional<TrainOutcome> whole;  // of a model that is trained in one go
  int threads = 1;

  // True when there is an epoch to train.
  bool Begin();
  bool Advance();
  bool AdvanceNetwork();
};

bool TrainJob::State::Begin() {
  SaveMemoryIfAsked(inputs);
  setup.emplace(MakeSetup(inputs));
  ended = EndedState(*setup);
  if (ended) return false;
  // One of a training that goes on now is not to be taken for its outcome.
  fs::remove(inputs.run / "model" / "model.safetensors");
  const bool replayed = fs::exists(inputs.run / "choices.json");
  const Choices choices = DecideChoices(*setup, ChooseWithinMemory);
  const EngineChoice engine = StartEngine(
      {.device = setup->settings.at("device").get<std::string>(), .threads = choices.threads});
  threads = choices.threads;
  if (!inputs.on_step && replayed && !fs::exists(LastCheckpointPath(inputs.run))) {
    RequireFit(*setup, engine.device, choices);
  }
  if (!inputs.on_step) ResetPeakMemory();
  if (!setup->config.logit_offset.empty() && !inputs.on_step) {
    Note(
        "note: classes are balanced in training; probabilities and what is predicted are brought "
        "back to their shares (train.balance: {correct: false} leaves them)");
  }
  trainer = std::make_unique<Trainer>(*setup, choices, engine.device);
  return true;
}

bool TrainJob::State::AdvanceNetwork() {
  if (ended || (!trainer && !Begin())) return false;
  SetTorchThreads(threads);  // of this thread, which may not be the one of the last epoch
  if (trainer->HasMore()) trainer->TrainEpoch();
  if (trainer->HasMore()) return true;
  if (trainer->state().stopped.empty()) {
    trainer->SaveIfNeeded();
  } else {
    SaveModelFolder(inputs.run, setup->config, trainer->TakeBest().model);
    if (!inputs.on_step) CompareForecast(inputs.run, trainer->Took());
  }
  ended = trainer->state();
  trainer.reset();
  return false;
}

bool TrainJob::State::Advance() {
  switch (KindOf(inputs)) {
    case ModelKind::kNetwork:
      return AdvanceNetwork();
    case ModelKind::kTable:
      whole = TrainTableModel(inputs);
      return false;
    case ModelKind::kAuto:
      whole = TrainAuto(inputs);
      return false;
    case ModelKind::kBlend:
      break;
  }
  throw Error(ErrorKind::kRecipe, "a blend is made by `model: auto`", {},
              "bottega train --set model=auto");
}

TrainJob::TrainJob(TrainInputs inputs) : state_(new State{.inputs = std::move(inputs)}) {}
TrainJob::~TrainJob() = default;

bool TrainJob::Advance() {
  return CatchTorch("training", [&] { return state_->Advance(); });
}

void TrainJob::Save() {
  if (state_->trainer) state_->trainer->SaveIfNeeded();
}

double TrainJob::Share() const {
  if (state_->ended || state_->whole) return 1;
  return state_->trainer ? state_->trainer->Share() : 0;
}

TrainOutcome TrainJob::Outcome() const {
  if (state_->whole) return *state_->whole;
  if (!state_->setup) return {};
  if (state_->ended) return OutcomeOf(*state_->setup, *state_->ended);
  return state_->trainer ? OutcomeOf(*state_->setup, state_->trainer->state()) : TrainOutcome();
}

TrainOutcome Train(const TrainInputs& inputs) {
  TrainJob job(inputs);
  while (job.Advance()) continue;
  return job.Outcome();
}

Json SettleTraining(const TrainInputs& inputs) {
  return CatchTorch("preparing a training", [&] {
    const TrainSetup setup = MakeSetup(inputs);
    const bool network = KindOf(inputs) == ModelKind::kNetwork;
    DecideChoices(setup, network ? ChooseWithinMemory : Choose);
    return setup.settings;
  });
}

}  // namespace bottega
