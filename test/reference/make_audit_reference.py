"""Writes audit.json: associations, tests and intervals as scipy and scikit-learn compute them."""
import json
import pathlib

import numpy as np
from scipy import stats
from sklearn.neighbors import NearestNeighbors

table = np.array([[30, 10, 5], [12, 40, 8], [3, 9, 33], [20, 21, 19]])
chi = stats.chi2_contingency(table, correction=False)
rng = np.random.default_rng(5)
group = rng.integers(0, 3, 60)
value = np.round(rng.normal(size=60) + 0.6 * group, 3)
other = np.round(value + rng.normal(size=60), 2)
anova = stats.f_oneway(*(value[group == g] for g in range(3)))
between = sum((group == g).sum() * (value[group == g].mean() - value.mean()) ** 2 for g in range(3))
points = np.round(rng.normal(size=(40, 5)), 3)
distance, index = NearestNeighbors(n_neighbors=4).fit(points).kneighbors()
wilson = {
    f"{k}/{n}": list(stats.binomtest(k, n).proportion_ci(0.95, "wilson"))
    for k, n in [(0, 10), (7, 20), (500, 1000)]
}
out = {
    "table": table.tolist(),
    "chi_square": chi.statistic,
    "chi_square_p": chi.pvalue,
    "cramers_v": stats.contingency.association(table, method="cramer"),
    "group": group.tolist(),
    "value": value.tolist(),
    "other": other.tolist(),
    "anova_p": anova.pvalue,
    "eta": float(np.sqrt(between / ((value - value.mean()) ** 2).sum())),
    "spearman": stats.spearmanr(value, other).statistic,
    "wilson": wilson,
    "normal_quantile": {str(p): stats.norm.ppf(p) for p in (0.025, 0.9, 0.999)},
    "points": points.tolist(),
    "neighbor_index": index.tolist(),
    "neighbor_distance": np.round(distance, 6).tolist(),
}
path = pathlib.Path(__file__).with_name("audit.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
