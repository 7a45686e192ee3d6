// How sure the mean score of a cross-validation is.
// References: scipy.stats (test/reference/make_resampled_t_reference.py).
#pragma once

#include <vector>

#include "metric/bootstrap.h"

namespace bottega {

// Mean and deviation (n - 1) of `values`; NaN where there are too few.
struct SampleSpread {
  double mean = 0, deviation = 0;
};
SampleSpread SampleSpreadOf(const std::vector<double>& values);

// The corrected resampled t interval of Nadeau and Bengio, "Inference for the Generalization
// Error", Machine Learning 52 (2003), section 4.2:
//
//   mean +- t(J - 1) sqrt((1 / J + n_held_out / n_learned) s^2)
//
// over the J scores of all folds of all repeats. The folds' training sets overlap, so that their
// scores are not independent: the plain s^2 / J is too small by far. `held_out_to_learned` is
// n_held_out / n_learned, 1 / (k - 1) for k folds. Over repeats as Bouckaert and Frank (2004) do.
// NaN ends with fewer than two scores.
Interval CorrectedResampledT(const std::vector<double>& scores, double held_out_to_learned,
                             double level);

}  // namespace bottega
