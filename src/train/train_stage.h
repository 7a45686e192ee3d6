// The training stage, free of libtorch types: what cli/ calls.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
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
  // Of this sitting, in place of train.time_budget (seconds) and train.max_rss (bytes).
  std::optional<double> time_budget;
  std::optional<int64_t> max_rss;
};

struct TrainOutcome {
  int64_t epochs = 0;
  int64_t best_epoch = 0;
  std::string stopped;  // "finished", "early_stopping"
  double seconds = 0;
  Json settings;  // the `train` section with every null and auto filled in that the data decide
  Json curve;     // list of {epoch, train.loss, validation.<metric>..., lr}
};

// Trains (or resumes) and writes into the run folder: choices.json (before the first step),
// checkpoints/{last,best}/, log.jsonl, event files, model/ (config.json, model.safetensors, plan).
// SIGINT and SIGTERM save a checkpoint, then Interrupted. A finished run returns at once.
// forecast.json says what memory and time were forecast, and what they were.
TrainOutcome Train(const TrainInputs& inputs);

// What such a training would take, from a probe of about twenty steps; nothing is written, and
// `inputs.run` may be empty. {forecast (doc/formats/forecast.md), choices, model, parameters, fits,
// limit, reductions: [{set, peak}], notes}.
Json PlanTraining(const TrainInputs& inputs);

// Computes the step again that ended the run `inputs.run` because its loss or a gradient was no
// number: what is found (doc/formats/nan.md), with "same" and "text". Errors: kMissing when there
// is none; kData when the data are others now.
Json ReplayStep(const TrainInputs& inputs);

}  // namespace bottega
