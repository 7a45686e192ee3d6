#!/usr/bin/env python3
"""Trainings of a table that is not held in memory: all rows are learned from, none that is held out, and the
run is as sound as any other."""
import json
import pathlib
import random
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from suite import bottega, epoch_records, newest_run, run_suite

ROWS = 60_000  # more than audit.large=1 and --max-rss 4M hold
BATCH = 64
SAMPLE = 400
MODEL = "model={name: mlp, hidden: [8], dropout: 0.1}"
QUICK = [MODEL, "train.epochs=1", f"train.batch={BATCH}", "train.baselines=[]", f"audit.large_sample={SAMPLE}"]
STREAM = ["train.stream=always", *QUICK]
WORK = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(WORK.name)


def tearDownModule():
    WORK.cleanup()


def sets(words):
    return [word for one in words for word in ("--set", one)]


def project(name, rows=ROWS, values=1_000_000, parts=False):
    """A table of `rows` rows, with few `values` many of them alike; with `parts` the column `set` deals them out."""
    folder = FOLDER / name
    folder.mkdir()
    draw = random.Random(7)
    lines = ["a,b,set,y" if parts else "a,b,y"]
    for k in range(rows):
        a, b = draw.randrange(values), draw.randrange(values)
        part = f"{('train', 'train', 'valid', 'test')[k % 4]}," if parts else ""
        lines.append(f"{a},{b},{part}{'yes' if a > b else 'no'}")
    (folder / "table.csv").write_text("\n".join(lines) + "\n")
    bottega("init", "table.csv", "--target", "y", cwd=folder)
    return folder


def learned(err):
    """How many rows the training says that it learns from; it must say so once."""
    found = re.findall(r"learning from ([\d,]+) rows", err)
    assert len(found) == 1, f"said {len(found)} times:\n{err[-2000:]}"
    return int(found[0].replace(",", ""))


def steps(training):
    return epoch_records(training)[0]["step"]


class Streamed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = project("all")
        cls.enough = 0.9 * ROWS / BATCH

    def test_a_run_is_whole_and_draws_its_sample_again(self):
        _, err, _ = bottega("train", *sets(STREAM), cwd=self.folder)
        run = newest_run(self.folder)
        self.assertGreater(learned(err), 0.9 * ROWS)
        self.assertGreater(steps(run), self.enough)
        self.assertEqual(json.loads((run / "manifest.json").read_text())["stream"]["drawn"], SAMPLE)
        self.assertFalse((run / "rows.bin").exists())
        bottega("verify", run.name, cwd=self.folder)
        bottega("evaluate", run.name, cwd=self.folder)
        bottega("verify", run.name, cwd=self.folder)

    def test_trials_of_a_search_learn_from_all_rows(self):
        _, err, _ = bottega("tune", "--trials", "2", *sets(STREAM), cwd=self.folder)
        run = newest_run(self.folder)
        learned(err)
        trials = sorted((run / "trials").iterdir())
        self.assertEqual(len(trials), 2)
        for training in [*trials, run]:
            self.assertGreater(steps(training), self.enough)
        bottega("verify", run.name, cwd=self.folder)

    def test_variants_of_an_ablation_learn_from_all_rows(self):
        _, err, _ = bottega("ablate", "--seeds", "2", *sets(STREAM), cwd=self.folder)
        run = newest_run(self.folder)
        learned(err)
        variants = [log.parent for log in (run / "ablations").rglob("log.jsonl")]
        self.assertGreaterEqual(len(variants), 3)
        for training in [*variants, run]:
            self.assertGreater(steps(training), self.enough)

    def test_settings_of_a_search_must_stream(self):
        space = "tune.space={train.balance: [weights, oversample]}"
        self.assertIn("draws rows from memory",
                      bottega("tune", *sets([*STREAM, space]), cwd=self.folder, code=2)[1])

    def test_a_run_keeps_the_audit_of_all_rows(self):
        _, err, _ = bottega("run", *sets([*STREAM, "audit.large=1"]), cwd=self.folder)
        learned(err)
        audit = json.loads((newest_run(self.folder) / "audit.json").read_text())
        self.assertEqual(audit["rows"], ROWS)


class Asked(unittest.TestCase):
    """What is decided before there is a run."""

    @classmethod
    def setUpClass(cls):
        cls.folder = project("asked")

    def test_what_cannot_stream_is_refused_with_ways_out(self):
        hindrances = ["train.stream=always", "train.sample_weights=audit", "split.folds=3"]
        _, err, _ = bottega("train", *sets(hindrances), cwd=self.folder, code=2)
        self.assertFalse((self.folder / "runs").exists())
        for way in ("model=mlp", "train.sample_weights=none", "split.folds=null", "train.stream=never"):
            self.assertIn(f"--set {way}", err)

    def test_a_recipe_that_cannot_stream_is_held_however_small_max_rss_is(self):
        self.assertNotIn("is streamed", bottega("plan", "--max-rss", "4M", cwd=self.folder)[1])

    def test_a_forecast_is_of_the_streamed_training(self):
        out, err, _ = bottega("plan", "--json", "--max-rss", "4M", *sets(QUICK), cwd=self.folder)
        plan = json.loads(out)["result"]
        self.assertIn("is streamed", err)
        self.assertGreater(plan["rows"], 0.9 * ROWS)
        self.assertGreater(plan["forecast"]["time"]["steps_per_epoch"], 0.9 * ROWS / BATCH)
        window = {part["name"]: part["bytes"] for part in plan["forecast"]["memory"]["parts"]}["window of the stream"]
        self.assertGreater(window, 16 * 0.9 * ROWS)
        self.assertTrue(any("streamed" in note for note in plan["notes"]))

    def test_a_window_without_a_stream_is_remarked(self):
        _, err, _ = bottega("plan", *sets([*QUICK, "train.window=100"]), cwd=self.folder)
        self.assertIn("'train.window' is ignored", err)


class HeldOut(unittest.TestCase):
    def test_parts_that_the_source_gives_are_kept(self):
        folder = project("parts", rows=4_000, parts=True)
        _, err, _ = bottega("train", *sets([*STREAM, "data.roles={set: part}"]), cwd=folder)
        self.assertLessEqual(learned(err), 2_000)
        self.assertGreater(learned(err), 1_900)

    def test_repeats_may_be_parted_where_the_recipe_says_so(self):
        folder = project("repeats", rows=4_000, values=4)
        _, err, _ = bottega("train", *sets([*STREAM, "split.keep_duplicates_together=false"]), cwd=folder)
        dealt = json.loads((newest_run(folder) / "split.json").read_text())["parts"]
        self.assertEqual(learned(err), 4_000 - (SAMPLE - dealt["train"]["rows"]))


if __name__ == "__main__":
    run_suite()
