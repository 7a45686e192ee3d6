"""Writes clean_reference.json: imputation, scaling and encoding by scikit-learn, quantiles by numpy.

    python3 test/reference/make_clean_reference.py
"""
import json
import pathlib

import numpy as np
import sklearn
from scipy.stats import norm
from sklearn.impute import SimpleImputer
from sklearn.model_selection import StratifiedGroupKFold, train_test_split
from sklearn.preprocessing import MinMaxScaler, OrdinalEncoder, QuantileTransformer, RobustScaler, StandardScaler

rng = np.random.RandomState(3)
n = 60
skewed = np.round(np.exp(rng.normal(size=n) * 1.5), 3)
zeros = np.where(rng.uniform(size=n) < 0.7, 0.0, np.round(rng.uniform(0, 9, size=n), 2))
plain = np.round(rng.normal(5, 2, size=n), 3)
columns = {"skewed": skewed, "zeros": zeros, "plain": plain}
gaps = plain.copy()
gaps[::7] = np.nan


def quantile(x):
    """QuantileTransformer, but values tied with the smallest or largest get their middle rank like
    all other ties (scikit-learn sends them to the ends, -5.2 and 5.2)."""
    fitted = QuantileTransformer(n_quantiles=20, output_distribution="normal", subsample=None).fit(x)
    y, edges, shares = fitted.transform(x)[:, 0], fitted.quantiles_[:, 0], fitted.references_
    x = x[:, 0]
    middle = 0.5 * (np.interp(x, edges, shares) - np.interp(-x, -edges[::-1], -shares[::-1]))
    ends = (x == edges[0]) | (x == edges[-1])
    return np.where(ends, norm.ppf(np.clip(middle, 1e-7, 1 - 1e-7)), y).tolist()


def scaled(x):
    x = x.reshape(-1, 1)
    log = np.sign(x) * np.log1p(np.abs(x))
    edges = np.unique(np.quantile(x[:, 0], np.linspace(0, 1, 9)))
    return {
        "standard": StandardScaler().fit_transform(x)[:, 0].tolist(),
        "robust": RobustScaler().fit_transform(x)[:, 0].tolist(),
        "min_max": MinMaxScaler().fit_transform(x)[:, 0].tolist(),
        "quantile": quantile(x),
        "log": StandardScaler().fit_transform(log)[:, 0].tolist(),
        "edges": edges.tolist(),
        "bins": np.clip((x - edges[:-1]) / np.diff(edges), 0, 1).ravel().tolist(),
    }


def fill(strategy):
    return float(SimpleImputer(strategy=strategy).fit(gaps.reshape(-1, 1)).statistics_[0])


values = np.array(list("aaaaabbbbbbccddddddde"))
coder = OrdinalEncoder(min_frequency=5).fit(values.reshape(-1, 1))
frequent = [v for v in coder.categories_[0] if v not in set(coder.infrequent_categories_[0])]

# Quality of stratification: largest deviation of a class's share in a part.
labels = np.array([0] * 203 + [1] * 61 + [2] * 37)
train, rest = train_test_split(np.arange(301), test_size=0.3, stratify=labels, random_state=0)
validation, test = train_test_split(rest, test_size=0.5, stratify=labels[rest], random_state=0)
shares = {0: 0.7, 1: 0.15, 2: 0.15}
stratified = max(abs((labels[p] == k).sum() - s * (labels == k).sum())
                 for p, s in zip([train, validation, test], shares.values()) for k in range(3))
groups = rng.randint(0, 60, size=301)
rng.shuffle(labels)
grouped = 0
for _, held_out in StratifiedGroupKFold(5, shuffle=True, random_state=0).split(labels, labels, groups):
    for k in range(3):
        grouped = max(grouped, abs((labels[held_out] == k).sum() - (labels == k).sum() / 5))

probabilities = [1e-12, 1e-7, 0.001, 0.02425, 0.1, 0.5, 0.77, 0.999999]
out = {
    "made_by": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
    "columns": {name: x.tolist() for name, x in columns.items()},
    "scaled": {name: scaled(x) for name, x in columns.items()},
    "gaps": [None if np.isnan(x) else x for x in gaps],
    "fill": {s: fill(s) for s in ("mean", "median", "most_frequent")},
    "values": values.tolist(),
    "frequent": frequent,
    "normal": {"p": probabilities, "x": norm.ppf(probabilities).tolist()},
    "split": {"stratified_deviation": float(stratified), "labels": labels.tolist(),
              "groups": groups.tolist(), "grouped_deviation": float(grouped)},
}
path = pathlib.Path(__file__).parent / "clean_reference.json"
path.write_text(json.dumps(out, default=lambda x: x.item()) + "\n")
