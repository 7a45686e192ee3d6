// Fits a model of src/learn step by step: scores each step, stops early, saves and resumes.
#pragma once

#include <memory>
#include <optional>

#include "base/progress.h"
#include "train/checkpoint.h"
#include "train/early_stopping.h"
#include "train/rss_watch.h"
#include "train/setup.h"
#include "train/table_data.h"
#include "train/train_log.h"

namespace bottega {

// From the beginning or from the run's checkpoint to the end; any number of stops change no bit of
// the result.
class TableTrainer {
 public:
  TableTrainer(const TrainSetup& setup, const Choices& choices);

  // Throws Interrupted after a signal and Error kBudget when time_budget is over or more than
  // max_rss is held, all after saving.
  void Run();
  const TrainState& state() const { return state_; }
  std::unique_ptr<TableModel> Finish();
  // Of the rows that are learned from, in the order of the fit.
  const std::vector<int64_t>& records() const { return data_.records; }

 private:
  void Resume();
  void Step();
  void Score();
  void Save();
  void SaveAndLeaveIfAsked();
  double Elapsed() const;

  const TrainSetup& setup_;
  const Json& model_;
  const TableData data_;
  std::unique_ptr<TableFit> fit_;
  EarlyStopping stopper_;
  TrainState state_;
  std::unique_ptr<TrainLog> log_;
  double started_, saved_at_, seconds_before_ = 0;
  double save_every_;
  std::optional<double> budget_;
  RssWatch rss_;
  bool goes_back_;        // to the best step, as boosting can
  bool stepped_ = false;  // since this sitting began
};

// Fits without scores, checkpoints or files: for a baseline. Early stopping as `settings` say.
std::unique_ptr<TableModel> FitTableModel(const Json& settings, const FitData& data);

// Threads of boosting: one where a round is too short for more. The others give the same on any.
Choices ChooseTable(const TrainSetup& setup);

}  // namespace bottega
