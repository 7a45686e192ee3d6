"""Writes table_models.json: linear, kNN and boosted models of small tables as scikit-learn and XGBoost fit them.

    pip install scikit-learn==1.9.1                      (the parts linear and knn)
    pip install xgboost==1.7.4 numpy==1.26.4 scipy==1.11.4   (the part trees; another environment)

Run once in each: a part whose library is missing is kept as it is. Tables are drawn here and stored,
numbers rounded so that float32 holds the same in every program.
"""
import json
import pathlib

import numpy as np

PATH = pathlib.Path(__file__).with_name("table_models.json")
ROWS, NUMBERS, CARDINALITY = 240, 3, [4, 6]


def table():
    draw = np.random.default_rng(11)
    numbers = np.round(draw.normal(size=(ROWS, NUMBERS)), 3)
    codes = np.stack([draw.integers(0, c, ROWS) for c in CARDINALITY], axis=1)
    shift = np.array([-1.0, 0.0, 0.5, 1.0])[codes[:, 0]] + np.array([0, 1, -1, 0.3, 0, -0.6])[codes[:, 1]]
    score = numbers[:, 0] - 0.7 * numbers[:, 1] * (numbers[:, 2] > 0) + shift
    return {
        "cardinality": CARDINALITY,
        "numbers": numbers.tolist(),
        "codes": codes.tolist(),
        "binary": (score + draw.normal(size=ROWS) > 0).astype(int).tolist(),
        "multi": np.digitize(score + 0.5 * draw.normal(size=ROWS), [-0.8, 0.7]).tolist(),
        "value": np.round((score + 0.3 * draw.normal(size=ROWS)) / 2, 3).tolist(),
        "weight": np.round(draw.uniform(0.2, 2.0, ROWS), 2).tolist(),
    }


def one_hot(data, height=1.0):
    columns = [np.array(data["numbers"])]
    for i, values in enumerate(data["cardinality"]):
        columns.append(height * (np.array(data["codes"])[:, [i]] == np.arange(values)))
    return np.hstack(columns)


def linear(data):
    from sklearn.linear_model import LogisticRegression, Ridge
    x, weight, out = one_hot(data), np.array(data["weight"]), {}
    for target in ("binary", "multi"):
        for name, c, w in (("", 1.0, None), ("_weighted", 0.25, weight)):
            model = LogisticRegression(C=c, tol=1e-12, max_iter=20000).fit(x, data[target], sample_weight=w)
            out[target + name] = {"l2": 1 / c, "coef": model.coef_.tolist(), "intercept": model.intercept_.tolist(),
                                  "p": model.predict_proba(x[:10]).tolist()}
    for name, alpha, w in (("", 1.0, None), ("_weighted", 4.0, weight)):
        model = Ridge(alpha=alpha, solver="cholesky").fit(x, data["value"], sample_weight=w)
        out["value" + name] = {"l2": alpha, "coef": [model.coef_.tolist()], "intercept": [float(model.intercept_)],
                               "p": model.predict(x[:10]).reshape(-1, 1).tolist()}
    return out


def knn(data):
    from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
    scaled = dict(data)
    numbers = np.array(data["numbers"])[:200]
    scaled["numbers"] = ((np.array(data["numbers"]) - numbers.mean(0)) / numbers.std(0)).tolist()
    x, out = one_hot(scaled, np.sqrt(0.5)), {}
    for weights in ("uniform", "distance"):
        for target in ("binary", "multi"):
            model = KNeighborsClassifier(7, weights=weights).fit(x[:200], data[target][:200])
            out[f"{target}_{weights}"] = model.predict_proba(x[190:]).tolist()
        model = KNeighborsRegressor(7, weights=weights).fit(x[:200], data["value"][:200])
        out[f"value_{weights}"] = model.predict(x[190:]).reshape(-1, 1).tolist()
    return out


def trees(data):
    import xgboost
    x = np.hstack([np.array(data["numbers"]), np.array(data["codes"])]).astype(np.float32)
    types = ["float"] * NUMBERS + ["c"] * len(CARDINALITY)
    common = {"tree_method": "hist", "eta": 0.2, "max_depth": 4, "lambda": 1.5, "alpha": 0.1, "min_child_weight": 2,
              "gamma": 0.05, "max_bin": 64, "nthread": 1}
    out = {"version": xgboost.__version__}
    for target, more in (("binary", {"objective": "binary:logistic", "base_score": 0.5}),
                         ("multi", {"objective": "multi:softprob", "num_class": 3, "base_score": 0.5}),
                         ("value", {"objective": "reg:squarederror", "base_score": 0})):
        matrix = xgboost.DMatrix(x, data[target], weight=data["weight"], feature_types=types, enable_categorical=True)
        booster = xgboost.train({**common, **more}, matrix, num_boost_round=30)
        answers = booster.predict(matrix)
        out[target] = answers.reshape(ROWS, -1)[:40].astype(float).tolist()
    return out


known = json.loads(PATH.read_text()) if PATH.exists() else {}
known["data"] = table()
for part, make in (("linear", linear), ("knn", knn), ("trees", trees)):
    try:
        known[part] = make(known["data"])
    except ModuleNotFoundError as missing:
        print(f"{part} is kept: {missing}")


def rounded(node):
    if isinstance(node, float):
        return float(f"{node:.9g}")
    if isinstance(node, dict):
        return {k: rounded(v) for k, v in node.items()}
    return [rounded(v) for v in node] if isinstance(node, list) else node


PATH.write_text(json.dumps(rounded(known), separators=(",", ":")) + "\n")
