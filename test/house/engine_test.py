#!/usr/bin/env python3
"""What only the built engine can show: resolved recipes, one OpenMP runtime, reproduction from the report."""
import hashlib
import html
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from suite import BUILD, bottega, newest_run, run_suite

WORK = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(WORK.name)


def setUpModule():
    bottega("demo", "loans", "--data-only", "loans", cwd=FOLDER)


def tearDownModule():
    WORK.cleanup()


def parameters(kind, name):
    return [p["name"] for p in json.loads(bottega("list", kind, name, "--json", cwd=FOLDER)[0])["result"]["params"]]


def weights(run):
    return hashlib.sha256((run / "model" / "model.safetensors").read_bytes()).hexdigest()


def project(name, recipe):
    folder = FOLDER / name
    folder.mkdir()
    (folder / "bottega.yaml").write_text(recipe)
    return folder


DATA_ONLY = "data: {source: ../loans/loans.csv, target: approved}\n"


class ResolvedRecipe(unittest.TestCase):
    """A recipe of only `data` leaves a record in which no parameter of any section or component is missing."""

    @classmethod
    def setUpClass(cls):
        cls.folder = project("data-only", DATA_ONLY)
        bottega("train", "--set", "train.epochs=2", cwd=cls.folder)
        cls.recipe = json.loads((newest_run(cls.folder) / "manifest.json").read_text())["recipe"]

    def test_sections_are_complete(self):
        sections = [s for s in self.recipe if isinstance(self.recipe[s], dict) and s not in ("gates", "model")]
        self.assertGreaterEqual(len(sections), 8)
        for section in sections:
            for parameter in parameters("section", section):
                self.assertIn(parameter, self.recipe[section], section)

    def test_components_are_complete(self):
        train = self.recipe["train"]
        for kind, component in (("model", self.recipe["model"]), ("optimizer", train["optimizer"]),
                                ("schedule", train["schedule"]), ("loss", train["loss"])):
            for parameter in parameters(kind, component["name"]):
                self.assertIn(parameter, component, kind)
        checks = {check["name"]: check for check in self.recipe["audit"]["checks"]}
        self.assertGreaterEqual(len(checks), 17)
        for name, check in checks.items():
            for parameter in parameters("check", name):
                self.assertIn(parameter, check, name)

    def test_what_the_data_decide_is_recorded(self):
        for key in ("loss", "epochs", "batch"):
            self.assertNotIn(self.recipe["train"][key], (None, "auto"), key)
        self.assertEqual(self.recipe["model"]["name"], "auto")
        self.assertEqual(self.recipe["model"]["candidates"], ["linear", "knn", "boosted_trees", "mlp"])
        self.assertEqual(self.recipe["train"]["loss"]["name"], "cross_entropy")


class Engine(unittest.TestCase):
    def libraries_while_training(self, name, *sets):
        folder = project(name, DATA_ONLY)
        words = [word for setting in sets for word in ("--set", setting)]
        process = subprocess.Popen([BUILD / "bottega", "train", "-q", *words], cwd=folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            end = time.monotonic() + 60
            while not list(folder.glob("runs/*/log.jsonl")) and time.monotonic() < end:
                self.assertIsNone(process.poll(), "the training ended too early")
                time.sleep(0.02)
            maps = pathlib.Path(f"/proc/{process.pid}/maps").read_text()
        finally:
            process.kill()
            process.wait()
        return {line.split()[-1] for line in maps.splitlines() if ".so" in line}

    def test_one_openmp_runtime(self):
        network = self.libraries_while_training("openmp", "model=mlp", "train.epochs=2000",
                                                "train.early_stopping=none")
        trees = self.libraries_while_training("openmp-trees", "model=boosted_trees", "model.rounds=20000",
                                              "model.patience=null", "train.threads=2")
        self.assertTrue(any("libxgboost" in library for library in trees), "no trees are boosted here")
        for libraries in (network, trees):
            self.check_one_openmp(libraries)

    def check_one_openmp(self, libraries):
        self.assertTrue(any("libtorch_cpu" in library for library in libraries), "this is not the engine")
        openmp = {library for library in libraries if re.search(r"lib(gomp|iomp|omp)[-.\d]", library)}
        self.assertEqual(len(openmp), 1, openmp)

    def test_the_reports_commands_reproduce_the_weights(self):
        folder = project("reproduce", DATA_ONLY)
        bottega("run", "--set", "train.epochs=2", "--set", "split.seed=3", "--set", "train.seed=9", cwd=folder)
        first = newest_run(folder)
        page = html.unescape((first / "report.html").read_text())
        command = re.search(r"bottega (train --choices [^\n<]*)", page)
        self.assertIsNotNone(command)
        bottega(*shlex.split(command.group(1)), cwd=folder)
        second = newest_run(folder)
        self.assertNotEqual(first, second)
        self.assertEqual(weights(first), weights(second))


class ProjectInItsOwnSource(unittest.TestCase):
    def test_run_dot_can_be_repeated(self):
        bottega("demo", "fruit", "--data-only", "all", cwd=FOLDER)
        folder = FOLDER / "photos"
        for kind in ("apple", "banana"):
            (folder / kind).mkdir(parents=True)
            for picture in sorted((FOLDER / "all" / kind).glob("*.jpg"))[:30]:
                picture.rename(folder / kind / picture.name)
        bottega("run", ".", "--set", "train.epochs=1", "--set", "train.picture_size=16", cwd=folder)
        bottega("evaluate", "latest", cwd=folder)
        bottega("train", cwd=folder)
        bottega("evaluate", "latest", cwd=folder)


run_suite()
