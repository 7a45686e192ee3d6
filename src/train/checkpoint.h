// Checkpoints: run/checkpoints/last holds all that resuming to the bit needs, .../best the weights
// of the best epoch so far. Format: doc/formats/checkpoint.md.
//
// Each is one safetensors file that replaces its predecessor atomically. `best` is written before
// `last`: when a kill falls between the two, resuming from the older `last` repeats the epoch and
// writes the same `best` again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/json.h"
#include "model/module.h"

namespace bottega {

// Where training stands, beside tensors.
struct TrainState {
  int64_t epoch = 1;      // being trained, from 1; one more than the last when all are done
  int64_t batch = 0;      // batches of that epoch that are done
  int64_t step = 0;       // optimizer steps done
  double loss_sum = 0;    // over this epoch's samples so far: weighted losses,
  double weight_sum = 0;  // their weights,
  int64_t correct = 0;    // right answers
  int64_t seen = 0;       // and rows
  double seconds = 0;     // spent on training so far, over all sittings
  Json stopper = Json::object();
  Json schedule = Json::object();
  Json loss_scale;  // null but with fp16
  Json average = Json::object();
  Json watch = Json::object();  // of the running verdicts; empty in older checkpoints
  Json curve = Json::array();   // one record an epoch, as in log.jsonl
  int64_t log_bytes = 0;        // of log.jsonl
  int64_t event_bytes = 0;      // of the event file
  std::string stopped;          // "" while training, else "finished" or "early_stopping"
  std::string digest;           // of what must not change between sittings
};

struct Checkpoint {
  TrainState state;
  NamedTensors model;      // parameters and buffers
  NamedTensors optimizer;  // its state
  NamedTensors average;    // of the weights; empty without one
};

struct BestWeights {
  int64_t epoch = 0;
  double value = 0;
  NamedTensors model;
};

std::filesystem::path LastCheckpointPath(const std::filesystem::path& run);
std::filesystem::path BestCheckpointPath(const std::filesystem::path& run);

void SaveCheckpoint(const std::filesystem::path& run, const Checkpoint& checkpoint);
// Nothing when there is none. Errors: kData for a file that is no checkpoint of this format.
std::optional<Checkpoint> LoadCheckpoint(const std::filesystem::path& run);
// The state alone, without reading the tensors.
std::optional<TrainState> LoadTrainState(const std::filesystem::path& run);

void SaveBest(const std::filesystem::path& run, const BestWeights& best);
std::optional<BestWeights> LoadBest(const std::filesystem::path& run);

}  // namespace bottega
