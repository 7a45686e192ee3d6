#!/usr/bin/env python3
"""A cross-validation with other seeds that is killed again and again comes to the same models and scores.

KILLS (8; the release check uses 30) says how often.
"""
import hashlib
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

KILLS = int(os.environ.get("KILLS", "8"))
SETTINGS = ["--cv", "5", "--seeds", "2", "--set", f"train.epochs={12 * KILLS}", "--set", "train.batch=16",
            "--set", "train.early_stopping={metric: [validation.roc_auc, validation.loss], patience: 1000}",
            "--set", "train.checkpoint_seconds=0.1", "--set", "split.method=stratified",
            "--set", "model={name: mlp, hidden: [32], dropout: 0.2}"]
WORK = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(WORK.name)


def setUpModule():
    bottega("demo", "loans", "--data-only", "all", cwd=FOLDER)
    lines = next((FOLDER / "all").rglob("loans.csv")).read_text().splitlines()[:1200]
    (FOLDER / "loans.csv").write_text("\n".join(lines) + "\n")
    bottega("init", "loans.csv", cwd=FOLDER)


def tearDownModule():
    WORK.cleanup()


def project(name):
    copy = FOLDER / name
    copy.mkdir()
    for file in ("bottega.yaml", "loans.csv"):
        shutil.copy(FOLDER / file, copy)
    return copy


def digests(folder):
    """SHA-256 of every model of the newest run, the folds' and seeds' too."""
    run = newest_run(folder)
    return {str(p.relative_to(run)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(run.rglob("model.safetensors"))}


def start(folder, *words):
    return subprocess.Popen([BUILD / "bottega", "train", "-q", *words], cwd=folder, stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


class Folds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = project("reference")
        begun = time.monotonic()
        bottega("train", *SETTINGS, "--jobs", "2", cwd=folder)
        cls.seconds = time.monotonic() - begun
        cls.expected = digests(folder)

    def test_every_model_is_there(self):
        self.assertEqual(len(self.expected), 1 + 5 + 1)
        self.assertEqual(len(set(self.expected.values())), 7)

    def test_one_job_at_a_time_gives_the_same(self):
        folder = project("one")
        bottega("train", *SETTINGS, "--jobs", "1", cwd=folder)
        self.assertEqual(digests(folder), self.expected)

    def test_a_signal_saves_all(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            folder = project(f"signal{code}")
            process = start(folder, *SETTINGS)
            while not list((folder / "runs").glob("*/folds/0-4/log.jsonl")):
                time.sleep(0.01)
            process.send_signal(number)
            error = process.communicate(timeout=60)[1].decode()
            self.assertEqual(process.returncode, code, error)
            self.assertIn("resume", error)
            bottega("train", "--resume", cwd=folder)
            self.assertEqual(digests(folder), self.expected)

    def test_kills_at_random_instants(self):
        folder = project("killed")
        chance = random.Random(5)
        kills = 0
        process = start(folder, *SETTINGS)
        while kills < KILLS:
            time.sleep(chance.uniform(0.2, 1.2) * self.seconds / KILLS)
            if process.poll() is not None:
                break
            process.kill()
            process.communicate()
            kills += 1
            made = list((folder / "runs").glob("*/manifest.json"))
            process = start(folder, "--resume") if made else start(folder, *SETTINGS)
        error = process.communicate(timeout=300)[1].decode()
        self.assertEqual(process.returncode, 0, error)
        print(f"{kills} kills in a training of {self.seconds:.0f} s", flush=True)
        self.assertGreaterEqual(kills, KILLS // 2, "the training ended before it was killed often enough")
        self.assertEqual(digests(folder), self.expected)


run_suite()
