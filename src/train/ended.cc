#include "train/ended.h"

#include <filesystem>

namespace bottega {

namespace fs = std::filesystem;

EarlyStopping MakeEarlyStopping(const TrainSetup& setup) {
  return MakeEarlyStopping(setup.settings.at("early_stopping"), !setup.validation.empty());
}

std::string WhyStopped(const EarlyStopping& stopper, const TrainState& state,
                       const TrainSetup& setup) {
  if (state.epoch > setup.settings.at("epochs").get<int64_t>()) return "finished";
  return stopper.ShouldStop() ? "early_stopping" : "";
}

std::optional<TrainState> EndedState(const TrainSetup& setup) {
  const fs::path& run = setup.inputs->run;
  if (!fs::exists(run / "model" / "model.safetensors")) return std::nullopt;
  std::optional<TrainState> state = LoadTrainState(run);
  if (!state) return std::nullopt;
  EarlyStopping stopper = MakeEarlyStopping(setup);
  stopper.LoadState(state->stopper);
  state->stopped = WhyStopped(stopper, *state, setup);
  if (state->stopped.empty()) return std::nullopt;
  return state;
}

}  // namespace bottega
