// How strongly two columns go together, and how sure one can be of shares and differences.
// References: scipy.stats (see test/reference/make_audit_reference.py).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bottega {

struct Estimate {
  double value = 0, low = 0, high = 0;
};

// Counts of pairs of codes, rows x columns, row-major.
struct Contingency {
  int64_t rows = 0, columns = 0;
  std::vector<double> count;

  double at(int64_t r, int64_t c) const { return count[static_cast<size_t>(r * columns + c)]; }
  double total() const;
};

// Rows in which either code is negative are left out. Codes are below `a_size` and `b_size`.
Contingency CountPairs(const std::vector<int32_t>& a, int64_t a_size, const std::vector<int32_t>& b,
                       int64_t b_size);

// Pearson's chi-square against independence; rows and columns without counts are left out.
struct ChiSquare {
  double statistic = 0;
  double freedom = 0;
  double p = 1;
};
ChiSquare ChiSquareOf(const Contingency& table);

// Upper end of the one-sided interval of Cohen's w = sqrt(noncentrality / n), from Pearson's
// chi-square: the noncentrality under which so small a statistic has probability 1 - level (Steiger
// & Fouladi, "Noncentrality interval estimation", 1997). 0 where the test has no freedom.
double EffectUpperEnd(const ChiSquare& test, double rows, double level);

// Cramer's V = sqrt(chi2 / (n min(rows - 1, columns - 1))), 0 to 1.
double CramersV(const Contingency& table);
// With Bergsma's correction of its upward bias ("A bias-correction for Cramer's V", J. Korean
// Statistical Society 2013).
double CramersVCorrected(const Contingency& table);
// The corrected V with a percentile interval from `draws` tables with Poisson counts.
Estimate CramersVInterval(const Contingency& table, double level, uint64_t seed, int draws = 400);

// Correlation ratio eta = sqrt(between-group sum of squares / total), 0 to 1; rows with NaN or a
// negative code are left out. Interval: `draws` redraws of the group means and variances.
Estimate CorrelationRatio(const std::vector<int32_t>& group, int64_t groups,
                          const std::vector<double>& value, double level, uint64_t seed,
                          int draws = 400);

// Pearson's correlation of ranks (Spearman), interval by Fisher's transformation with Bonett and
// Wright's variance (1 + r^2 / 2) / (n - 3).
Estimate RankCorrelation(const std::vector<double>& a, const std::vector<double>& b, double level);

// The interval of such a correlation `r` of `n` rows.
Estimate CorrelationInterval(double r, double n, double level);

// A share k of n with Wilson's score interval.
Estimate ShareOf(double k, double n, double level);

// Rows from which on ShareOf's interval is at most `margin` to either side whatever the share:
// z^2 / (4 margin^2) - z^2, 381 for +-0.05 at 0.95.
int64_t RowsForMargin(double margin, double level);

// One-way analysis of variance: probability of so large an F if all groups had one mean.
double AnovaP(const std::vector<int32_t>& group, int64_t groups, const std::vector<double>& value);

// Upper tails; of the noncentral chi-square by its Poisson mixture of central ones.
double ChiSquareTail(double statistic, double freedom);
double NoncentralChiSquareTail(double statistic, double freedom, double noncentrality);
double FTail(double statistic, double freedom1, double freedom2);
// The regularized incomplete beta function I_x(a, b): P(X <= x) of a beta distribution.
double IncompleteBeta(double a, double b, double x);

}  // namespace bottega
