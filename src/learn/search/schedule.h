// In what order a search trains its trials, and how far: all to the end, or by successive halving.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "learn/search/propose.h"

namespace bottega {

struct SearchOptions {
  int64_t trials = 30;
  int64_t max_epochs = 30;  // of a trial that is trained to the end
  std::string pruner;       // "none", "asha", "hyperband"
  int64_t min_epochs = 1;   // of the first rung
  int64_t reduction = 3;  // one trial in so many goes on to the next rung, which is so much longer
  int64_t workers = 4;    // trials that are under way at a time, whatever the machine has
};

struct SearchJob {
  int64_t trial = 0;
  int64_t epochs = 0;  // to train up to, from wherever the trial stands
};

// Asynchronous successive halving (Li et al. 2020, "A system for massively parallel hyperparameter
// tuning", MLSys, algorithm 2): whoever is free takes the best trial of a rung that is among its
// first 1 / reduction and has not gone on, else begins a trial. "hyperband" gives every trial a
// bracket, which begins at a later rung the higher it is (Li et al. 2018, JMLR 18, table 1).
//
// What is decided depends on losses and epochs alone, never on the clock: the workers are counted
// rather than real ones, and their time is counted in epochs. A search that is killed and begun
// again asks for the same jobs in the same order.
class SearchSchedule {
 public:
  SearchSchedule(const SearchOptions& options, const SearchSpace& space, const Proposer& proposer);

  // The jobs that decisions wait for, at most `workers`; they may be trained side by side. Empty
  // when the search is over. The same until they are told.
  std::vector<SearchJob> Wanted() const;
  // What came of a wanted job: smaller is better, NaN for a trial that failed. May begin trials.
  void Tell(const SearchJob& job, double loss);

  struct Trial {
    UnitPoint point;
    int64_t bracket = 0;
    std::vector<std::pair<int64_t, double>> losses;  // by epochs, rising
    int64_t epochs() const { return losses.empty() ? 0 : losses.back().first; }
    double loss() const;  // of the longest training; NaN before the first
  };
  // Those that were begun.
  const std::vector<Trial>& trials() const { return trials_; }
  // The least loss among the trials that were trained longest; nothing when all failed.
  std::optional<int64_t> Best() const;
  // Epochs of each rung of the lowest bracket.
  const std::vector<int64_t>& rungs() const { return rungs_; }

 private:
  struct Worker {
    std::optional<SearchJob> job;
    int64_t free_at = 0;  // epochs
    std::optional<double> loss;
  };

  void Advance();
  bool Assign(Worker* worker, int64_t now);
  std::optional<SearchJob> Promotion() const;
  bool Promotable(int64_t trial, size_t rung) const;
  void Begin(Worker* worker, int64_t now);
  void Finish(Worker* worker);
  bool Running(int64_t trial) const;
  int64_t BracketOf(int64_t trial) const;
  std::vector<Observation> Known() const;

  const SearchOptions options_;
  const Proposer& proposer_;
  const size_t dimensions_;
  std::vector<int64_t> rungs_;
  std::vector<Trial> trials_;
  std::vector<Worker> workers_;
  bool completing_ = false;  // the best of a search in which none went the whole way
};

}  // namespace bottega
