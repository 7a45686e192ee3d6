"""Writes review.json: exact binomial intervals and acceptance plans as scipy computes them.

    pip install scipy
"""
import json
import pathlib

from scipy import optimize, stats

intervals = []
for k, n in [(0, 1), (1, 1), (0, 20), (1, 20), (3, 59), (10, 200), (100, 200), (199, 200), (200, 200), (17, 12345), (40000, 100000)]:
    for level in (0.9, 0.95, 0.99):
        ci = stats.binomtest(k, n).proportion_ci(level, method="exact")
        intervals.append([k, n, level, ci.low, ci.high])
# Numbers that are not whole: effective rows of a weighted sample.
beta = []
for k, n, level in [(2.5, 40.2, 0.95), (0.3, 11.7, 0.9)]:
    tail = (1 - level) / 2
    beta.append([k, n, level, stats.beta.ppf(tail, k, n - k + 1), stats.beta.ppf(1 - tail, k + 1, n - k)])
below = [[k, n, p, stats.binom.cdf(k, n, p)] for k, n, p in [(0, 59, 0.05), (3, 100, 0.01), (7, 10, 0.5), (120, 4000, 0.035), (5, 5, 0.3)]]
plans = []
for limit, consumer, producer in [(0.05, 0.05, 0.05), (0.01, 0.1, 0.05), (0.2, 0.05, 0.01)]:
    for allowed in (0, 1, 2, 5, 10):
        rows = allowed + 1
        while stats.binom.cdf(allowed, rows, limit) > consumer:
            rows += 1
        passes = optimize.brentq(lambda p: stats.binom.cdf(allowed, rows, p) - (1 - producer), 1e-12, limit)
        plans.append([limit, consumer, producer, allowed, rows, passes])
out = {"intervals": intervals, "effective": beta, "below": below, "plans": plans}
path = pathlib.Path(__file__).with_name("review.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
