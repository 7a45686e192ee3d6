#!/usr/bin/env python3
"""Real pictures: MNIST's IDX files and the cats-and-dogs photographs."""
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from suite import bottega, data_file, metrics, newest_run, run_suite


class Mnist(unittest.TestCase):
    def test_accuracy_and_time(self):
        with tempfile.TemporaryDirectory() as work:
            shutil.copytree(data_file("images_idx/mnist_t10k"), pathlib.Path(work) / "mnist")
            bottega("init", "mnist", cwd=work)
            _, _, seconds = bottega("run", cwd=work)
            accuracy = metrics(newest_run(work))["test"]["accuracy"]["value"]
            print(f"mnist: accuracy {accuracy:.4f} in {seconds:.0f} s")
            self.assertGreaterEqual(accuracy, 0.97)
            self.assertLess(seconds, 300)


class CatsAndDogs(unittest.TestCase):
    """520 photographs are too few to learn from scratch; the report says so."""

    def test_report_says_that_they_are_too_few(self):
        with tempfile.TemporaryDirectory() as work:
            _, _, seconds = bottega("run", data_file("image_folder/cats_dogs"), cwd=work)
            run = newest_run(work)
            page = (run / "report.html").read_text()
            accuracy = metrics(run)["test"]["accuracy"]["value"]
            print(f"cats and dogs: accuracy {accuracy:.4f} in {seconds:.0f} s, report {len(page)} bytes")
            text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
            self.assertRegex(text, r"too few")
            self.assertIn("520", text)
            self.assertGreaterEqual(accuracy, 0.4)


run_suite()
