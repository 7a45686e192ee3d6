// How far annotators who labelled the same things agree, what they agree on, and how reliable each
// of them is. References: scikit-learn, statsmodels, krippendorff, crowd-kit
// (test/reference/make_agreement_reference.py).
#pragma once

#include <cstdint>
#include <vector>

#include "profile/association.h"

namespace bottega {

struct Rating {
  int32_t item = 0, annotator = 0, value = 0;
};

// At most one rating for an item and annotator, sorted by item; anything may be missing.
struct Ratings {
  int64_t items = 0, annotators = 0, values = 0;
  std::vector<Rating> ratings;
  std::vector<double> number;  // per value; for the interval scale
};

// What a difference of two values counts: nominal 0 or 1; ordinal by the ratings between them
// (codes rise with the value); interval by the square of the numbers' difference.
enum class AgreementScale { kNominal, kOrdinal, kInterval };

// Cohen's kappa over the items that both rated, 1 for full agreement, 0 as by chance; NaN where
// chance alone would agree fully. Weights of a difference of codes d: nominal 1, ordinal d,
// interval d^2 (Cohen 1960; 1968). `deviation`, if not null: its large-sample standard error by
// sqrt(po (1 - po) / n) / (1 - pe).
double CohenKappa(const Contingency& pair, AgreementScale weights, double* deviation = nullptr);
// Items by the values that `a` (rows) and `b` (columns) gave them.
Contingency PairOfAnnotators(const Ratings& ratings, int32_t a, int32_t b);

// Fleiss' kappa (1971) over items with at least two ratings, their numbers need not be equal:
// an item's agreement is the share of its pairs that agree.
double FleissKappa(const Ratings& ratings);

// Krippendorff's alpha = 1 - observed / expected disagreement (Krippendorff, "Computing
// Krippendorff's alpha-reliability", 2011); items with one rating are left out. NaN where nothing
// varies. The interval comes from redraws of items with Poisson weights, fewer of them beyond
// 100,000 ratings.
double KrippendorffAlpha(const Ratings& ratings, AgreementScale scale);
Estimate KrippendorffAlphaInterval(const Ratings& ratings, AgreementScale scale, double level,
                                   uint64_t seed);

// Per item the share of its pairs of ratings that differ; NaN with fewer than two.
std::vector<double> ItemDisagreement(const Ratings& ratings);

struct Consensus {
  std::vector<double> posterior;  // items x values: probability of each; NaN without ratings
  std::vector<double> prior;      // per value
  std::vector<double> confusion;  // annotators x values (true) x values (given)
  std::vector<double> accuracy;   // per annotator: mean over the prior of being right

  // The most probable value of an item, -1 without ratings.
  int32_t Best(int64_t item) const;
  double At(int64_t item, int32_t value) const {
    return posterior[static_cast<size_t>(item) * prior.size() + static_cast<size_t>(value)];
  }
};

// Shares of the votes; accuracy is the mean share of the votes for what the annotator said.
Consensus MajorityVote(const Ratings& ratings);
// Dawid & Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm",
// Applied Statistics 1979: from the majority's shares, up to `iterations` or until no posterior
// moves by 1e-5. Weighs reliable annotators more and sees through those who always say the same.
Consensus DawidSkene(const Ratings& ratings, int iterations = 100);

}  // namespace bottega
