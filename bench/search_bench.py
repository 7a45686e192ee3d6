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


def search(name):
    """(seconds, best validation loss, epochs) of one of the searches in search_bench.json."""
    words = [w for s in SETTINGS["common"] + SETTINGS[name] for w in ("--set", s)]
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
    seconds, best, epochs = search(name)
    print(f"search_seconds,{seconds:.2f},s")
    print(f"search_best_loss,{best:.4f},nats")
    print(f"search_epochs,{epochs},epochs")


if __name__ == "__main__":
    show(os.environ.get("BOTTEGA_SEARCH", "grid"))
