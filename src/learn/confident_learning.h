// Confident learning: which labels are wrong, and how often one class is labelled as another, from
// labels and out-of-fold probabilities (Northcutt, Jiang & Chuang, "Confident Learning: Estimating
// Uncertainty in Dataset Labels", JAIR 70, 2021). Agrees with cleanlab 2.7.1 on the same
// probabilities (test/reference/make_label_reference.py). Labels are 0 .. classes - 1; a row with
// label -1 is never an issue and counts for nothing.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

// Per class the mean probability that its rows give it (equation 2); 2, which nothing reaches, for
// a class without rows.
std::vector<float> ConfidentThresholds(const std::vector<int32_t>& label,
                                       const Matrix& probability);

// Which class a row counts for: of those that reach their thresholds the likeliest; -1 for none.
std::vector<int32_t> ConfidentClasses(const Matrix& probability,
                                      const std::vector<float>& thresholds);

// counts[given * classes + true]: rows with that label that count for that class, at least 1 on the
// diagonal (equation 1). Calibrated: scaled so that each row of it sums to the number of rows with
// that label, whole numbers (equation 3).
std::vector<int64_t> ConfidentJoint(const std::vector<int32_t>& label, const Matrix& probability,
                                    const std::vector<int32_t>& confident, bool calibrate = true);

enum class LabelFilter {
  kPruneByClass,      // the least confident of a class, as many as its joint says (section 3.2)
  kPruneByNoiseRate,  // for each pair of classes those with the largest margin
  kBoth,              // what both of these name
  kConfident,         // what counts off the diagonal of the joint
};

// 1 for each row whose label the filter doubts. A row whose own label is the likeliest (within
// 1e-6) is never doubted.
std::vector<uint8_t> FindLabelIssues(const std::vector<int32_t>& label, const Matrix& probability,
                                     LabelFilter filter);

enum class LabelQuality {
  kSelfConfidence,             // probability of the given label
  kNormalizedMargin,           // (that - the largest other one + 1) / 2
  kConfidenceWeightedEntropy,  // log(1 + e) / e, e = entropy / log(classes) / self-confidence
};

// Per row from 0 (surely wrong) to 1; NaN where the label is -1. At least two classes.
std::vector<float> LabelQualityScores(const std::vector<int32_t>& label, const Matrix& probability,
                                      LabelQuality quality);

}  // namespace bottega
