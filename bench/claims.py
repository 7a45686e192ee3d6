#!/usr/bin/env python3
"""What the field promises of its techniques, measured: `make claims`.

    bench/claims.py [--build build] [--seeds 10] [--only dropout,l2] [--update]

Each claim compares two trainings of generated data through the command line, seed by seed: with the technique and
without it. It prints the mean of the paired differences with its 95 % interval (Student's t) and a verdict:

    confirmed      the interval lies above what the claim asks for
    contrary       the interval lies below zero (for "no worse" claims: below the allowance)
    not confirmed  neither: the interval holds what the claim denies

--update writes the table to doc/claims.md, whatever the verdicts are.
"""
import argparse
import csv
import dataclasses
import json
import math
import os
import pathlib
import random
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Student's t, two-sided 95 %, by degrees of freedom; above 30 the normal's value is near enough.
T95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
       2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042]
FRESH_ROWS = 4000
OPTIONS = argparse.Namespace(build="build")


@dataclasses.dataclass
class Claim:
    name: str
    promise: str         # what is said of the technique
    measured: str        # the quantity; larger differences speak for the technique
    difference: object   # (seed, folder) -> float
    allowance: float = 0.0  # "no worse": the difference may be this far below zero


def bottega(*words, cwd, code=0):
    build = pathlib.Path(OPTIONS.build).resolve()
    done = subprocess.run([build / "bottega", *map(str, words)], cwd=cwd, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": "1"})
    if code is not None and done.returncode != code:
        sys.exit(f"claims: bottega {' '.join(map(str, words))}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)["result"] if done.returncode == 0 else None


@dataclasses.dataclass
class Table:
    """Two classes by a curved rule over `informative` numbers; `useless` columns say nothing."""
    rows: int
    informative: int = 6
    useless: int = 0
    rare: float = 0.5        # share of the class "yes"
    wrong_labels: float = 0  # share of labels that are turned over
    sharpness: float = 2.0   # of the rule: larger, fewer rows near the border

    def draw(self, rng, rule):
        x = [rng.gauss(0, 1) for _ in range(self.informative)]
        z = sum(w * v for w, v in zip(rule.linear, x)) + rule.product * x[0] * x[1] + rule.square * (x[2] ** 2 - 1)
        p = 1 / (1 + math.exp(-self.sharpness * (z - rule.cut)))
        return x + [rng.gauss(0, 1) for _ in range(self.useless)], rng.random() < p


class Rule:
    """What a seed's data obey, so that training and fresh rows come from one world."""

    def __init__(self, seed, table):
        rng = random.Random(seed)
        self.linear = [rng.gauss(0, 1) / math.sqrt(table.informative) for _ in range(table.informative)]
        self.product, self.square = rng.choice([-1, 1]) * 0.8, rng.choice([-1, 1]) * 0.5
        self.cut = 0.0
        probe = sorted(self.value(rng, table) for _ in range(4000))
        self.cut = probe[int((1 - table.rare) * len(probe))]

    def value(self, rng, table):
        x = [rng.gauss(0, 1) for _ in range(table.informative)]
        return sum(w * v for w, v in zip(self.linear, x)) + self.product * x[0] * x[1] + self.square * (x[2] ** 2 - 1)


def write_table(path, table, rule, rows, rng, wrong_labels):
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow([f"x{i}" for i in range(table.informative)] + [f"u{i}" for i in range(table.useless)] + ["y"])
        for _ in range(rows):
            values, yes = table.draw(rng, rule)
            if rng.random() < wrong_labels:
                yes = not yes
            out.writerow([f"{v:.4f}" for v in values] + ["yes" if yes else "no"])


class World:
    """A project with generated training data, and fresh rows of the same kind with true labels."""

    def __init__(self, seed, folder, table):
        self.folder = pathlib.Path(folder)
        rule, rng = Rule(seed, table), random.Random(f"{seed} rows")
        write_table(self.folder / "data.csv", table, rule, table.rows, rng, table.wrong_labels)
        write_table(self.folder / "fresh.csv", table, rule, FRESH_ROWS, rng, 0)
        bottega("init", "data.csv", "--target", "y", "--json", cwd=folder)
        self.seed = seed

    def train(self, *settings, words=(), code=0):
        sets = [f"train.seed={self.seed}", f"split.seed={self.seed}", "train.baselines=none", *settings]
        return bottega("train", "--json", *words, *[w for s in sets for w in ("--set", s)], cwd=self.folder, code=code)

    def fresh(self, run):
        """Metrics of a run on rows that nothing has seen."""
        return bottega("predict", run["run"], "fresh.csv", "--json", cwd=self.folder)["metrics"]

    def score(self, metric, *settings, words=()):
        return self.fresh(self.train(*settings, words=words))[metric]["value"]


def plain(hidden="[64, 64]", **more):
    """An mlp without regularization of its own."""
    settings = {"hidden": hidden, "dropout": 0.0, **more}
    return "model={name: mlp, " + ", ".join(f"{k}: {v}" for k, v in settings.items()) + "}"


# The last epoch's weights instead of the best on validation.
def full_length(epochs):
    return [f"train.epochs={epochs}", "train.early_stopping.metric=train.loss",
            f"train.early_stopping.patience={epochs}"]


def balance(method):
    def difference(seed, folder):
        world = World(seed, folder, Table(rows=1500, rare=0.06))
        with_it = world.score("balanced_accuracy", plain(), f"train.balance={{name: {method}, correct: false}}")
        return with_it - world.score("balanced_accuracy", plain())
    return difference


def label_errors(seed, folder):
    world = World(seed, folder, Table(rows=1500, wrong_labels=0.2, sharpness=6))
    clean = ["clean.labels=drop_suspicious", "clean.confidence=0.6"]
    return world.score("log_loss", plain()) - world.score("log_loss", plain(), *clean)


def irrelevant_columns(seed, folder):
    table = Table(rows=600, useless=60)
    world = World(seed, folder, table)
    without = "data.ignore=[" + ", ".join(f"u{i}" for i in range(table.useless)) + "]"
    return world.score("log_loss", plain()) - world.score("log_loss", plain(), without)


def dropout(seed, folder):
    world = World(seed, folder, Table(rows=500, useless=20, wrong_labels=0.1))
    long = full_length(60)
    return (world.score("log_loss", plain("[256, 256]"), *long) -
            world.score("log_loss", plain("[256, 256]", dropout=0.5), *long))


def read_norm(folder, run):
    """Euclidean norm of all weight matrices of model.safetensors."""
    data = (folder / "runs" / run["run"] / "model" / "model.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    total = 0.0
    for name, entry in json.loads(data[8:8 + length]).items():
        if name == "__metadata__" or len(entry["shape"]) < 2:
            continue
        begin, end = entry["data_offsets"]
        total += sum(v * v for v in struct.unpack(f"<{(end - begin) // 4}f", data[8 + length + begin:8 + length + end]))
    return math.sqrt(total)


def l2_norm(seed, folder):
    world = World(seed, folder, Table(rows=800))
    base = [plain(), "train.optimizer={name: sgd, lr: 0.1, momentum: 0.9}", *full_length(30)]
    without = read_norm(world.folder, world.train(*base))
    return without - read_norm(world.folder, world.train(*base, "train.penalties=[{l2: {strength: 0.003}}]"))


def largest_stable_rate(world, norm):
    """The largest of a grid of rates at which five epochs of SGD end clearly below the loss of guessing."""
    stable = 0
    for power in range(-4, 9):
        run = world.train(plain("[64, 64, 64]", norm=norm), f"train.optimizer={{name: sgd, lr: {2.0 ** power}}}",
                          "train.schedule=constant", "train.batch=32", *full_length(5), code=None)
        losses = [epoch.get("validation.loss") for epoch in run["curve"]] if run else [None]
        if losses[-1] is not None and math.isfinite(losses[-1]) and losses[-1] < 0.9 * math.log(2):
            stable = power
    return stable


def batch_norm(seed, folder):
    world = World(seed, folder, Table(rows=1500, sharpness=4))
    return largest_stable_rate(world, "batch") - largest_stable_rate(world, "none")


def early_stopping(seed, folder):
    world = World(seed, folder, Table(rows=800, useless=10, wrong_labels=0.05))
    return (world.score("log_loss", plain(), *full_length(60)) -
            world.score("log_loss", plain(), "train.epochs=60", "train.early_stopping.patience=8"))


def k_fold(seed, folder):
    world = World(seed, folder, Table(rows=400))
    run = world.train(plain(), words=["--cv", "5"])
    truth = world.fresh(run)["accuracy"]["value"]
    bottega("evaluate", run["run"], "--json", cwd=world.folder)
    metrics = json.loads((world.folder / "runs" / run["run"] / "metrics.json").read_text())
    return abs(metrics["validation"]["accuracy"]["value"] - truth) - abs(metrics["cv"]["accuracy"]["value"] - truth)


def draw_fruit(folder, name, seed, per_class):
    """`per_class` pictures of each class of the fruit demo, as drawn with `seed`."""
    bottega("demo", "fruit", "--data-only", name + "-all", "--seed", seed, "--wrong-labels", "0", "--json", cwd=folder)
    by_class = {}
    for picture in sorted((folder / (name + "-all")).rglob("*.jpg")):
        by_class.setdefault(picture.parent.name, []).append(picture)
    for label, pictures in by_class.items():
        (folder / name / label).mkdir(parents=True)
        for picture in random.Random(seed).sample(pictures, min(per_class, len(pictures))):
            shutil.copy(picture, folder / name / label)


def augmentation(seed, folder):
    folder = pathlib.Path(folder)
    draw_fruit(folder, "few", seed, 25)
    draw_fruit(folder, "fresh", seed + 1000, 100)
    bottega("init", "few", "--json", cwd=folder)
    scores = []
    for augment in ("[flip, crop, {rotate: {degrees: 15}}]", "[]"):
        run = bottega("train", "--json", "--set", f"augment={augment}", "--set", f"train.seed={seed}", "--set",
                      f"split.seed={seed}", "--set", "train.epochs=40", "--set", "train.picture_size=32", "--set",
                      "train.batch=16", "--set", "model={name: resnet_small, width: 8, blocks: 1}", cwd=folder)
        scores.append(bottega("predict", run["run"], "fresh", "--json", cwd=folder)["metrics"]["log_loss"]["value"])
    return scores[1] - scores[0]


CLAIMS = [
    Claim("balance by weights", "class weights find more of a rare class (6 %)",
          "balanced accuracy on fresh rows", balance("weights")),
    Claim("balance by oversampling", "drawing classes equally often finds more of a rare class (6 %)",
          "balanced accuracy on fresh rows", balance("oversample")),
    Claim("label errors", "leaving out suspicious labels (20 % are wrong) makes better probabilities",
          "log loss saved on fresh rows with true labels", label_errors),
    Claim("irrelevant columns", "60 columns that say nothing do harm",
          "log loss saved on fresh rows by ignoring them", irrelevant_columns),
    Claim("augmentation", "flips, crops and turns help where pictures are few (25 a class)",
          "log loss saved on fresh pictures", augmentation),
    Claim("dropout", "dropout keeps a large network from learning noise by heart",
          "log loss saved on fresh rows at full length", dropout),
    Claim("l2", "an L2 penalty keeps weights small", "norm of the weights saved", l2_norm),
    Claim("batch norm", "batch normalization allows higher learning rates",
          "doublings of the largest stable rate of SGD", batch_norm),
    Claim("early stopping", "stopping early is no worse than training full length",
          "log loss saved on fresh rows; 0.01 may be lost", early_stopping, allowance=0.01),
    Claim("k-fold", "five folds tell the accuracy on fresh rows more closely than one validation part",
          "absolute error of the estimate saved", k_fold),
]


def interval(values):
    mean = statistics.fmean(values)
    if len(values) < 2:
        return mean, -math.inf, math.inf
    freedom = len(values) - 1
    half = (T95[freedom - 1] if freedom <= len(T95) else 1.96) * statistics.stdev(values) / math.sqrt(len(values))
    return mean, mean - half, mean + half


def verdict(claim, low, high):
    if low > -claim.allowance:
        return "confirmed"
    return "contrary" if high < -claim.allowance else "not confirmed"


def measure(claim, seeds):
    values = []
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as folder:
            values.append(claim.difference(seed, folder))
    mean, low, high = interval(values)
    return [claim.name, claim.promise, claim.measured, f"{mean:.4g}", f"{low:.4g} to {high:.4g}",
            f"{sum(v > 0 for v in values)} of {seeds}", verdict(claim, low, high)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.environ.get("BOTTEGA_BUILD", "build"))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--only", default="")
    parser.add_argument("--update", action="store_true")
    parser.parse_args(namespace=OPTIONS)
    wanted = [c for c in CLAIMS if not OPTIONS.only or c.name in OPTIONS.only.split(",")]
    if not wanted:
        sys.exit("claims: no such claim; there are " + ", ".join(c.name for c in CLAIMS))
    header = ["claim", "what is promised", "measured", "mean", "95 % interval", "seeds for it", "verdict"]
    rows = []
    print(" | ".join(header), flush=True)
    for claim in wanted:
        rows.append(measure(claim, OPTIONS.seeds))
        print(" | ".join(rows[-1]), flush=True)
    if OPTIONS.update:
        write_page(header, rows)


def write_page(header, rows):
    lines = ["# Claims", "", f"What techniques promise, measured by `make claims` on generated data over {OPTIONS.seeds} "
             "seeds (`bench/claims.py` says how). A", "difference above zero speaks for the technique.", "",
             "| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    (ROOT / "doc" / "claims.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
