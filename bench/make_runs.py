"""Makes a project with many run folders: copies of a real run with names, settings and scores of their own.

    bench/make_runs.py PROJECT RUN COUNT

PROJECT/runs/ gets COUNT folders, each with the manifest, metrics and log of RUN (a folder that bottega
trained and evaluated) under another time, learning rate, width and seed, and with other scores; a tenth are
unfinished, a fifth have tags. The same arguments give the same folders.
"""
import datetime
import json
import pathlib
import random
import sys


def vary(metrics, rng):
    for part in ("train", "validation", "test"):
        shift = rng.gauss(0, 0.03)
        for score in metrics[part].values():
            if isinstance(score, dict) and isinstance(score.get("value"), float):
                for key in ("value", "low", "high"):
                    if isinstance(score.get(key), float):
                        score[key] = min(1.0, max(0.0, score[key] + shift))


def main():
    project, template, count = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    manifest_text = (template / "manifest.json").read_text()
    metrics_text = (template / "metrics.json").read_text()
    fairness = (template / "fairness.json").read_text()
    log = (template / "log.jsonl").read_text()
    rng = random.Random(7)
    begun = datetime.datetime(2026, 1, 1)
    for i in range(count):
        time = begun + datetime.timedelta(minutes=17 * i)
        folder = project / "runs" / f"{time:%Y%m%d-%H%M%S}-{rng.randrange(1 << 16):04x}"
        folder.mkdir(parents=True)
        manifest, metrics = json.loads(manifest_text), json.loads(metrics_text)
        manifest["created"] = f"{time:%Y-%m-%dT%H:%M:%SZ}"
        sets = {"train.optimizer.lr": 10 ** rng.uniform(-4, -2), "train.seed": rng.randrange(100)}
        manifest["recipe"]["train"]["optimizer"]["lr"] = sets["train.optimizer.lr"]
        manifest["recipe"]["train"]["seed"] = sets["train.seed"]
        if rng.random() < 0.5:
            sets["model.hidden"] = [rng.choice((16, 32, 64, 128))] * 2
            manifest["recipe"]["model"]["hidden"] = sets["model.hidden"]
        manifest["sets"] = [f"{path}={value}" for path, value in sets.items()]
        manifest["origin"].update({path: "--set" for path in sets})
        vary(metrics, rng)
        unfinished = rng.random() < 0.1
        if unfinished:
            del manifest["trained"], manifest["outputs"]
        else:
            (folder / "metrics.json").write_text(json.dumps(metrics, indent=2))
            (folder / "fairness.json").write_text(fairness)
        if rng.random() < 0.2:
            (folder / "tags.json").write_text(json.dumps({"format": 1, "tags": rng.sample(["good", "old", "paper"], 2)}))
        (folder / "log.jsonl").write_text(log)
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=2))


main()
