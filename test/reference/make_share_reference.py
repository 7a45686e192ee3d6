"""Writes shares.json: tests of shares and their adjustment as scipy and statsmodels compute them.

    pip install scipy statsmodels
"""
import json
import pathlib

from scipy import stats
from statsmodels.stats.proportion import proportion_confint, proportion_effectsize

differ = []
for k1, n1, k2, n2 in [(30, 100, 45, 100), (3, 40, 0, 25), (1, 12, 9, 14), (0, 30, 4, 300), (38, 40, 20, 25), (250, 1000, 2600, 9000)]:
    table = [[k1, n1 - k1], [k2, n2 - k2]]
    chi = stats.chi2_contingency(table, correction=False)
    small = chi.expected_freq.min() < 5
    differ.append([k1, n1, k2, n2, stats.fisher_exact(table).pvalue if small else chi.pvalue])
p = [0.001, 0.2, 0.04, 0.9, 0.012, 0.03, 0.5]
counts, shares = [48, 35, 15, 2], [0.4, 0.3, 0.2, 0.1]
out = {
    "differ": differ,
    "h": [[a, b, proportion_effectsize(a, b)] for a, b in [(0.5, 0.6), (0.02, 0.06), (0, 0.1)]],
    "p": p,
    "adjusted": stats.false_discovery_control(p, method="bh").tolist(),
    "counts": counts,
    "shares": shares,
    "fit": stats.chisquare(counts, [100 * s for s in shares]).pvalue,
    # The rarest cells are judged together until they expect at least 5.
    "sparse_counts": [30, 14, 1, 0],
    "sparse_shares": [0.6, 0.3, 0.06, 0.04],
    "sparse_fit": stats.chisquare([30, 15], [27, 18]).pvalue,
    "rows_for_margin": next(n for n in range(2, 10**4, 2)
                            if proportion_confint(n // 2, n, method="wilson")[1] - 0.5 <= 0.05),
}
path = pathlib.Path(__file__).with_name("shares.json")
path.write_text(json.dumps(out, indent=None, separators=(",", ":")) + "\n")
