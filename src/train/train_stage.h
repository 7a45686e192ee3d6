// The training stage, free of libtorch types: what cli/ calls.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "clean/plan.h"
#include "data/dataset.h"
#include "split/row_plan.h"

namespace bottega {

// How far a training is.
struct TrainStep {
  int64_t epoch = 0, epochs = 0;
};

struct TrainInputs {
  const Dataset* data = nullptr;  // repaired; rows of all parts
  const RowPlan* split = nullptr;
  const FittedPlan* plan = nullptr;
  Json recipe;  // the whole resolved recipe
  // Run folder; checkpoints found there are continued, a choices.json is obeyed.
  std::filesystem::path run;
  // Trains up to this epoch, saves, and returns with TrainOutcome::stopped empty; a later call with
  // a larger one, or 0 (to the end), continues to the bit.
  int64_t stop_after_epoch = 0;
  // A row file (feed/row_file.h) that is learned from in place of the training part of `data`,
  // which is then a sample; empty: none.
  std::filesystem::path rows;
  // Of PlanTraining: how many rows the stream is going to have, where `rows` has some of them.
  int64_t stream_rows = 0;
  // Called after each step by the thread that trains, in place of a progress bar and notes.
  std::function<void(const TrainStep&)> on_step;
  // Of this sitting, in place of train.time_budget (seconds) and train.max_rss (bytes).
  std::optional<double> time_budget;
  std::optional<int64_t> max_rss;
};

struct TrainOutcome {
  int64_t epochs = 0;
  int64_t best_epoch = 0;
  std::string stopped;  // "finished", "early_stopping"; "": there is more to train
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
// forecast.json says what memory and time were forecast, and what they were.
// One whose epochs or patience were raised since is continued.
TrainOutcome Train(const TrainInputs& inputs);

// The same, epoch by epoch, so that one thread can go on with what another began: for many
// trainings side by side (train/side_by_side.h). One thread at a time.
class TrainJob {
 public:
  explicit TrainJob(TrainInputs inputs);
  ~TrainJob();
  TrainJob(const TrainJob&) = delete;
  TrainJob& operator=(const TrainJob&) = delete;

  // Trains to the end of the epoch. False when there is nothing more to train; then the model
  // folder is written, or, with stop_after_epoch, everything saved. Throws as Train().
  bool Advance();
  // Writes a checkpoint of what Advance() has not saved.
  void Save();
  // Of its epochs, the share that is done.
  double Share() const;
  TrainOutcome Outcome() const;

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

// The resolved `train` section of a run that is to begin. Its choices.json is made, unless it is
// there, so that runs of the same kind beside it can be given both.
Json SettleTraining(const TrainInputs& inputs);

// What such a training would take, from a probe of about twenty steps; nothing is written, and
// `inputs.run` may be empty. {forecast (doc/formats/forecast.md), choices, model, parameters, fits,
// limit, reductions: [{set, peak}], notes}. Errors: kRecipe for a model that is no network.
Json PlanTraining(const TrainInputs& inputs);

// Computes the step again that ended the run `inputs.run` because its loss or a gradient was no
// number: what is found (doc/formats/nan.md), with "same" and "text". Errors: kMissing when there
// is none; kData when the data are others now.
Json ReplayStep(const TrainInputs& inputs);

}  // namespace bottega
