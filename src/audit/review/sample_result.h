// What a sample says: how often labels are wrong, whether that is acceptable, and how far its
// inspectors can be trusted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/review/reviews.h"
#include "metric/acceptance.h"
#include "profile/agreement.h"

namespace bottega {

// A share k of n rows with its exact interval.
struct ExactShare {
  std::string name;
  int64_t k = 0, n = 0;
  double value = 0;  // NaN where n is 0
  Interval interval;
};

struct Inspector {
  std::string name;
  int64_t answered = 0, unsure = 0;
  ExactShare wrong;  // of the sample's rows: labels that this one calls wrong
  ExactShare gold;   // of planted rows answered: those answered truly
};

struct PairAgreement {
  std::string a, b;
  int64_t rows = 0;                            // that both answered
  double share = 0, kappa = 0, deviation = 0;  // agreement; Cohen's kappa and its standard error
};

struct SampleResult {
  std::string id, time, strata_of;
  int64_t drawn = 0;     // rows of the sample, without planted ones
  int64_t size = 0;      // rows of the data
  int64_t answered = 0;  // by anybody, decided
  int64_t unsure = 0;    // only answered with unsure
  int64_t disputed = 0;  // inspectors differ, evenly; neither right nor wrong until settled
  int64_t missing = 0;   // of the rows drawn, no longer among the data

  double rate = 0;       // weighted error rate
  double effective = 0;  // rows that a simple random sample of the same weight would have
  Interval interval;
  double if_all_sound = 0, if_all_wrong = 0;  // the rate, were unanswered rows all sound or wrong
  std::vector<ExactShare> strata, classes;
  bool by_class = true;  // strata and classes are the same
  // What was answered instead of the label, most often first.
  struct Confusion {
    std::string label, answer;
    int64_t rows = 0;
  };
  std::vector<Confusion> confusions;

  double level = 0.95, accept = 0.05;
  Acceptance decision = Acceptance::kUndecided;
  int64_t rows_needed = -1;  // answered in all, to decide, if the rate stays; -1: not to be told

  std::vector<Inspector> inspectors;
  std::vector<PairAgreement> pairs;
  double fleiss = 0;                   // NaN without rows that two answered
  Estimate alpha;                      // Krippendorff's
  std::vector<int64_t> disagreements;  // record numbers of rows where inspectors differ
};

// A row counts by what most of its inspectors answered, or by the settled dispute; wrong is one
// whose label differs, or that does not belong.
//
// The rate is the mean over strata, weighted with their shares of the data: sum of W_h k_h / n_h
// (Cochran, Sampling Techniques, 1977, section 5.3). Its interval is Clopper and Pearson's with
// the effective number of rows n' = 1 / sum of W_h^2 / n_h (Kish, Survey Sampling, 1965, section
// 11.7; Korn & Graubard, Survey Methodology 1998), and rate * n' wrong ones: in a sample dealt in
// proportion n' is n, and the interval is the exact one of a simple random sample, which a
// stratified one only makes wider than needed (Hoeffding, "On the distribution of the number of
// successes in independent trials", Annals of Mathematical Statistics 1956). Strata and classes
// have Clopper and Pearson's own. When every row of the data was answered there is nothing to
// estimate: the interval is the rate.
SampleResult JudgeSample(const Sample& sample, const Reviews& reviews, double level);

Json SampleResultToJson(const SampleResult& result);

}  // namespace bottega
