#!/usr/bin/env python3
"""A training that is stopped or killed at any instant continues to the bit.

The pictures are a small part of the fruit demo's; augmentation and early stopping are on. KILLS (6; the
release check uses 20) sets how many SIGKILLs one run must survive, the first of them inside the write of
a checkpoint.
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

KILLS = int(os.environ.get("KILLS", "6"))
EPOCHS = 8 * KILLS  # long enough for all of them
SETTINGS = ["--set", f"train.epochs={EPOCHS}", "--set", f"train.early_stopping.patience={EPOCHS // 2}",
            "--set", "train.batch=16", "--set", "train.checkpoint_seconds=0.2",
            "--set", "augment=[flip, {rotate: {degrees: 15}}, {cutout: {fraction: 0.2}}]",
            "--set", "model={name: resnet_small, width: 8, blocks: 1}"]
WORK = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(WORK.name)
PER_CLASS = 40


def setUpModule():
    """A project with 3 x 40 pictures, and the choices of one finished run, which all others replay."""
    bottega("demo", "fruit", "--data-only", "all", cwd=FOLDER)
    classes = [p for p in sorted((FOLDER / "all").rglob("*")) if p.is_dir() and len(list(p.glob("*.jpg"))) > 100]
    for folder in classes:
        (FOLDER / "pictures" / folder.name).mkdir(parents=True)
        for picture in sorted(folder.glob("*.jpg"))[:PER_CLASS]:
            shutil.copy(picture, FOLDER / "pictures" / folder.name)
    bottega("init", "pictures", cwd=FOLDER)


def tearDownModule():
    WORK.cleanup()


def project(name):
    """A copy of the project, so that runs do not meet."""
    copy = FOLDER / name
    copy.mkdir()
    shutil.copy(FOLDER / "bottega.yaml", copy)
    (copy / "pictures").symlink_to(FOLDER / "pictures")
    return copy


def start(folder, *words):
    return subprocess.Popen([BUILD / "bottega", "train", "-q", *words], cwd=folder, stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def digest(folder):
    return hashlib.sha256((newest_run(folder) / "model" / "model.safetensors").read_bytes()).hexdigest()


def wait_for(condition, process, seconds=120):
    """Polls until `condition`; False if the process ended first."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.0005)
    raise AssertionError("nothing happened in time")


def writes_checkpoint(folder):
    return any((folder / "runs").glob("*/checkpoints/**/.*.tmp*"))


def epochs_logged(folder):
    return sum(len(log.read_bytes().splitlines()) for log in (folder / "runs").glob("*/log.jsonl"))


class Interrupt(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.reference = project("reference")
        begun = time.monotonic()
        bottega("train", *SETTINGS, cwd=cls.reference)
        cls.seconds = time.monotonic() - begun
        cls.expected = digest(cls.reference)
        cls.choices = str(newest_run(cls.reference) / "choices.json")

    def exits_with(self, code, process):
        error = process.communicate(timeout=60)[1].decode()
        self.assertEqual(process.returncode, code, error)
        return error

    def stop_and_resume(self, name, number, check):
        folder = project(name)
        process = start(folder, *SETTINGS, "--choices", self.choices)
        self.assertTrue(wait_for(lambda: epochs_logged(folder) >= 2, process), "it ended before it could be stopped")
        process.send_signal(number)
        error = check(process)
        self.assertIn("resume", error)
        bottega("train", "--resume", cwd=folder)
        self.assertEqual(digest(folder), self.expected)

    def test_ctrl_c_saves_and_resumes(self):
        self.stop_and_resume("sigint", signal.SIGINT, lambda process: self.exits_with(130, process))

    def test_sigterm_saves_and_resumes(self):
        self.stop_and_resume("sigterm", signal.SIGTERM, lambda process: self.exits_with(143, process))

    def test_the_same_again_gives_the_same(self):
        folder = project("again")
        bottega("train", *SETTINGS, "--choices", self.choices, cwd=folder)
        self.assertEqual(digest(folder), self.expected)

    def kill(self, folder, seconds):
        """Kills a training of about so many seconds again and again; returns how often, how often inside a checkpoint
        write, and the last process."""
        chance = random.Random(20)
        kills, inside = 0, 0
        process = start(folder, *SETTINGS, "--choices", self.choices)
        while kills < KILLS:
            if inside == 0:
                alive = wait_for(lambda: writes_checkpoint(folder), process)
            else:
                time.sleep(chance.uniform(0.1, 1.0) * seconds / KILLS)  # together less than one training
                alive = process.poll() is None
            if not alive:
                break
            process.kill()
            process.communicate()
            kills += 1
            inside += writes_checkpoint(folder)
            known = json.loads(bottega("runs", "--json", cwd=folder)[0])["result"]
            if known and known[0]["state"] != "unfinished":
                break  # killed after its last write
            process = start(folder, "--resume") if known else start(folder, *SETTINGS, "--choices", self.choices)
        return kills, inside, process

    def test_kills_at_random_instants(self):
        seconds = self.seconds
        for attempt in range(3):  # a machine that has grown faster since `seconds` were measured ends too soon
            folder, begun = project(f"killed-{attempt}"), time.monotonic()
            kills, inside, process = self.kill(folder, seconds)
            error = process.communicate(timeout=300)[1].decode()
            seconds = (time.monotonic() - begun) / 2
            self.assertIn(process.returncode, (0, -signal.SIGKILL), error)
            print(f"{kills} kills, {inside} inside a checkpoint write, {2 * seconds:.0f} s", flush=True)
            self.assertEqual(digest(folder), self.expected)
            left = [str(p) for p in (folder / "runs").rglob(".*.tmp*")]
            self.assertEqual(left, [], "temporary files of killed writers are left")
            if kills >= KILLS // 2 and inside >= 1:
                return
        self.fail("the training ended before it was killed often enough")


run_suite()
