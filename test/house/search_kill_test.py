#!/usr/bin/env python3
"""A cross-validated search with mixup and averaged weights that is killed at any instant ends with the same bits.

KILLS (4; the release check uses 30) sets how many SIGKILLs it must survive.
"""
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from suite import BUILD, bottega, newest_run, run_suite

KILLS = int(os.environ.get("KILLS", "4"))
EPOCHS = max(6, 2 * KILLS)  # long enough for all of them
SETTINGS = ["--cv", "5", "--trials", "4", "--set", "model={name: mlp, hidden: [32]}", "--set", f"train.epochs={EPOCHS}",
            "--set", "train.mix=[mixup]", "--set", "train.average=ema", "--set", "train.baselines=none",
            "--set", "train.checkpoint_seconds=0.1"]
WORK = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(WORK.name)
SECONDS = 0


def setUpModule():
    """A project, and in `reference` a search that nothing stopped."""
    global SECONDS
    bottega("demo", "loans", "--data-only", "all", cwd=FOLDER)
    lines = (FOLDER / "all" / "loans.csv").read_text().splitlines(keepends=True)
    (FOLDER / "loans.csv").write_text("".join(lines[:1501]))
    bottega("init", "loans.csv", cwd=FOLDER)
    _, _, SECONDS = bottega("tune", *SETTINGS, cwd=project("reference"))


def tearDownModule():
    WORK.cleanup()


def project(name):
    copy = FOLDER / name
    copy.mkdir()
    shutil.copy(FOLDER / "bottega.yaml", copy)
    shutil.copy(FOLDER / "loans.csv", copy)
    return copy


def digests(folder):
    """SHA-256 by file of everything that the search came to."""
    run = newest_run(folder)
    files = [*run.rglob("model.safetensors"), *run.rglob("tune.json"), *run.rglob("tuned.json")]
    assert len(files) >= 6 * 3, f"only {len(files)} results"
    return {str(p.relative_to(run)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def sealed(folder):
    """Whether a search of the project came to its report."""
    return any("tune.html" in json.loads(m.read_text()).get("outputs", {})
               for m in (folder / "runs").glob("*/manifest.json"))


def start(folder, *words):
    return subprocess.Popen([BUILD / "bottega", "tune", "-q", *words], cwd=folder, stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


class SearchKill(unittest.TestCase):
    def kill(self, folder, seconds):
        """Kills a search of about so many seconds again and again; returns how often, and the last process."""
        chance, kills = random.Random(5), 0
        process = start(folder, *SETTINGS)
        while kills < KILLS:
            time.sleep(chance.uniform(0.2, 1.4) * seconds / KILLS)
            if process.poll() is not None:
                break
            process.kill()
            process.communicate()
            kills += 1
            if sealed(folder):
                break
            known = (folder / "runs").is_dir() and any((folder / "runs").glob("*/manifest.json"))
            process = start(folder, "--resume") if known else start(folder, *SETTINGS)
        return kills, process

    def test_kills_at_random_instants(self):
        seconds = SECONDS
        for attempt in range(3):  # a machine that has grown faster since SECONDS were measured ends too soon
            folder, begun = project(f"killed-{attempt}"), time.monotonic()
            kills, process = self.kill(folder, seconds)
            error = process.communicate(timeout=600)[1].decode()
            self.assertTrue(process.returncode == 0 or sealed(folder), error)
            print(f"{kills} kills in a search of {seconds:.0f} s", flush=True)
            seconds = (time.monotonic() - begun) / 2
            self.assertEqual(digests(folder), digests(FOLDER / "reference"))
            if kills >= KILLS // 2:
                return
        self.fail("the search ended before it was killed often enough")

    def test_ctrl_c_saves_and_resumes(self):
        folder = project("stopped")
        process = start(folder, *SETTINGS)
        end = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < end:
            if any((folder / "runs").rglob("trials/001/checkpoints/last/checkpoint.safetensors")):
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        error = process.communicate(timeout=60)[1].decode()
        self.assertEqual(process.returncode, 130, error)
        self.assertIn("bottega tune --resume", error)
        run = newest_run(folder)
        _, error, _ = bottega("train", "--resume", run.name, cwd=folder, code=2)
        self.assertIn(f"hint: bottega tune --resume {run.name}", error)
        bottega("tune", "--resume", cwd=folder)
        self.assertEqual(digests(folder), digests(FOLDER / "reference"))

    def test_a_search_without_its_report_is_continued(self):
        folder = project("unreported")
        shutil.copytree(FOLDER / "reference" / "runs", folder / "runs")
        run = newest_run(folder)
        manifest = json.loads((run / "manifest.json").read_text())
        del manifest["outputs"]["tune.html"]
        (run / "manifest.json").write_text(json.dumps(manifest))
        (run / "tune.html").unlink()
        bottega("tune", "--resume", cwd=folder)
        self.assertEqual(newest_run(folder), run)
        self.assertTrue(sealed(folder))


run_suite()
