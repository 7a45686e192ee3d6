"""The peer of search_bench.cc: the exhaustive grid, every combination of the same space trained to the end, and how
many epochs it took. Both are `bottega tune`; the grid is what people write as nested loops."""
import json
import os
import pathlib
import subprocess
import tempfile
import time

PROGRAM = pathlib.Path(os.environ.get("BOTTEGA_BUILD", "build")) / "bottega"
SETTINGS = json.loads((pathlib.Path(__file__).parent / "search_bench.json").read_text())


def bottega(*words, cwd):
    done = subprocess.run([PROGRAM, *words, "--json"], cwd=cwd, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["result"]


SEEDS = {"asha": 5, "grid": 1}  # of what is proposed; a grid has none


def search(name, seed):
    """(seconds, best validation loss, epochs) of one of the searches in search_bench.json."""
    settings = SETTINGS["common"] + SETTINGS[name] + [f"tune.seed={seed}"]
    words = [w for s in settings for w in ("--set", s)]
    with tempfile.TemporaryDirectory() as folder:
        bottega("demo", "loans", "--data-only", "loans", cwd=folder)
        bottega("init", "loans/loans.csv", cwd=folder)
        begun = time.perf_counter()
        facts = bottega("tune", *words, cwd=folder)["search"]
        seconds = time.perf_counter() - begun
    best = min(t["score"] for t in facts["trials"] if t["score"] is not None and t["epochs"] == facts["epochs"]
               or t["trial"] == facts["best"])
    return seconds, best, facts["trained_epochs"]


def show(name):
    """The worst of the seeds in each."""
    seconds, best, epochs = map(max, zip(*(search(name, seed + 1) for seed in range(SEEDS[name]))))
    print(f"search_seconds,{seconds:.2f},s")
    print(f"search_best_loss,{best:.4f},nats")
    print(f"search_epochs,{epochs},epochs")


if __name__ == "__main__":
    show(os.environ.get("BOTTEGA_SEARCH", "grid"))
