"""Writes learning_curve.json: power laws with offset and the tests around them as scipy computes them.

    pip install numpy scipy
"""
import itertools
import json
import pathlib

import numpy
from scipy import optimize, stats


def law(rows, offset, scale, exponent):
    return offset + scale * rows ** -exponent


fits = []
for offset, scale, exponent, noise in [(0.2, 3.0, 0.5, 0.0), (0.3, 8.0, 0.8, 0.004), (0.05, 1.2, 0.3, 0.002), (0.4, 40.0, 1.2, 0.01)]:
    rows = numpy.array([100, 200, 400, 800, 1600], dtype=float)
    draw = numpy.random.default_rng(int(1000 * exponent))
    error = law(rows, offset, scale, exponent) + noise * draw.standard_normal(5)
    weights = rows / rows.max()
    best = None
    for start in (0.2, 0.5, 1.0, 1.5):
        found, _ = optimize.curve_fit(law, rows, error, p0=[error.min() / 2, scale, start], sigma=1 / numpy.sqrt(weights),
                                      bounds=([0, 0, 0.1], [numpy.inf, numpy.inf, 2]), maxfev=100000, xtol=1e-14, ftol=1e-14, gtol=1e-14)
        squares = float((weights * (law(rows, *found) - error) ** 2).sum())
        if best is None or squares < best[0]:
            best = (squares, found)
    fits.append({"rows": rows.tolist(), "error": error.tolist(), "weights": weights.tolist(), "squares": best[0],
                 "at_twice": float(law(2 * rows[-1], *best[1]))})


def rising(values):
    """Share of all orders that rise at least as much, by Kendall's S."""
    def s(order):
        return sum((b > a) - (b < a) for a, b in itertools.combinations(order, 2))
    orders = list(itertools.permutations(values))
    return sum(s(order) >= s(values) for order in orders) / len(orders)


trends = [[1, 2, 3, 4], [3, 1, 2, 5, 4], [5, 4, 3, 2, 1, 0.5], [0.2, 0.1, 0.4, 0.3, 0.6, 0.7, 0.5]]
long = numpy.random.default_rng(3).standard_normal(25) + 0.05 * numpy.arange(25)
tied = [1, 2, 2, 3, 3, 3, 4, 2, 5, 5, 6, 4]
out = {
    "fits": fits,
    "student_tails": [[t, n, float(stats.t.sf(t, n))] for t, n in itertools.product([-2, 0, 0.7, 2.5, 9], [1, 3.5, 39])],
    "student_quantiles": [[p, n, float(stats.t.ppf(p, n))] for p, n in itertools.product([0.01, 0.5, 0.975], [1, 3.5, 39])],
    "trends": [[values, rising(values)] for values in trends],
    # Beyond ten values or with ties: the normal approximation, which scipy's tau-b test uses without continuity.
    "long": long.tolist(),
    "long_p": float(stats.kendalltau(range(25), long, alternative="greater", method="asymptotic").pvalue),
    "tied": tied,
    "tied_p": float(stats.kendalltau(range(len(tied)), tied, alternative="greater", method="asymptotic").pvalue),
    "welch": [[1.0, 2.0, 4.0, 3.5], [2.5, 3.0, 6.0], [float(x) for x in stats.ttest_ind([1, 2, 4, 3.5], [2.5, 3, 6], equal_var=False).confidence_interval(0.95)]],
}
path = pathlib.Path(__file__).with_name("learning_curve.json")
path.write_text(json.dumps(out, indent=None, separators=(",", ":")) + "\n")
