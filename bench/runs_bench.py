"""The peer: MLflow's search over 10,000 runs of the same size in its SQLite store, without the import."""
import os
import pathlib
import random
import sqlite3
import sys
import time

from peers import in_peer

in_peer("mlflow")
os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true")
import mlflow  # noqa: E402
from mlflow.entities import Metric, Param, RunTag  # noqa: E402

COUNT, METRICS, PARAMS = 10_000, 45, 140


def make(path):
    """One run through the interface, and copies of its rows under other ids."""
    mlflow.set_tracking_uri(f"sqlite:///{path}")
    client = mlflow.MlflowClient()
    experiment = client.create_experiment("runs")
    first = client.create_run(experiment).info.run_id
    client.log_batch(first, [Metric(f"final/test/m{i}", 0.5, 1, 0) for i in range(METRICS)],
                     [Param(f"train.setting{i}", str(i)) for i in range(PARAMS)], [RunTag(f"tag{i}", "x") for i in range(9)])
    rng = random.Random(7)
    with sqlite3.connect(path) as database:
        for table in ("runs", "latest_metrics", "metrics", "params", "tags"):
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            rows = database.execute(f"SELECT * FROM {table} WHERE run_uuid=?", (first,)).fetchall()
            at = columns.index("run_uuid")
            value = columns.index("value") if "metrics" in table else None
            marks = ",".join("?" * len(columns))
            for i in range(1, COUNT):
                copies = [list(row) for row in rows]
                for row in copies:
                    row[at] = f"{i:032x}"
                    if value is not None:
                        row[value] = rng.random()
                database.executemany(f"INSERT INTO {table} VALUES ({marks})", copies)
    return experiment


def main():
    path = pathlib.Path(os.environ.get("BOTTEGA_BUILD", "build")).resolve() / "bench-mlflow.db"
    if not path.exists():
        make(path)
    mlflow.set_tracking_uri(f"sqlite:///{path}")
    experiment = mlflow.get_experiment_by_name("runs").experiment_id
    for name, order in (("list_10000", None), ("sort_10000", ["metrics.`final/test/m0` DESC"])):
        best = 1e9
        for _ in range(3):
            begun = time.perf_counter()
            found = mlflow.search_runs([experiment], max_results=COUNT, order_by=order, output_format="list")
            best = min(best, 1e3 * (time.perf_counter() - begun))
        if len(found) != COUNT:
            sys.exit(f"{len(found)} runs were found, not {COUNT}")
        print(f"{name},{best:.1f},ms")


main()
