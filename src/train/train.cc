#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "engine/capture.h"
#include "engine/device.h"
#include "train/ended.h"
#include "train/probe.h"
#include "train/train_stage.h"
#include "train/trainer.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

TrainOutcome OutcomeOf(const TrainState& state, const Json& settings) {
  TrainOutcome outcome{.epochs = state.epoch - 1,
                       .stopped = state.stopped,
                       .seconds = state.seconds,
                       .settings = settings,
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

}  // namespace

struct TrainJob::State {
  TrainInputs inputs;
  std::optional<TrainSetup> setup;
  std::unique_ptr<Trainer> trainer;
  std::optional<TrainState> ended;
  int threads = 1;

  // True when there is an epoch to train.
  bool Begin();
  bool Advance();
};

bool TrainJob::State::Begin() {
  setup.emplace(MakeSetup(inputs));
  ended = EndedState(*setup);
  if (ended) return false;
  // One of a training that goes on now is not to be taken for its outcome.
  fs::remove(inputs.run / "model" / "model.safetensors");
  const Choices choices = DecideChoices(inputs, *setup);
  const EngineChoice engine = StartEngine(
      {.device = setup->settings.at("device").get<std::string>(), .threads = choices.threads});
  threads = choices.threads;
  trainer = std::make_unique<Trainer>(*setup, choices, engine.device);
  return true;
}

bool TrainJob::State::Advance() {
  if (ended || (!trainer && !Begin())) return false;
  SetTorchThreads(threads);  // of this thread, which may not be the one of the last epoch
  if (trainer->HasMore()) trainer->TrainEpoch();
  if (trainer->HasMore()) return true;
  if (trainer->state().stopped.empty()) {
    trainer->SaveIfNeeded();
  } else {
    SaveModelFolder(inputs.run, setup->config, trainer->TakeBest().model);
  }
  ended = trainer->state();
  trainer.reset();
  return false;
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
  if (state_->ended) return 1;
  return state_->trainer ? state_->trainer->Share() : 0;
}

TrainOutcome TrainJob::Outcome() const {
  if (!state_->setup) return {};
  const Json& settings = state_->setup->settings;
  if (state_->ended) return OutcomeOf(*state_->ended, settings);
  return state_->trainer ? OutcomeOf(state_->trainer->state(), settings) : TrainOutcome();
}

TrainOutcome Train(const TrainInputs& inputs) {
  TrainJob job(inputs);
  while (job.Advance()) continue;
  return job.Outcome();
}

Json SettleTraining(const TrainInputs& inputs) {
  return CatchTorch("preparing a training", [&] {
    const TrainSetup setup = MakeSetup(inputs);
    DecideChoices(inputs, setup);
    return setup.settings;
  });
}

}  // namespace bottega
