#!/usr/bin/env python3
"""Forecast against measured: six recipes, each planned and trained; median of three.

usage: plan_accuracy.py BOTTEGA DATA [RECIPE...]     BOTTEGA: the program; DATA: the folder with the real sets

Prints CSV: for memory (MB), a step (ms) and the whole training (s) what was forecast, what was measured, and the error.
The goal is 15 % for memory and 25 % for time. `plan` and `train` are processes of their own; the measured peak is
VmHWM of the training, a step is its mean with waiting for the batch, both from forecast.json of the run.
"""
import csv
import json
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 3


def wide_table(folder, rows=200_000, numbers=20):
    """Generated: a label that depends on a few of twenty numbers."""
    path = folder / "wide.csv"
    draw = random.Random(5)
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow([f"x{i}" for i in range(numbers)] + ["label"])
        for _ in range(rows):
            x = [round(draw.gauss(0, 1), 4) for _ in range(numbers)]
            out.writerow(x + ["yes" if x[0] * x[1] + x[2] + draw.gauss(0, 0.5) > 0 else "no"])
    return path


def recipes(data, folder):
    """Name: data, target, settings."""
    return {
        "mlp on Adult": (data / "tables/adult.data", "-1", ["model=mlp", "train.epochs=5"]),
        "wide mlp, 200,000 rows": (lambda: wide_table(folder), "label",
                                   ["model={name: mlp, hidden: [1024,1024]}", "train.epochs=1"]),
        "mlp with 12 layers, batch 1024": (data / "tables/adult.data", "-1",
                                           ["model={name: mlp, hidden: [512,512,512,512,512,512,512,512,512,512,512,512], dropout: 0.1}",
                                            "train.batch=1024", "train.epochs=3",
                                            "train.checkpointing=all"]),
        "resnet_small on MNIST": (data / "images_idx/mnist_t10k", None, ["train.epochs=1"]),
        "resnet18 at 64 px": (data / "image_folder/cats_dogs/train", None,
                              ["model=resnet18", "train.epochs=2", "train.picture_size=64"]),
        "resnet50, batch 8": (data / "image_folder/cats_dogs/train", None,
                              ["model=resnet50", "train.epochs=1", "train.batch=8", "train.picture_size=64"]),
    }


def call(program, *words, folder):
    done = subprocess.run([program, *map(str, words)], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"bottega {' '.join(map(str, words))}: {done.stderr}")
    return done.stdout


def measure(program, source, target, sets, folder):
    folder.mkdir()
    call(program, "init", source, *(["--target", target] if target else []), folder=folder)
    words = [word for setting in [*sets, "train.early_stopping=none"] for word in ("--set", setting)]
    rounds = []
    for _ in range(ROUNDS):
        plan = json.loads(call(program, "plan", "-q", "--json", *words, folder=folder))["result"]["forecast"]
        run = json.loads(call(program, "train", "-q", "--json", *words, folder=folder))["result"]["run"]
        took = json.loads((folder / "runs" / run / "forecast.json").read_text())["measured"][0]
        rounds.append((plan["memory"]["peak"], took["peak"], plan["time"]["step_seconds"], took["step_seconds"],
                       plan["time"]["total_seconds"], took["seconds"]))
    return rounds


def main(program, data, wanted):
    program = str(pathlib.Path(program).resolve())
    print("recipe,forecast_mb,measured_mb,memory_error,step_forecast_ms,step_measured_ms,step_error,"
          "all_forecast_s,all_measured_s,all_error")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for number, (recipe, (source, target, sets)) in enumerate(recipes(pathlib.Path(data).resolve(), folder).items()):
            if wanted and not any(word in recipe for word in wanted):
                continue
            where = folder / f"recipe{number}"
            rounds = measure(program, source() if callable(source) else source, target, sets, where)
            values = [statistics.median(column) for column in zip(*rounds)]
            memory, step, total = (statistics.median(r[i] / r[i + 1] - 1 for r in rounds) for i in (0, 2, 4))
            print(f"\"{recipe}\",{values[0] / 1e6:.0f},{values[1] / 1e6:.0f},{memory:+.1%},{values[2] * 1e3:.3g},"
                  f"{values[3] * 1e3:.3g},{step:+.1%},{values[4]:.2f},{values[5]:.2f},{total:+.1%}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
