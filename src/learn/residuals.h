// Which values are too far from what was predicted for them to be chance.
#pragma once

#include <vector>

namespace bottega {

// |value - predicted| in units of its spread (1.4826 times the median of its absolute value) among
// rows that are predicted about the same: up to 20 groups by prediction. NaN where either is NaN.
std::vector<double> ScaledResiduals(const std::vector<double>& value,
                                    const std::vector<double>& predicted);

// Per row the share of chance among the rows with a scaled residual as large (a local reading of
// the false discovery rate: Efron, "Large-Scale Inference", 2010, section 2): rows expected beyond
// it, had the tail gone on to fall as it does between the 80th, 90th and 97th percentile
// (exponential excesses: Pickands, Annals of Statistics 1975), over rows that are there. 1 in the
// body; falls with the residual. NaN stays NaN. `tail`: share of rows with at least that residual,
// beyond the 90th percentile as expected; it falls with every step.
std::vector<float> ChanceOfResiduals(const std::vector<double>& scaled, std::vector<float>* tail);

}  // namespace bottega
