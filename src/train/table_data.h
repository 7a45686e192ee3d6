// The rows of a TrainSetup as the learners of src/learn take them.
#pragma once

#include "learn/table_model.h"
#include "metric/predictions.h"
#include "train/early_stopping.h"
#include "train/setup.h"

namespace bottega {

struct TableData {
  TableRows train, validation;
  TableTargets targets, validation_targets;  // train: with class weights, as the recipe balances
  std::vector<int64_t> records;              // of `train`

  FitData View(uint64_t seed, int threads) const;
};

// `train.balance: oversample` repeats rows of small classes as an epoch of a network would. Of more
// than `most_rows` training rows that many are taken, evenly spread; 0: all.
TableData MakeTableData(const TrainSetup& setup, int64_t most_rows = 0);

// Rows of `features` at `positions`, in that order.
TableRows TakeTableRows(const Features& features, const std::vector<int64_t>& positions);
TableRows AllTableRows(const Features& features);

// Weighted mean of -log p(true class), p clipped to float's epsilon, or of the squared error.
double MeanLoss(const Matrix& outputs, const TableTargets& targets);

// Scores of the setup's validation rows (as train.loss and log.jsonl name them) from `outputs`, and
// the one that is `watched` if it is not among them.
void AddTableScores(const TrainSetup& setup, const TableTargets& targets, const Matrix& outputs,
                    const std::vector<MonitoredScore>& watched, Json* record);

// Multiplies probabilities by exp(offset) and scales each row to sum 1: what
// ModelConfig::logit_offset does to logits. Nothing for an empty offset.
void CorrectProbabilities(const std::vector<float>& offset, Matrix* probability);

// Predictions of the setup's validation rows.
Predictions ValidationPredictions(const TrainSetup& setup, const Matrix& outputs);

}  // namespace bottega
