"""Writes agreement.json: agreement as scikit-learn 1.9, statsmodels 0.14, krippendorff 0.9 and crowd-kit 1.4 compute
it, on drawn ratings and on the example of Krippendorff, "Computing Krippendorff's alpha-reliability", 2011.

    pip install scikit-learn statsmodels krippendorff crowd-kit
"""
import json
import pathlib

import krippendorff
import numpy as np
import pandas as pd
from crowdkit.aggregation import DawidSkene
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

NONE = -1


def alphas(table, values):
    data = np.where(table == NONE, np.nan, np.asarray(values, float)[table]).T
    return {scale: krippendorff.alpha(reliability_data=data, level_of_measurement=scale)
            for scale in ("nominal", "ordinal", "interval")}


# Section D of the paper: four observers, twelve units, values 1 to 5; alpha .743, .815, .849.
paper = [[1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
         [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0]]
example = np.array(paper).T - 1

rng = np.random.default_rng(3)
values = [1, 2, 4, 7]
truth = rng.integers(0, 4, 60)
skill = [0.9, 0.75, 0.6, 0.85]
full = np.stack([np.where(rng.random(60) < s, truth, rng.integers(0, 4, 60)) for s in skill], axis=1)
gaps = np.where(rng.random(full.shape) < 0.25, NONE, full)

long = [(f"{i:02}", str(a), int(v)) for i, row in enumerate(gaps) for a, v in enumerate(row) if v != NONE]
model = DawidSkene(n_iter=500, tol=-np.inf).fit(pd.DataFrame(long, columns=["task", "worker", "label"]))
posterior = model.probas_.sort_index()[range(4)]

out = {
    "example": example.tolist(),
    "example_alpha": alphas(example, [1, 2, 3, 4, 5]),
    "values": values,
    "full": full.tolist(),
    "gaps": gaps.tolist(),
    "gaps_alpha": alphas(gaps, values),
    "full_alpha": alphas(full, values),
    "fleiss": fleiss_kappa(aggregate_raters(full, n_cat=4)[0]),
    "cohen": {weights or "none": cohen_kappa_score(full[:, 0], full[:, 1], labels=[0, 1, 2, 3], weights=weights)
              for weights in (None, "linear", "quadratic")},
    "dawid_skene": {"tasks": [int(t) for t in posterior.index], "posterior": np.round(posterior.values, 8).tolist()},
}
path = pathlib.Path(__file__).with_name("agreement.json")
path.write_text(json.dumps(out, indent=None, separators=(",", ":")) + "\n")
