"""Writes clean_reference.json: imputation (simple, k-NN, iterative), scaling and encoding (target, hashing) by scikit-learn, quantiles by numpy.

    python3 test/reference/make_clean_reference.py
"""
import json
import pathlib

import numpy as np
import sklearn
from scipy.stats import norm
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.feature_extraction import FeatureHasher
from sklearn.impute import IterativeImputer, KNNImputer, SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.model_selection import StratifiedGroupKFold, train_test_split
from sklearn.preprocessing import (MinMaxScaler, OrdinalEncoder, QuantileTransformer, RobustScaler, StandardScaler,
                                   TargetEncoder)



def fold_of(record, folds=5):
    """The fold of a training row: Random(seed 0, purpose split, epoch = folds, row = record).Below(folds)."""
    key, counter, mask = [2 << 24, 0], [0, folds, record, 0], 0xFFFFFFFF
    for _ in range(10):  # Philox4x32-10
        p0, p1 = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = [p1 >> 32 ^ counter[1] ^ key[0], p1 & mask, p0 >> 32 ^ counter[3] ^ key[1], p0 & mask]
        key = [(key[0] + 0x9E3779B9) & mask, (key[1] + 0xBB67AE85) & mask]
    return (counter[0] << 32 | counter[1]) % folds


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

# Rows of four correlated numbers with gaps: 80 to fit on, 20 new ones. Imputed on standardized columns.
cause = rng.normal(size=(100, 2))
rows = np.round(cause @ rng.normal(size=(2, 4)) * [1, 10, 100, 5] + rng.normal(size=(100, 4)) * [.2, 2, 20, 1], 3)
rows[rng.uniform(size=rows.shape) < 0.15] = np.nan
scaler = StandardScaler().fit(rows[:80])


def imputed(imputer):
    imputer.fit(scaler.transform(rows[:80]))
    return scaler.inverse_transform(imputer.transform(scaler.transform(rows))).round(9).tolist()


# Target encoding of 12 values: what new rows get, and what each row gets without its own fold.
folds = [fold_of(record) for record in range(360)]
kinds = np.array([f"k{i % 12 if i % 3 else i % 4}" for i in range(len(folds))])
means = {k: i for i, k in enumerate(sorted(set(kinds)))}
quantity = np.round(np.array([means[k] for k in kinds]) + rng.normal(size=len(folds)) * 3, 3)
binary = np.where(quantity > np.median(quantity), "yes", "no")
three = np.array(["low", "middle", "top"])[np.digitize(quantity, np.quantile(quantity, [0.3, 0.7]))]


def target_encoded(y, kind, smooth):
    x = kinds.reshape(-1, 1)
    whole = TargetEncoder(smooth=smooth, target_type=kind).fit(x, y).transform(x)
    crossed = np.empty_like(whole)
    for fold in set(folds):
        out = np.array(folds) == fold
        crossed[out] = TargetEncoder(smooth=smooth, target_type=kind).fit(x[~out], y[~out]).transform(x[out])
    return {"whole": whole.round(9).tolist(), "crossed": crossed.round(9).tolist()}


tokens = ["", "a", "red", "grün", "a longer value, with 中文", "12345", "x" * 31]
hashed = FeatureHasher(n_features=7, input_type="string").transform([[t] for t in tokens]).toarray()

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
    "rows": [[None if np.isnan(x) else x for x in row] for row in rows],
    "imputed": {"knn": imputed(KNNImputer(n_neighbors=5)),
                "iterative": imputed(IterativeImputer(Ridge(alpha=1), max_iter=10, tol=1e-3))},
    "target": {"kinds": kinds.tolist(), "quantity": quantity.tolist(), "binary": binary.tolist(),
               "three": three.tolist(),
               "encoded": {"quantity auto": target_encoded(quantity, "continuous", "auto"),
                           "quantity 10": target_encoded(quantity, "continuous", 10.0),
                           "binary auto": target_encoded(binary, "binary", "auto"),
                           "three 2": target_encoded(three, "multiclass", 2.0)}},
    "hashed": {"tokens": tokens, "columns": hashed.tolist()},
    "split": {"stratified_deviation": float(stratified), "labels": labels.tolist(),
              "groups": groups.tolist(), "grouped_deviation": float(grouped)},
}
path = pathlib.Path(__file__).parent / "clean_reference.json"
path.write_text(json.dumps(out, default=lambda x: x.item()) + "\n")
