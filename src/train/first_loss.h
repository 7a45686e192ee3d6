// Whether the first loss is what theory says of a model that knows nothing: one that gives each
// class the same probability, or every row the training mean.
#pragma once

#include <span>
#include <string>

#include "base/json.h"
#include "feed/batch.h"

namespace bottega {

// A first loss further off than by this share of what is expected is told. Layers that start as
// PyTorch's do give logits of a small spread, which adds some per cent to the loss.
inline constexpr double kFirstLossTolerance = 0.5;

struct FirstLoss {
  double loss = 0;      // mean over the first batch, before the first step
  double expected = 0;  // of logits that are all 0, on the same rows
  std::string formula;  // what `expected` is in theory, as in "log 10"

  bool AsExpected() const;
  std::string Text() const;  // one line: what is off, and what to look at
  Json ToJson() const;       // the line of log.jsonl
};

// `loss` is TrainSetup::loss, `first` the mean loss of the batches. Cross-entropy and ordinal of K
// classes: the loss of probabilities 1 / K, log K for the former; focal: (1 - 1/K)^gamma log K;
// mse: the variance of the (scaled) target; l1, huber, quantile: those of the target's distance
// from its mean.
FirstLoss CompareFirstLoss(const Json& loss, std::span<const Batch> batches, double first,
                           int64_t outputs);

}  // namespace bottega
