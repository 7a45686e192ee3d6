#!/usr/bin/env python3
"""Runs spoilt on purpose are called while they train and by `diagnose`, whose first change brings back most of what was
lost; healthy runs hear nothing. Loans (drawn), Adult, Titanic, red wine, MNIST."""
import csv
import gzip
import json
import math
import pathlib
import random
import shlex
import struct
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from suite import bottega, data_file, run_suite

SEEDS = range(1, 11)


def train(work, *words):
    """Trains a network, mlp unless a word names another; returns the run and what was said: name -> epoch."""
    if not any(word.startswith("model") for word in words):
        words = (*words, "--set", "model=mlp")
    out, _, _ = bottega("train", "-q", "--json", *words, cwd=work)
    run = work / "runs" / json.loads(out)["result"]["run"]
    lines = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    said = [line for line in lines if line["event"] == "verdict"]
    assert len({line["name"] for line in said}) == len(said), "something was said twice"
    return run, {line["name"]: line["epoch"] for line in said}


def sets(*values):
    return [word for value in values for word in ("--set", value)]


def best_loss(run):
    lines = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    return min(line["validation.loss"] for line in lines if line["event"] == "epoch")


def diagnose(run, work, *words):
    bottega("diagnose", run.name, "-q", *words, cwd=work)
    return json.loads((run / "diagnosis.json").read_text())


def paste(command, work):
    """Runs a proposed command as it stands."""
    words = shlex.split(command)
    assert words[:2] == ["bottega", "train"]
    return train(work, *words[2:])[0]


class Healthy(unittest.TestCase):
    def silent(self, work, *words):
        for seed in SEEDS:
            _, said = train(work, *sets(f"train.seed={seed}", *words))
            self.assertEqual(said, {}, f"seed {seed}")

    def test_tables(self):
        for name, target, rows in (("adult.data", "-1", 6000), ("titanic.csv", "Survived", None), ("winequality-red.csv", "quality", None)):
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                work = pathlib.Path(folder)
                lines = data_file(f"tables/{name}").read_text().splitlines(keepends=True)
                (work / "table.csv").write_text("".join(lines[:rows]))
                bottega("init", "table.csv", "--target", target, cwd=work)
                self.silent(work)

    def test_loans(self):
        with tempfile.TemporaryDirectory() as folder:
            work = pathlib.Path(folder)
            bottega("demo", "loans", "--data-only", "loans", cwd=work)
            bottega("init", "loans/loans.csv", cwd=work)
            self.silent(work)


def idx(path, values, shape):
    """An IDX file of bytes."""
    with gzip.open(path, "wb") as file:
        file.write(struct.pack(">BBBB", 0, 0, 8, len(shape)) + struct.pack(f">{len(shape)}I", *shape) + values)


class Pictures(unittest.TestCase):
    """600 digits; a small network, so that ten seeds take minutes."""

    SMALL = ("model.name=resnet_small", "model.width=8", "train.epochs=12", "train.precision=fp32", "train.layout=contiguous")
    EXTREME = ("augment=[{rotate: {degrees: 180}}, {cutout: {fraction: 0.6}}, {noise: {deviation: 0.5}}]",)

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.work = pathlib.Path(cls.folder.name)
        source = data_file("images_idx/mnist_t10k")
        pictures = gzip.decompress((source / "t10k-images-idx3-ubyte.gz").read_bytes())[16:]
        labels = gzip.decompress((source / "t10k-labels-idx1-ubyte.gz").read_bytes())[8:]
        (cls.work / "digits").mkdir()
        idx(cls.work / "digits" / "t10k-images-idx3-ubyte.gz", pictures[: 860 * 784], (860, 28, 28))
        idx(cls.work / "digits" / "t10k-labels-idx1-ubyte.gz", labels[:860], (860,))
        bottega("init", "digits", cwd=cls.work)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_healthy_runs_hear_nothing(self):
        for seed in SEEDS:
            _, said = train(self.work, *sets(f"train.seed={seed}", *self.SMALL))
            self.assertEqual(said, {}, f"seed {seed}")

    def test_extreme_augmentation(self):
        healthy, _ = train(self.work, *sets(*self.SMALL))
        called = 0
        for seed in SEEDS:
            run, said = train(self.work, *sets(f"train.seed={seed}", *self.SMALL, *self.EXTREME))
            called += any(said.get(name, 99) <= 8 for name in ("over_regularized", "not_learning"))
        print(f"extreme augmentation: called in {called} of {len(SEEDS)} runs, loss {best_loss(run):.3f} instead of {best_loss(healthy):.3f}", flush=True)
        self.assertGreaterEqual(called, 8)
        found = diagnose(run, self.work)
        first = found["changes"][0]
        self.assertEqual(first["verdict"], "too_much_regularization", found["changes"])
        lost = best_loss(run) - best_loss(healthy)
        self.assertGreater(best_loss(run) - best_loss(paste(first["command"], self.work)), lost / 2)


class Spoilt(unittest.TestCase):
    """The drawn loans, whose true labels are known."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.work = pathlib.Path(cls.folder.name)
        bottega("demo", "loans", "--data-only", "loans", cwd=cls.work)
        bottega("init", "loans/loans.csv", cwd=cls.work)
        cls.healthy = best_loss(train(cls.work)[0])

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def recovers(self, run, found, share):
        first = found["changes"][0]
        after = best_loss(paste(first["command"], self.work))
        lost = best_loss(run) - self.healthy
        print(f"{run.name}: {first['why']}: loss {best_loss(run):.3f} -> {after:.3f}, healthy {self.healthy:.3f}", flush=True)
        self.assertGreater(best_loss(run) - after, share * lost, first)

    def check(self, words, names, epoch, verdicts):
        for seed in SEEDS:
            run, said = train(self.work, *sets(f"train.seed={seed}", *words))
            self.assertTrue(any(said.get(name, 10**6) <= epoch for name in names), f"{words} seed {seed}: {said}")
        found = diagnose(run, self.work)
        self.assertIn(found["changes"][0]["verdict"], verdicts, found["changes"])
        self.recovers(run, found, 0.5)

    def test_dropout(self):
        spoilt, said = ("model.name=mlp", "model.dropout=0.9"), ("over_regularized", "not_learning")
        self.check((*spoilt, "model.hidden=[64,32]"), said, 20, ("too_much_regularization",))
        # The default network has units enough to learn all the same, in three times the epochs.
        self.check(spoilt, said, 20, ("too_much_regularization", "too_few_steps"))

    def test_decay(self):
        self.check(("train.optimizer.weight_decay=10",), ("weights_shrink",), 6, ("too_much_regularization",))

    def test_slow(self):
        self.check(("train.optimizer.lr=1e-5",), ("updates_small", "not_learning"), 6, ("rate_too_low",))

    def test_fast(self):
        self.check(("train.optimizer.lr=0.1",), ("dead_units", "updates_large", "not_learning"), 6, ("rate_too_high",))

    def test_few_rows(self):
        few = ("split.train=0.02", "split.validation=0.15", "split.test=0.83", "train.early_stopping=none")
        called = 0
        for seed in SEEDS:
            run, said = train(self.work, *sets(f"train.seed={seed}", *few))
            called += said.get("overfitting", 99) <= 30
        print(f"few rows: overfitting called in {called} of {len(SEEDS)} runs", flush=True)
        self.assertGreaterEqual(called, 7)
        found = diagnose(run, self.work)
        self.assertIn("overfits", [verdict["name"] for verdict in found["verdicts"]])
        self.assertEqual(found["changes"][0]["verdict"], "more_data", found["changes"])
        self.recovers(run, found, 0.5)

    def test_wrong_labels(self):
        with tempfile.TemporaryDirectory() as folder:
            work = pathlib.Path(folder)
            with (self.work / "loans/loans.csv").open() as file:
                rows = list(csv.reader(file))
            draw, target = random.Random(3), rows[0].index("approved")
            for row in rows[1:]:
                if draw.random() < 0.3:
                    row[target] = "no" if row[target] == "yes" else "yes"
            with (work / "noisy.csv").open("w", newline="") as file:
                csv.writer(file).writerows(rows)
            bottega("init", "noisy.csv", "--target", "approved", cwd=work)
            run, _ = train(work)
            found = diagnose(run, work)
            self.assertIn("label_noise", [verdict["name"] for verdict in found["verdicts"]], found["label_noise"])
            share = found["label_noise"]["share"]
            print(f"wrong labels: {share}", flush=True)
            self.assertGreater(share["high"], 0.2)
            self.assertLess(share["low"], 0.35)

    def test_columns_that_tell_little_are_no_wrong_labels(self):
        for strength in (0.4, 0.8, 1.2):
            with self.subTest(strength), tempfile.TemporaryDirectory() as folder:
                work, draw = pathlib.Path(folder), random.Random(5)
                with (work / "weak.csv").open("w") as file:
                    file.write("a,b,c,answer\n")
                    for _ in range(6000):
                        a, b, c = (draw.gauss(0, 1) for _ in range(3))
                        yes = draw.random() < 1 / (1 + math.exp(-strength * (a + b / 2)))
                        file.write(f"{a:.4f},{b:.4f},{c:.4f},{'yes' if yes else 'no'}\n")
                bottega("init", "weak.csv", "--target", "answer", cwd=work)
                found = diagnose(train(work)[0], work)
                print(f"strength {strength}: {found['label_noise']['share']}, {found['label_noise']['evidence']:.1f}", flush=True)
                self.assertNotIn("label_noise", [verdict["name"] for verdict in found["verdicts"]])


if __name__ == "__main__":
    run_suite()
