#!/usr/bin/env python3
"""Gradient checkpointing on a network of 50 layers: peak memory and time a step, before and after.

usage: checkpointing_resnet50.py BOTTEGA DATA [SIDE [BATCH]]     DATA: the folder with the real sets

Trains ResNet-50 for one epoch of a few photographs with nothing, half of and all blocks recomputed. Prints CSV. Then shows
that a limit of 2 GB is refused without checkpointing (exit 75) and kept with `checkpointing: auto`.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile


def run(program, folder, *words):
    return subprocess.run([program, *map(str, words)], cwd=folder, capture_output=True, text=True)


def train(program, folder, *words):
    done = run(program, folder, "train", "-q", "--json", *words)
    if done.returncode != 0:
        return done.returncode, json.loads(done.stdout)["error"]
    name = json.loads(done.stdout)["result"]["run"]
    took = json.loads((folder / "runs" / name / "forecast.json").read_text())["measured"][0]
    took["recomputed"] = len(json.loads((folder / "runs" / name / "choices.json").read_text())["recomputed"])
    return 0, took


def main(program, data, side, batch):
    program = str(pathlib.Path(program).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for kind in ("cats", "dogs"):
            (folder / "photos" / kind).mkdir(parents=True)
            files = sorted((pathlib.Path(data) / "image_folder/cats_dogs/train" / kind).iterdir())
            for file in files[:2 * batch]:
                shutil.copy(file, folder / "photos" / kind)
        run(program, folder, "init", "photos")
        sets = ["--set", "model=resnet50", "--set", f"train.picture_size={side}", "--set", f"train.batch={batch}",
                "--set", "train.epochs=1", "--set", "train.precision=fp32", "--set", "train.layout=channels_last"]
        print("checkpointing,blocks,peak_mb,step_seconds")
        for setting in ("none", "9", "all"):
            code, took = train(program, folder, *sets, "--set", f"train.checkpointing={setting}")
            if code != 0:
                sys.exit(f"checkpointing {setting}: {took}")
            print(f"{setting},{took['recomputed']},{took['peak'] / 1e6:.0f},{took['step_seconds']:.2f}", flush=True)
        limit = "2G"
        code, error = train(program, folder, *sets, "--max-rss", limit)
        print(f"--max-rss {limit},exit {code},{error.get('message')},{error.get('hint')}")
        code, took = train(program, folder, *sets, "--max-rss", limit, "--set", "train.checkpointing=auto")
        print(f"--max-rss {limit} with auto,exit {code},{took.get('recomputed')} blocks,"
              f"{took.get('peak', 0) / 1e6:.0f} MB")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], *(int(word) for word in sys.argv[3:] or (160, 32)))
