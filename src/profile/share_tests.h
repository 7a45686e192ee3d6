// Whether shares differ, by how much, and how to ask that many times at once.
#pragma once

#include <vector>

namespace bottega {

// Probability of so large a difference of the shares k1 of n1 and k2 of n2 if there were none:
// Pearson's chi-square, or Fisher's exact test (two-sided, tables as probable or less) where some
// expected count is below 5. 1 where n1 or n2 is 0.
double SharesDifferP(double k1, double n1, double k2, double n2);

// Cohen's h = 2 asin(sqrt a) - 2 asin(sqrt b): 0.2 is small, 0.5 medium, 0.8 large (Cohen,
// Statistical Power Analysis, 1988, chapter 6).
double CohenH(double a, double b);

// Probabilities adjusted for their number: rejecting those below q keeps the expected share of
// false discoveries among them at q (Benjamini & Hochberg, JRSS B 1995). In the order of `p`.
std::vector<double> AdjustForDiscoveries(const std::vector<double>& p);

// Pearson's chi-square of counts against `shares` (positive, sum 1). Cells with fewer than 5
// expected are merged into one, rarest first. 1 where fewer than two cells are left.
double GoodnessOfFitP(const std::vector<double>& counts, const std::vector<double>& shares);

}  // namespace bottega
