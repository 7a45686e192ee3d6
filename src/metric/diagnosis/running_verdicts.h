// What goes wrong in a training, said while it runs: each verdict once, when a test over several
// evaluations establishes it, so that a healthy noisy run hears nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "metric/diagnosis/significance.h"

namespace bottega {

// One weight matrix or convolution, measured on a sample of training rows.
struct LayerFacts {
  std::string name;
  int64_t units = 0;           // outputs of the layer
  int64_t dead = 0;            // units without influence on any answer; -1: not a hidden layer
  double weight = 0;           // Euclidean norm
  double gradient = 0;         // norm of the gradient of the mean loss
  std::vector<double> update;  // of some steps of the epoch: |change| / |weight| at full lr
};

struct EpochFacts {
  int64_t epoch = 0;       // from 1
  Mean train;              // loss of the epoch's steps, as trained: dropout and augmentation active
  BlockLosses validation;  // empty: there are no validation rows
  int64_t spikes = 0;      // steps whose loss stood out (CountSpikes)
  // Whether the two losses measure the same but for dropout and augmentation: no mixing of rows, no
  // class weights.
  bool comparable = true;
  std::vector<LayerFacts> layers;  // empty: not measured in this epoch
};

// Steps whose loss is above `guessing` and stands out among `losses` of one epoch: in logarithms
// beyond 8 robust deviations (median absolute deviation) of the median, and more than twice it. 0
// below 20 steps.
int64_t CountSpikes(const std::vector<double>& losses, double guessing);

struct RunningVerdict {
  std::string name;   // "overfitting", "not_learning", "dead_units", "updates_small",
                      // "updates_large", "weights_shrink", "over_regularized", "spikes"
  int64_t epoch = 0;  // when it was established
  int64_t since = 0;  // when it began
  std::string text;   // one line
  Json evidence = Json::object();
};
Json VerdictToJson(const RunningVerdict& verdict);

class RunningVerdicts {
 public:
  // `guessing`: losses of the validation rows under the best constant answer, the classes'
  // frequencies or the mean of training rows; empty without validation rows, then `guess` counts.
  RunningVerdicts(BlockLosses guessing, double guess);

  // What this epoch established, mostly nothing.
  std::vector<RunningVerdict> Observe(const EpochFacts& facts);

  // All that later answers depend on.
  Json State() const;
  void LoadState(const Json& state);

 private:
  using Judge = std::optional<RunningVerdict> (RunningVerdicts::*)(const EpochFacts&);
  std::optional<RunningVerdict> Overfitting(const EpochFacts& facts);
  std::optional<RunningVerdict> NotLearning(const EpochFacts& facts);
  std::optional<RunningVerdict> OverRegularized(const EpochFacts& facts);
  std::optional<RunningVerdict> Spikes(const EpochFacts& facts);
  std::optional<RunningVerdict> DeadUnits(const EpochFacts& facts);
  std::optional<RunningVerdict> Updates(const EpochFacts& facts);
  std::optional<RunningVerdict> WeightsShrink(const EpochFacts& facts);
  void Remember(const EpochFacts& facts);
  // Counts epochs in a row in which `holds`; true from the `wanted`th on.
  bool InARow(const char* name, bool holds, int wanted);

  BlockLosses guessing_;
  double guess_ = 0;
  // State:
  std::vector<double> train_, validation_;  // mean loss of each epoch
  BlockLosses best_;                        // of the epoch with the least validation loss
  int64_t best_epoch_ = 0;
  std::vector<double> updates_;  // log10, median over layers, of each measured step
  std::vector<double> norms_;    // log of the weights' norm, of each measured epoch
  int64_t spikes_ = 0, spiked_epochs_ = 0, first_spike_ = 0;
  Json in_a_row_ = Json::object();
  std::set<std::string> said_;
};

}  // namespace bottega
