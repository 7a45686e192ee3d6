#!/usr/bin/env python3
"""Labels flipped at random in 2, 5, 10 and 20 % of UCI Adult, SST-2 and MNIST: how well suspicious_labels ranks them.

Average precision (area under precision and recall) of the score of rows that bottega computed by itself, beside
cleanlab's ranking on the same out-of-fold probabilities, which must not be better by more than 1e-4; and the flipped
labels among the findings. Runs in the Python environment that `tools/setup peers` makes.
"""
import glob
import gzip
import json
import pathlib
import random
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent.parent / "bench")]
from peers import in_peer
from suite import bottega, data_file, run_suite

in_peer("cleanlab")

import numpy as np
import pyarrow.parquet as pq
from cleanlab.rank import get_label_quality_scores
from sklearn.metrics import average_precision_score

RATES = (0.02, 0.05, 0.10, 0.20)


def flip(labels, rate, seed):
    """Labels with a share changed to another class, and which ones."""
    rng = random.Random(seed)
    classes, changed = sorted(set(labels)), list(labels)
    rows = rng.sample(range(len(labels)), round(rate * len(labels)))
    for row in rows:
        changed[row] = rng.choice([c for c in classes if c != labels[row]])
    flipped = np.zeros(len(labels), dtype=int)
    flipped[rows] = 1
    return changed, flipped


def judge(folder, source, target, labels, flipped):
    """What one audit makes of it: average precision of ours and cleanlab's, precision and recall of the findings."""
    words = ["audit", source, "--json", "--set", "audit.checks=[suspicious_labels]"]
    result = json.loads(bottega(*words, *(["--target", target] if target else []), cwd=folder)[0])["result"]
    audit = pathlib.Path(folder) / result["folder"]
    score = pq.read_table(audit / "scores.parquet")["suspicious_labels"].to_numpy(zero_copy_only=False)
    table = pq.read_table(audit / "probabilities.parquet")
    classes = [name.removeprefix("p.") for name in table.column_names[1:]]
    probabilities = np.column_stack([table[f"p.{c}"].to_numpy(zero_copy_only=False) for c in classes])
    given = np.array([classes.index(str(label)) for label in labels])
    judged = ~np.isnan(score)
    theirs = max(average_precision_score(flipped[judged], -get_label_quality_scores(given[judged], probabilities[judged],
                                                                                     method=method))
                 for method in ("self_confidence", "normalized_margin", "confidence_weighted_entropy"))
    named = pq.read_table(audit / "findings.parquet")["row"].to_numpy(zero_copy_only=False).astype(int)
    return {"ours": average_precision_score(flipped[judged], -score[judged]), "theirs": theirs,
            "judged": judged.mean(), "named": len(named), "precision": flipped[named].mean() if len(named) else 1.0,
            "recall": flipped[named].sum() / max(1, flipped.sum())}


class LabelErrors(unittest.TestCase):
    def run_rates(self, name, labels, write, target, least):
        for rate, floor in zip(RATES, least):
            with self.subTest(rate=rate), tempfile.TemporaryDirectory() as folder:
                changed, flipped = flip(labels, rate, f"{name}-{rate}")
                source = write(pathlib.Path(folder), changed)
                found = judge(folder, source, target, changed, flipped)
                print(f"{name:6} {rate:4.0%}: average precision {found['ours']:.4f}, cleanlab's ranking of the same "
                      f"probabilities {found['theirs']:.4f}; {found['named']} named, precision "
                      f"{found['precision']:.3f}, recall {found['recall']:.3f}", flush=True)
                self.assertEqual(found["judged"], 1)
                self.assertGreaterEqual(found["ours"], found["theirs"] - 1e-4)
                self.assertGreaterEqual(found["ours"], floor)
                self.assertGreaterEqual(found["precision"], 0.5)

    def test_adult(self):
        rows = [line.split(", ") for line in data_file("tables/adult.data").read_text().split("\n") if line.strip()]

        def write(folder, labels):
            text = "".join(", ".join([*row[:-1], label]) + "\n" for row, label in zip(rows, labels))
            (folder / "adult.csv").write_text(text)
            return "adult.csv"
        self.run_rates("adult", [row[-1] for row in rows], write, "-1", (0.48, 0.62, 0.71, 0.79))

    def test_sst2(self):
        lines = data_file("text/SST-2/train.tsv").read_text().rstrip("\n").split("\n")[1:]
        rows = [line.split("\t") for line in lines]

        def write(folder, labels):
            text = "".join(f"{label}\t{row[1]}\n" for row, label in zip(rows, labels))
            (folder / "sst.tsv").write_text("label\tsentence\n" + text)
            return "sst.tsv"
        self.run_rates("sst-2", [row[0] for row in rows], write, "label", (0.50, 0.63, 0.70, 0.74))

    def test_mnist(self):
        idx = {kind: glob.glob(str(data_file("images_idx/mnist_t10k") / f"*{kind}*"))[0] for kind in ("images", "labels")}
        pictures, labels = (gzip.decompress(pathlib.Path(idx[kind]).read_bytes()) for kind in ("images", "labels"))

        def write(folder, changed):
            (folder / "mnist").mkdir()
            (folder / "mnist/t10k-images-idx3-ubyte").write_bytes(pictures)
            (folder / "mnist/t10k-labels-idx1-ubyte").write_bytes(labels[:8] + bytes(changed))
            return "mnist"
        self.run_rates("mnist", list(labels[8:]), write, "", (0.94, 0.96, 0.97, 0.98))


class CleanLabels(unittest.TestCase):
    """Few false alarms where nothing was planted."""

    def test_clean_tables(self):
        for name, target, most in (("tables/adult.data", "-1", 40), ("tables/titanic.csv", "Survived", 10),
                                   ("tables/winequality-red.csv", "quality", 10), ("drift/weather.csv", "-1", 182)):
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                words = ["audit", data_file(name), "--target", target, "--json"]
                result = json.loads(bottega(*words, "--set", "audit.checks=[suspicious_labels]", cwd=folder)[0])["result"]
                outcome = result["checks"][0]
                severities = {f["severity"] for f in result["findings"]}
                print(f"{name}: {outcome['count']} of {result['rows']} rows named, {severities or 'none'}", flush=True)
                self.assertTrue(outcome["ran"])
                self.assertLessEqual(outcome["count"], most)
                self.assertLessEqual(severities, {"info"} if "wine" not in name else {"info", "warning"})


if __name__ == "__main__":
    run_suite()
