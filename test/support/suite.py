"""What the Python suites share: running the built program, and results for tools/run_tests."""
import json
import os
import pathlib
import subprocess
import sys
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("BOTTEGA_BUILD", ROOT / "build")).resolve()
DATA = pathlib.Path(os.environ.get("BOTTEGA_DATA", ROOT / "../shared/data")).resolve()


def bottega(*words, cwd, code=0, env=None):
    """Runs the built program; returns (stdout, stderr, seconds). Any other exit code is an AssertionError."""
    begun = time.monotonic()
    done = subprocess.run([BUILD / "bottega", *map(str, words)], cwd=cwd, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": "1", **(env or {})})
    seconds = time.monotonic() - begun
    if done.returncode != code:
        raise AssertionError(f"bottega {' '.join(map(str, words))}: exit {done.returncode}, not {code}\n"
                             f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout, done.stderr, seconds


def epoch_records(run):
    """What log.jsonl says of each epoch of a run."""
    lines = [json.loads(line) for line in (pathlib.Path(run) / "log.jsonl").read_text().splitlines()]
    return [line for line in lines if line["event"] == "epoch"]


def newest_run(folder):
    """The newest run folder below `folder`, which must have one."""
    runs = sorted(p for p in (pathlib.Path(folder) / "runs").iterdir() if p.is_dir())
    if not runs:
        raise AssertionError(f"there is no run in {folder}")
    return runs[-1]


def metrics(run):
    return json.loads((pathlib.Path(run) / "metrics.json").read_text())


def data_file(name):
    """A file or folder of the real data; a missing one fails by name."""
    path = DATA / name
    if not path.exists():
        raise AssertionError(f"the real data set '{name}' is missing: looked for {path} (BOTTEGA_DATA)")
    return path


def run_suite():
    """unittest.main() that also writes BOTTEGA_SUITE_RESULT."""
    program = unittest.main(module="__main__", exit=False, verbosity=2)
    result = program.result
    bad = [str(test) for test, _ in result.failures + result.errors] + [str(t) for t in result.unexpectedSuccesses]
    skips = [f"{test}: {why}" for test, why in result.skipped]
    summary = {"passed": max(result.testsRun - len(bad) - len(skips), 0), "failed": len(bad), "skipped": len(skips),
               "failures": bad, "skips": skips}
    if target := os.environ.get("BOTTEGA_SUITE_RESULT"):
        pathlib.Path(target).write_text(json.dumps(summary))
    sys.exit(1 if bad or result.testsRun == 0 else 0)
