#!/usr/bin/env python3
"""Every check against generated data with planted defects: recall and precision through the command line.

    test/house/planted_defects.py [--seed N] [--only check,check]

Seeds are drawn anew on each run unless --seed is given, and printed. Each check is asked for at least 0.9 recall
and 0.9 precision; checks in NOT_DECIDABLE say why less is asked of them.
"""
import argparse
import importlib
import json
import pathlib
import random
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE / "planted")]
from suite import bottega, run_suite
from planting import GENERATORS, places_of

for module in sorted(p.stem for p in (HERE / "planted").glob("*.py") if p.stem != "planting"):
    importlib.import_module(module)

LEAST = 0.9
# check -> (recall, precision, why the defect is not wholly decidable)
NOT_DECIDABLE = {}
OPTIONS = argparse.Namespace(seed=None, only="")


def measure(check, seed):
    """(planted, found, false alarms) of one generated data set."""
    with tempfile.TemporaryDirectory() as folder:
        planted = GENERATORS[check](random.Random(seed), pathlib.Path(folder))
        words = ["audit", planted.data, "--json", "--set", f"audit.checks=[{check}]"]
        words += ["--target", planted.target] if planted.target else []
        for value in planted.sets:
            words += ["--set", value]
        result = json.loads(bottega(*words, cwd=folder)[0])["result"]
    outcome = [c for c in result["checks"] if c["name"] == check]
    assert outcome and outcome[0]["ran"], f"{check} did not run: {outcome}"
    named = set().union(*(places_of(planted, f) for f in result["findings"] if f["check"] == check))
    return len(planted.truth), len(named & planted.truth), len(named - planted.truth)


def check_names():
    with tempfile.TemporaryDirectory() as folder:
        return [c["name"] for c in json.loads(bottega("list", "checks", "--json", cwd=folder)[0])["result"]]


class PlantedDefects(unittest.TestCase):
    def test_every_check_has_a_generator(self):
        self.assertEqual(sorted(set(check_names()) - set(GENERATORS)), [])

    def test_recall_and_precision(self):
        seed = OPTIONS.seed if OPTIONS.seed is not None else random.SystemRandom().randrange(10**6)
        only = [name for name in OPTIONS.only.split(",") if name] or sorted(GENERATORS)
        print(f"\nseed {seed}\n{'check':32} planted  found  false  recall  precision")
        for check in only:
            with self.subTest(check=check, seed=seed):
                planted, found, false = measure(check, f"{seed}-{check}")
                self.assertGreater(planted, 0)
                recall = found / planted
                precision = found / (found + false) if found + false else 0.0
                print(f"{check:32} {planted:7} {found:6} {false:6}  {recall:6.2f}  {precision:9.2f}", flush=True)
                least_recall, least_precision, _ = NOT_DECIDABLE.get(check, (LEAST, LEAST, ""))
                self.assertGreaterEqual(recall, least_recall, "recall")
                self.assertGreaterEqual(precision, least_precision, "precision")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int)
    parser.add_argument("--only", default="")
    OPTIONS, rest = parser.parse_known_args()
    sys.argv[1:] = rest
    run_suite()
