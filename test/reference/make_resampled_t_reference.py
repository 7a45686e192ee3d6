"""Writes resampled_t.json: Student's quantiles, and the corrected resampled t interval of Nadeau and Bengio (2003).

    pip install scipy numpy
"""
import json
import pathlib

import numpy
from scipy import stats

quantiles = [[p, freedom, stats.t.ppf(p, freedom)] for p in (0.001, 0.025, 0.1, 0.5, 0.9, 0.975, 0.9995)
             for freedom in (1, 2, 4, 9, 14, 49.5, 1000)]
intervals = []
draws = numpy.random.default_rng(3)
for folds, repeats in [(5, 1), (10, 1), (10, 10), (2, 5), (2, 1)]:
    scores = (0.8 + 0.02 * draws.standard_normal(folds * repeats)).round(6)
    for level in (0.9, 0.95):
        ratio = 1 / (folds - 1)
        n = len(scores)
        error = numpy.sqrt((1 / n + ratio) * scores.var(ddof=1))
        margin = stats.t.ppf((1 + level) / 2, n - 1) * error
        intervals.append({"scores": scores.tolist(), "ratio": ratio, "level": level, "low": scores.mean() - margin,
                          "high": scores.mean() + margin, "deviation": scores.std(ddof=1)})
path = pathlib.Path(__file__).with_name("resampled_t.json")
path.write_text(json.dumps({"quantiles": quantiles, "intervals": intervals}, separators=(",", ":")) + "\n")
