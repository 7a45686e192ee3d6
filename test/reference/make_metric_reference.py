#!/usr/bin/env python3
"""Writes metrics.json: small predictions with the scores that scikit-learn and Fairlearn give them.

Run with numpy, scikit-learn and fairlearn installed: python3 test/reference/make_metric_reference.py
"""
import json
import pathlib

import numpy as np
import sklearn
import sklearn.metrics as sk
import fairlearn
import fairlearn.metrics as fl


def listed(values, digits=None):
    return [round(float(v), digits) if digits else v for v in np.asarray(values).tolist()]


def probabilities(rng, truth, classes, digits):
    logits = rng.normal(size=(len(truth), classes))
    logits[np.arange(len(truth)), truth] += 1.0
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    p = np.round(p, digits)  # few digits: many ties
    p[:, -1] = np.round(1 - p[:, :-1].sum(1), digits)
    return np.clip(p, 0, 1).astype(np.float32)


def ece(stated, observed, weight, bins=10):
    at = np.minimum((stated * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        inside = at == b
        if weight[inside].sum() > 0:
            total += abs((weight[inside] * (stated[inside] - observed[inside])).sum())
    return total / weight.sum()


def classification(rng, n, classes, weighted, digits):
    truth = rng.integers(0, classes, n)
    p = probabilities(rng, truth, classes, digits)
    predicted = p.argmax(1)
    weight = np.round(rng.uniform(0, 3, n), 2) if weighted else np.ones(n)
    kw = dict(sample_weight=weight)
    binary = classes == 2
    positive = 1
    average = "binary" if binary else "macro"
    p64 = p.astype(np.float64)
    p64 /= p64.sum(1, keepdims=True)
    onehot = np.eye(classes)[truth]
    # As defined by scikit-learn 1.7: halved for two classes.
    brier = np.average(((p.astype(np.float64) - onehot) ** 2).sum(1), weights=weight)
    if binary:
        brier /= 2
    stated = p[:, positive].astype(np.float64) if binary else p.max(1).astype(np.float64)
    hit = (truth == positive) if binary else (truth == predicted)
    precision, recall, f1, _ = sk.precision_recall_fscore_support(
        truth, predicted, labels=range(classes), zero_division=0, **kw)
    expected = {
        "accuracy": sk.accuracy_score(truth, predicted, **kw),
        "balanced_accuracy": sk.balanced_accuracy_score(truth, predicted, **kw),
        "precision": sk.precision_score(truth, predicted, average=average, zero_division=0, **kw),
        "recall": sk.recall_score(truth, predicted, average=average, zero_division=0, **kw),
        "f1": sk.f1_score(truth, predicted, average=average, zero_division=0, **kw),
        "f1_macro": sk.f1_score(truth, predicted, average="macro", zero_division=0, **kw),
        "f1_weighted": sk.f1_score(truth, predicted, average="weighted", zero_division=0, **kw),
        "roc_auc": sk.roc_auc_score(truth, p[:, 1], **kw) if binary else np.mean(
            [sk.roc_auc_score(truth == c, p[:, c], **kw) for c in range(classes)]),
        "log_loss": sk.log_loss(truth, p, labels=range(classes), **kw),
        "brier": brier,
        "ece": ece(stated, hit.astype(float), weight),
    }
    if binary:
        assert np.isclose(brier, sk.brier_score_loss(truth, p64[:, 1], **kw), atol=1e-6)
    return {
        "classes": [f"class.{c}" for c in range(classes)], "positive": positive if binary else -1,
        "truth": listed(truth), "predicted": listed(predicted), "weight": listed(weight),
        "probability": listed(p.ravel(), 6), "expected": {k: float(v) for k, v in expected.items()},
        "per_class": {"precision": listed(precision), "recall": listed(recall), "f1": listed(f1)},
        "confusion": listed(sk.confusion_matrix(truth, predicted, labels=range(classes), **kw)),
    }


def regression(rng, n):
    truth = np.round(rng.normal(50, 10, n), 3)
    predicted = np.round(truth + rng.normal(1, 4, n), 3)
    weight = np.round(rng.uniform(0, 3, n), 2)
    kw = dict(sample_weight=weight)
    return {
        "truth": listed(truth), "predicted": listed(predicted), "weight": listed(weight),
        "expected": {"rmse": float(sk.root_mean_squared_error(truth, predicted, **kw)),
                     "mae": float(sk.mean_absolute_error(truth, predicted, **kw)),
                     "r2": float(sk.r2_score(truth, predicted, **kw))},
    }


def fairness(rng, n):
    group = rng.choice(["a", "b", "c"], n, p=[0.5, 0.3, 0.2])
    truth = (rng.uniform(size=n) < np.where(group == "a", 0.3, 0.6)).astype(int)
    predicted = np.where(rng.uniform(size=n) < np.where(group == "c", 0.6, 0.8), truth, 1 - truth)
    kw = dict(sensitive_features=group)
    frame = fl.MetricFrame(
        metrics={"accuracy": sk.accuracy_score, "selection_rate": fl.selection_rate,
                 "recall": fl.true_positive_rate, "false_positive_rate": fl.false_positive_rate,
                 "precision": sk.precision_score},
        y_true=truth, y_pred=predicted, **kw)
    return {
        "group": listed(group), "truth": listed(truth), "predicted": listed(predicted),
        "groups": {str(g): {k: float(v) for k, v in row.items()}
                   for g, row in frame.by_group.to_dict("index").items()},
        "gaps": {
            "demographic_parity_gap": float(fl.demographic_parity_difference(truth, predicted, **kw)),
            "demographic_parity_ratio": float(fl.demographic_parity_ratio(truth, predicted, **kw)),
            "equalized_odds_gap": float(fl.equalized_odds_difference(truth, predicted, **kw)),
            "equal_opportunity_gap": float(fl.equal_opportunity_difference(truth, predicted, **kw)),
            "accuracy_gap": float(frame.difference()["accuracy"]),
        },
    }


def main():
    rng = np.random.default_rng(7)
    values = np.round(rng.normal(size=23), 4)
    out = {
        "made_with": f"scikit-learn {sklearn.__version__}, fairlearn {fairlearn.__version__}",
        "binary": classification(rng, 80, 2, False, 1),
        "binary_weighted": classification(rng, 80, 2, True, 2),
        "multiclass": classification(rng, 90, 4, False, 2),
        "multiclass_weighted": classification(rng, 60, 3, True, 1),
        "regression": regression(rng, 60),
        "fairness": fairness(rng, 200),
        "quantile": {"values": listed(values),
                     "expected": {str(q): float(np.quantile(values, q))
                                  for q in (0.0, 0.025, 0.31, 0.5, 0.975, 1.0)}},
    }
    path = pathlib.Path(__file__).with_name("metrics.json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
