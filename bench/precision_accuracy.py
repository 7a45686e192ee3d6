#!/usr/bin/env python3
"""bf16 beside fp32: held-out accuracy over five seeds, time a step, peak memory.

usage: precision_accuracy.py BOTTEGA DATA [EPOCHS]     DATA: the folder with the real sets

A small ResNet on photographs of cats and dogs at 64 px. The same seeds (weights, order, augmentation, split) in both;
the difference is paired by seed, with its 95 % interval by Student's t. Prints CSV.
"""
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

SEEDS = 5
T95 = 2.776  # of four degrees of freedom
SETTINGS = ["model.name=resnet_small", "train.picture_size=64", "train.layout=channels_last", "augment=[flip]",
            "train.early_stopping=none", "split.train=0.6", "split.validation=0.1", "split.test=0.3"]


def call(program, *words, folder):
    done = subprocess.run([program, *map(str, words)], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"bottega {' '.join(map(str, words))}: {done.stderr}")
    return json.loads(done.stdout)["result"]


def train(program, precision, seed, epochs, folder):
    sets = [*SETTINGS, f"train.precision={precision}", f"train.seed={seed}", f"train.epochs={epochs}"]
    words = [word for setting in sets for word in ("--set", setting)]
    run = call(program, "train", "-q", "--json", *words, folder=folder)["run"]
    scores = call(program, "evaluate", "-q", "--json", run, folder=folder)["metrics"]["test"]
    took = json.loads((folder / "runs" / run / "forecast.json").read_text())["measured"][0]
    return scores["accuracy"]["value"], took["step_seconds"], took["peak"]


def main(program, data, epochs):
    program = str(pathlib.Path(program).resolve())
    found = {"fp32": [], "bf16": []}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        source = pathlib.Path(data).resolve() / "image_folder/cats_dogs/train"
        subprocess.run([program, "init", "-q", str(source)], cwd=folder, check=True, capture_output=True)
        for seed in range(1, SEEDS + 1):
            for precision, results in found.items():
                results.append(train(program, precision, seed, epochs, folder))
    print("precision,test_accuracy,step_ms,peak_mb")
    for precision, results in found.items():
        accuracy, seconds, peak = (statistics.mean(column) for column in zip(*results))
        print(f"{precision},{accuracy:.4f},{seconds * 1e3:.1f},{peak / 1e6:.0f}")
    differences = [b[0] - a[0] for a, b in zip(found["fp32"], found["bf16"])]
    mean, spread = statistics.mean(differences), statistics.stdev(differences) / SEEDS**0.5
    print(f"difference,{mean:+.4f},[{mean - T95 * spread:+.4f};{mean + T95 * spread:+.4f}],")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 6)
