// The learning curve over data: error(n) = offset + scale n^-exponent (Cortes et al., "Learning
// curves: asymptotic values and rate of convergence", NIPS 1993; Hestness et al. 2017,
// arXiv:1712.00409), fitted to trainings on parts of the rows, and what more rows would bring.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "profile/association.h"

namespace bottega {

struct CurvePoint {
  double rows = 0;
  double error = 0;
};

// offset, scale >= 0; exponent within [kLeastExponent, kMostExponent].
struct PowerLaw {
  double offset = 0, scale = 0, exponent = 1;
  double At(double rows) const;
};

inline constexpr double kLeastExponent = 0.1, kMostExponent = 2;

// Least squares with weights (one a point, not negative): for each exponent offset and scale have a
// closed form, the exponent is found by golden section from the best of a grid.
PowerLaw FitPowerLaw(const std::vector<CurvePoint>& points, const std::vector<double>& weights);

struct DataCurve {
  PowerLaw law;
  std::vector<CurvePoint> means;  // a size each, ascending
  std::vector<double> errors;     // standard error of each mean
  double rows = 0;                // that there are
  double factor = 2;              // of rows that the gain is extrapolated to
  Estimate gain;                  // error(rows) - error(factor rows), 95 % interval
  double lack_of_fit = 1;         // p value of chi-square over the sizes; 1 where none is left
  bool trustworthy = false;
  std::string why;      // why the fit is not trustworthy; "" when it is
  std::string verdict;  // "yes", "no", "unclear": would more rows help by `material`
};

// `points`: trainings on parts of the rows, several a size. The interval is a parametric bootstrap:
// each size's mean is redrawn by its standard error (spread pooled over sizes in proportion to the
// fitted error, Student's distribution), the law fitted again. `material`: the gain that would be
// worth having, in the error's unit.
DataCurve FitDataCurve(const std::vector<CurvePoint>& points, double factor, double material,
                       uint64_t seed);

}  // namespace bottega
