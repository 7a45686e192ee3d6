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
  double Rate(int32_t truth, int32_t given) const {
    return rate[static_cast<size_t>(truth * classes + given)];
  }
};

// Labels of the rows that are most surely of a class (the fifth of those predicted as it with the
// largest probability, at least 30): where nothing else is unclear, what disagrees is noise (anchor
// points: Liu & Tao, TPAMI 2016; Patrini et al., CVPR 2017). A class with few rows leans to the
// rate of all. Rows with label -1 are left out.
LabelNoise EstimateNoise(const std::vector<int32_t>& label, const Matrix& probability);

// Per row the probability that its label is wrong, NaN where it is -1. The probabilities p speak of
// labels as given: p_y = q_y T_yy + (1 - q_y) b, where b is the rate at which the row's other
// likely classes are labelled y; hence q_y, and by Bayes' rule the share b (1 - q_y) / p_y.
std::vector<float> WrongLabelProbability(const std::vector<int32_t>& label,
                                         const Matrix& probability, const LabelNoise& noise);

}  // namespace bottega
