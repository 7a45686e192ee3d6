"""Writes labels.json: confident learning and label quality as cleanlab 2.7.1 computes them."""
import json
import pathlib

import numpy as np
from cleanlab.count import compute_confident_joint, get_confident_thresholds
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores

FILTERS = ("prune_by_class", "prune_by_noise_rate", "both", "confident_learning")
QUALITIES = ("self_confidence", "normalized_margin", "confidence_weighted_entropy")


def case(seed, rows, classes, noise, sharpness, empty_class=False):
    """Probabilities to six digits around true classes of uneven size, and labels with noise."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.ones(classes) * 2)
    if empty_class:
        shares[-1] = 0
        shares /= shares.sum()
    truth = rng.choice(classes, rows, p=shares)
    wrong = rng.random(rows) < noise
    labels = np.where(wrong, rng.choice(classes, rows, p=shares), truth)
    logits = rng.normal(size=(rows, classes)) + sharpness * np.eye(classes)[truth]
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    probabilities = np.round(probabilities, 6).astype(np.float32)
    joint, off_diagonal = compute_confident_joint(labels, probabilities, calibrate=False,
                                                  return_indices_of_off_diagonals=True)
    return {
        "labels": labels.tolist(),
        "probabilities": [[float(f"{p:.6f}") for p in row] for row in probabilities],
        "thresholds": [float(t) for t in get_confident_thresholds(labels, probabilities)],
        "joint": joint.tolist(),
        "calibrated": compute_confident_joint(labels, probabilities).tolist(),
        "issues": {f: np.flatnonzero(find_label_issues(labels, probabilities, filter_by=f, n_jobs=1)).tolist()
                   for f in FILTERS},
        "quality": {q: np.round(get_label_quality_scores(labels, probabilities, method=q), 6).tolist()
                    for q in QUALITIES},
    }


out = {"cases": [case(1, 150, 2, 0.1, 2.0), case(2, 200, 4, 0.2, 2.0), case(3, 120, 3, 0.0, 4.0),
                 case(4, 200, 5, 0.3, 1.5, empty_class=True), case(5, 60, 12, 0.2, 3.0)]}
path = pathlib.Path(__file__).with_name("labels.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
