// Scores of several models on the same rows, and whether their differences are more than chance.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "metric/bootstrap.h"
#include "metric/paired_rows.h"

namespace bottega {

struct PairedTest {
  size_t a = 0, b = 0;             // the models that are compared
  double difference = 0;           // score of b - score of a
  Interval interval;               // percentile bootstrap; simultaneous over all tests
  double p = 1, adjusted = 1;      // two-sided; Holm's adjustment over all tests
  std::string method;              // "McNemar, exact" or "paired bootstrap"
  int64_t only_a = 0, only_b = 0;  // classification: rows that one of them alone has right
};

struct PairedScore {
  std::string metric;
  bool larger_is_better = true;
  std::vector<double> values;       // one a model
  std::vector<Interval> intervals;  // one a model, each at `level`
  std::vector<PairedTest> tests;    // every pair, of the metrics that are tested
};

struct PairedOptions {
  int resamples = 2000;
  double level = 0.95;
  uint64_t seed = 7;
};

// Every metric of the task; those named in `tested` pair by pair.
//
// All models see the same draws of rows (or, with `group`, of whole groups: copies of one thing are
// no further evidence), so that what makes rows hard for both cancels (Efron & Tibshirani 1993,
// section 13.3). The interval of a difference is the percentile one at 1 - (1 - level) / tests
// (Bonferroni): together they hold with `level`. Its p-value is 2 (1 + min(k, l)) / (1 + draws),
// with k and l the draws in which the difference is not above, not below 0 (Davison & Hinkley 1997,
// section 4.4). Accuracy without weights or groups is tested exactly by McNemar (Psychometrika
// 1947): of the rows that one model alone has right, each is as likely to be either's. p-values are
// adjusted for their number (Holm, Scandinavian Journal of Statistics 1979).
//
// `group`: of each row, or empty. Errors: kRecipe for a metric that the task does not have.
std::vector<PairedScore> ScorePaired(const PairedRows& rows, const std::vector<int64_t>& group,
                                     const std::vector<std::string>& tested,
                                     const PairedOptions& options = {});

// Holm's step-down adjustment; in the order of `p`.
std::vector<double> AdjustByHolm(const std::vector<double>& p);

// Two-sided exact probability of a split as uneven as a to b, if both were as likely.
double McNemarP(int64_t a, int64_t b);

}  // namespace bottega
