// Which rows of a step's batches are to blame for what is no number.
#pragma once

#include <vector>

#include "feed/batch.h"
#include "train/setup.h"

namespace bottega {

class NonFiniteRows {
 public:
  explicit NonFiniteRows(const TrainSetup& setup) : setup_(setup) {}

  // Notes rows whose features, target or weight is no number.
  void LookAtInputs(const Batch& batch);
  // Notes rows whose logits [B, outputs] or loss is none.
  void LookAtLosses(const Batch& batch, const at::Tensor& logits, const Json& loss);

  bool empty() const { return rows_.empty(); }
  // {rows: the five to look at first, those with the largest inputs before others, affected: how
  // many there are}.
  Json ToJson() const;

 private:
  struct Row {
    int64_t row = 0;     // record number
    std::string why;     // "input", "output", "loss"
    double largest = 0;  // of its inputs, by size; NaN where one is no number
    std::string column;  // of that input, in tables
  };

  void Note(const Batch& batch, int64_t index, const std::string& why);

  const TrainSetup& setup_;
  std::vector<Row> rows_;
};

}  // namespace bottega
