#!/usr/bin/env python3
"""Runs pushed to a real MLflow server: complete, once, and none lost while it is down or we are killed."""
import base64
import http.server
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from suite import BUILD, ROOT, bottega, epoch_records, metrics, newest_run, run_suite

FAST = ("--set", "train.epochs=6", "--set", "model=mlp", "--set", "train.precision=fp32", "--set", "train.threads=1")
API = "/api/2.0/mlflow/"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Server:
    """`mlflow server` on SQLite, which can be stopped and started again on the same database."""

    def __init__(self, folder):
        self.folder, self.port, self.process = pathlib.Path(folder), free_port(), None
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        program = ROOT / ".deps/peers/mlflow/bin/mlflow"
        environment = {**os.environ, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
                       "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}
        self.process = subprocess.Popen(
            [program, "server", "--backend-store-uri", f"sqlite:///{self.folder}/mlflow.db", "--artifacts-destination",
             f"{self.folder}/artifacts", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"],
            cwd=self.folder, env=environment, stdout=(self.folder / "server.log").open("a"), stderr=subprocess.STDOUT,
            start_new_session=True)
        for _ in range(600):
            time.sleep(0.2)
            try:
                urllib.request.urlopen(self.url + "/health", timeout=2)
                return
            except OSError:
                if self.process.poll() is not None:
                    break
        raise AssertionError("the server did not start:\n" + (self.folder / "server.log").read_text()[-3000:])

    def stop(self):
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def ask(self, what, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + API + what, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def runs(self, experiment):
        found = self.ask("experiments/get-by-name?experiment_name=" + experiment)["experiment"]["experiment_id"]
        return self.ask("runs/search", {"experiment_ids": [found], "max_results": 100}).get("runs", [])

    def history(self, run, key):
        answer = self.ask(f"metrics/get-history?run_id={run}&metric_key={urllib.parse.quote(key, safe='')}")
        # The server orders by time, and a resumed sitting goes on from the time of its checkpoint.
        return sorted((int(m["step"]), m["value"]) for m in answer.get("metrics", []))


WORK = tempfile.TemporaryDirectory()
SERVER = None


def setUpModule():
    global SERVER
    SERVER = Server(WORK.name)
    SERVER.start()


def tearDownModule():
    SERVER.stop()
    WORK.cleanup()


def project(name):
    """A folder with a recipe for 400 rows of the loans, as a project of that name."""
    folder = pathlib.Path(WORK.name) / name
    folder.mkdir()
    bottega("demo", "loans", "--data-only", "loans", cwd=folder)
    rows = (folder / "loans/loans.csv").read_text().splitlines(keepends=True)[:401]
    (folder / "data.csv").write_text("".join(rows))
    bottega("init", "data.csv", cwd=folder)
    return folder


class Pushing(unittest.TestCase):
    def check(self, name, run):
        """The server has the run once, whole, and as the folder says."""
        there = SERVER.runs(name)
        self.assertEqual([one["info"]["run_name"] for one in there if one["info"]["run_name"] == run.name], [run.name])
        one = next(one for one in there if one["info"]["run_name"] == run.name)
        log = epoch_records(run)
        for key in ("train/loss", "validation/loss", "validation/f1", "learning_rate"):
            ours = "lr" if key == "learning_rate" else key.replace("/", ".")
            self.assertEqual(SERVER.history(one["info"]["run_id"], key), [(e["step"], e[ours]) for e in log], key)
        return one

    def test_a_run_is_there_whole(self):
        folder = project("whole")
        bottega("run", "data.csv", *FAST, "--mlflow", SERVER.url, cwd=folder)
        run = newest_run(folder)
        one = self.check("whole", run)
        self.assertEqual(one["info"]["status"], "FINISHED")
        params = {p["key"]: p["value"] for p in one["data"]["params"]}
        self.assertEqual(params["train.epochs"], "6")
        self.assertEqual(params["model.name"], "mlp")
        self.assertGreater(len(params), 100)  # more than one request takes
        values = {m["key"]: m["value"] for m in one["data"]["metrics"]}
        for name, score in metrics(run)["test"].items():
            if isinstance(score, dict) and isinstance(score.get("value"), float):
                self.assertAlmostEqual(values[f"final/test/{name}"], score["value"], places=12)
                self.assertAlmostEqual(values[f"final/test/{name}.low"], score["low"], places=12)
        tags = {t["key"]: t["value"] for t in one["data"]["tags"]}
        self.assertEqual(tags["bottega.id"], run.name)
        artifacts = pathlib.Path(WORK.name) / "artifacts" / one["info"]["artifact_uri"].removeprefix("mlflow-artifacts:/")
        for name in ("report.html", "metrics.json"):
            self.assertEqual((artifacts / name).read_bytes(), (run / name).read_bytes(), name)

    def test_what_could_not_be_sent_is_sent_later(self):
        folder = project("down")
        SERVER.stop()
        try:
            begun = time.monotonic()
            _, err, _ = bottega("train", *FAST, "--mlflow", SERVER.url, cwd=folder)
            self.assertLess(time.monotonic() - begun, 20)
            self.assertEqual(err.count("does not answer"), 1, err)
            self.assertIn("runs push --mlflow", err)
            bottega("runs", "push", "--mlflow", SERVER.url, cwd=folder, code=74)
        finally:
            SERVER.start()
        first = newest_run(folder)
        # The next command with --mlflow sends both.
        bottega("train", *FAST, "--set", "train.seed=5", "--mlflow", SERVER.url, cwd=folder)
        self.check("down", first)
        self.check("down", newest_run(folder))
        # Measured later, without the server: owed again.
        bottega("evaluate", first.name, cwd=folder)
        out = json.loads(bottega("runs", "push", "--json", "--mlflow", SERVER.url, cwd=folder)[0])["result"]["sent"]
        self.assertEqual([one["run"] for one in out], [first.name])
        self.check("down", first)
        out = json.loads(bottega("runs", "push", "--json", "--mlflow", SERVER.url, cwd=folder)[0])["result"]["sent"]
        self.assertEqual(out, [])

    def test_a_push_that_is_killed_leaves_nothing_twice(self):
        folder = project("killed")
        bottega("train", "--set", "train.epochs=400", "--set", "train.early_stopping=none", *FAST[2:], cwd=folder)
        run = newest_run(folder)
        killed = 0
        for delay in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6):
            push = subprocess.Popen([BUILD / "bottega", "runs", "push", run.name, "--mlflow", SERVER.url], cwd=folder,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(delay)
            killed += push.poll() is None
            push.kill()
            push.wait()
        self.assertGreater(killed, 2)
        bottega("runs", "push", run.name, "--mlflow", SERVER.url, cwd=folder)
        self.check("killed", run)
        # Without what it remembers, it finds the run that it made.
        (run / "mlflow.json").unlink()
        bottega("runs", "push", run.name, "--mlflow", SERVER.url, cwd=folder)
        self.check("killed", run)

    def test_a_training_that_is_killed_and_resumed_is_one_run(self):
        folder = project("resumed")
        words = ("--set", "train.epochs=3000", "--set", "train.early_stopping=none", *FAST[2:], "--mlflow", SERVER.url)
        training = subprocess.Popen([BUILD / "bottega", "train", *words], cwd=folder, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL)
        time.sleep(2.5)
        training.kill()
        training.wait()
        run = newest_run(folder)
        self.assertNotIn("trained", json.loads((run / "manifest.json").read_text()))
        bottega("train", "--resume", run.name, "--mlflow", SERVER.url, cwd=folder)
        bottega("runs", "push", "--mlflow", SERVER.url, cwd=folder)
        self.check("resumed", run)

    def test_the_weights_do_not_depend_on_the_server(self):
        folder = project("same")
        bottega("train", *FAST, cwd=folder)
        first = newest_run(folder)
        bottega("train", *FAST, "--mlflow", SERVER.url, cwd=folder)
        second = newest_run(folder)
        self.assertNotEqual(first, second)
        self.assertEqual(*((run / "model/model.safetensors").read_bytes() for run in (first, second)))
        bottega("verify", second.name, cwd=folder)


class Answers(http.server.BaseHTTPRequestHandler):
    """Writes down what it is asked, and refuses."""
    seen = []

    def answer(self):
        Answers.seen.append((self.path, self.headers.get("Authorization")))
        body = b'{"error_code": "PERMISSION_DENIED", "message": "not you"}'
        self.send_response(403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *words):
        pass


class Credentials(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = project("secret")
        bottega("train", *FAST, cwd=cls.folder)
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.url = f"http://127.0.0.1:{cls.server.server_address[1]}/behind/a/proxy"

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def push(self, **environment):
        Answers.seen.clear()
        with self.assertRaisesRegex(AssertionError, "PERMISSION_DENIED: not you"):
            bottega("runs", "push", "latest", "--mlflow", self.url, cwd=self.folder, env=environment)
        self.assertTrue(Answers.seen[0][0].startswith("/behind/a/proxy" + API), Answers.seen)
        return Answers.seen[0][1]

    def test_they_come_from_the_environment(self):
        self.assertIsNone(self.push())
        self.assertEqual(self.push(MLFLOW_TRACKING_TOKEN="abc"), "Bearer abc")
        basic = self.push(MLFLOW_TRACKING_USERNAME="anna", MLFLOW_TRACKING_PASSWORD="p:w")
        self.assertEqual(basic, "Basic " + base64.b64encode(b"anna:p:w").decode())

    def test_none_is_written_down(self):
        bottega("train", *FAST, "--mlflow", "http://anna:geheim@127.0.0.1:1", cwd=self.folder, code=2)
        self.push(MLFLOW_TRACKING_TOKEN="geheim")
        for file in self.folder.rglob("*"):
            if file.is_file():
                self.assertNotIn(b"geheim", file.read_bytes(), file)


if __name__ == "__main__":
    run_suite()
