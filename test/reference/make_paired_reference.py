"""Writes paired_scores.json: exact McNemar tests and Holm's adjustment as SciPy and statsmodels' formula give them."""
import json
import pathlib

import numpy
import scipy
import scipy.stats

mcnemar = []
for a, b in ((0, 0), (0, 1), (5, 5), (3, 11), (40, 62), (0, 30), (250, 310)):
    p = 1.0 if a + b == 0 else scipy.stats.binomtest(min(a, b), a + b, 0.5).pvalue
    mcnemar.append({"a": a, "b": b, "p": min(1.0, float(p))})

random = numpy.random.default_rng(5)
holm = []
for n in (1, 3, 6):
    p = random.uniform(0, 0.2, n)
    order = numpy.argsort(p, kind="stable")
    adjusted = numpy.empty(n)
    adjusted[order] = numpy.minimum(1, numpy.maximum.accumulate((n - numpy.arange(n)) * p[order]))
    holm.append({"p": p.tolist(), "adjusted": adjusted.tolist()})

# Two classifiers on the same 400 rows: the standard error of the difference of their accuracies, by
# its formula, to hold the bootstrap to.
truth = random.integers(0, 2, 400)
a = numpy.where(random.uniform(size=400) < 0.80, truth, 1 - truth)
b = numpy.where(random.uniform(size=400) < 0.5, a, numpy.where(random.uniform(size=400) < 0.86, truth, 1 - truth))
difference = (b == truth).astype(float) - (a == truth)
paired = {
    "truth": truth.tolist(),
    "a": a.tolist(),
    "b": b.tolist(),
    "difference": float(difference.mean()),
    "standard_error": float(difference.std() / numpy.sqrt(len(difference))),
    "only_a": int(((a == truth) & (b != truth)).sum()),
    "only_b": int(((b == truth) & (a != truth)).sum()),
}
path = pathlib.Path(__file__).with_name("paired_scores.json")
path.write_text(json.dumps({"made_by": "scipy " + scipy.__version__, "mcnemar": mcnemar, "holm": holm, "paired": paired}) + "\n")
