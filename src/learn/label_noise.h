// How labels became wrong, and how likely each one is, given out-of-fold probabilities.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

struct LabelNoise {
  int classes = 0;
  // rate[true * classes + given]: share of the rows of a class that carry a label; rows sum to 1.
  std::vector<double> rate;
  // Share of rows, mean over classes, whose likeliest class is their true one, were labels wrong at
  // these rates. 0 where the likeliest class agrees with labels no better than a guess may: then
  // noise and ignorance look the same.
  double accuracy = 0;

  double Rate(int32_t truth, int32_t given) const {
    return rate[static_cast<size_t>(truth * classes + given)];
  }
};

// From the labels of the rows that are most surely of a class: where nothing else is unclear, what
// disagrees is noise (anchor points: Liu & Tao, TPAMI 2016; Patrini et al., CVPR 2017). These are
// the fifth of the rows predicted as the class with the largest probability (30 rows if these are
// no more than a third), and the next fifths as long as they disagree no more. Data whose columns
// do not determine the label show disagreement there too: unless noise at these rates would explain
// nearly all disagreement, the first fifth alone is taken, and `accuracy` comes from a lower bound
// of its rate (two deviations), as of the agreement with labels. Rows with label -1 are left out.
LabelNoise EstimateNoise(const std::vector<int32_t>& label, const Matrix& probability);

// Per row the probability that its label is wrong, NaN where it is -1. What is known, p_y, speaks
// of labels as given: p_y = q_y T_yy + (1 - q_y) b, where q_y is the probability of the true class
// and b the rate at which the row's other likely classes are labelled y. By Bayes' rule the label
// is wrong with probability (1 - q_y) b / p_y. p_y is read off the rate curve. Over the rows with a
// label these add up to no more than the rates explain (and one deviation), so that rare classes
// that the models cannot tell are not doubted as a whole.
std::vector<float> WrongLabelProbability(const std::vector<int32_t>& label,
                                         const Matrix& probability, const LabelNoise& noise);

}  // namespace bottega
