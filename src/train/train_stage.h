// The training stage, free of libtorch types: what cli/ calls.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "clean/plan.h"
#include "data/dataset.h"
#include "split/row_plan.h"

namespace bottega {

struct TrainInputs {
  const Dataset* data = nullptr;  // repaired; rows of all parts
  const RowPlan* split = nullptr;
  const FittedPlan* plan = nullptr;
  Json recipe;  // the whole resolved recipe
  // Run folder; checkpoints found there are continued, a choices.json is obeyed.
  std::filesystem::path run;
};

struct TrainOutcome {
  int64_t epochs = 0;
  int64_t best_epoch = 0;
  std::string stopped;  // "finished", "early_stopping"
  double seconds = 0;
  Json settings;  // the `train` section with every null and auto filled in that the data decide
  Json curve;     // list of {epoch, train.loss, validation.<metric>..., lr}
  std::string unit = "epoch";  // or "round", "iteration", "fit": what `epochs` counts
  Json model;                  // the `model` section with what the data decided filled in
  Json candidates;  // of `model: auto` on a table: the content of candidates.json; else null
};

// Trains (or resumes) and writes into the run folder: choices.json (before the first step),
// checkpoints/{last,best}/, log.jsonl, event files, model/ (config.json, model.safetensors). With
// `model: auto` on a table also candidates.json and candidates/NAME/, each as a run of its own.
// SIGINT and SIGTERM save a checkpoint, then Interrupted. A finished run returns at once.
TrainOutcome Train(const TrainInputs& inputs);

}  // namespace bottega
