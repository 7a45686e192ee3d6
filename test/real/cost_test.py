#!/usr/bin/env python3
"""`audit --cost` on real tables: labels of UCI Adult flipped in 0 to 20 % of the rows, and the dirty and the repaired
versions of hospital and beers. What a defect costs must grow with how much of it there is, and be nothing where it is not."""
import csv
import json
import pathlib
import random
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from suite import bottega, data_file, run_suite


def cost_of(folder, source, target, *more):
    out, _, seconds = bottega("audit", source, "--target", target, "--json", "--cost", *more, cwd=folder)
    cost = json.loads(out)["result"]["cost"]
    return cost, {defect["check"]: defect for defect in cost["defects"]}, seconds


def show(title, cost, seconds):
    print(f"\n{title}: {cost['metric']} {cost['with']:.4f} on {cost['scored']} {cost['scored_on']}, {seconds:.1f} s"
          + (f" ({cost['reason']})" if cost["reason"] else ""))
    for d in cost["defects"]:
        c = d["cost"]
        loss = "" if d["log_loss"] is None else (f"   log loss {d['log_loss']['value']:+.4f} ({d['log_loss']['low']:+.4f} to "
                                                  f"{d['log_loss']['high']:+.4f})")
        print(f"  {d['check']:28} rows {d['rows']:6} cells {d['cells']:6}  costs {c['value']:+.4f} "
              f"({c['low']:+.4f} to {c['high']:+.4f}){loss}", flush=True)


class WrongLabels(unittest.TestCase):
    def test_cost_grows_with_their_number(self):
        rows = [line.split(", ") for line in data_file("tables/adult.data").read_text().split("\n") if line.strip()]
        loss, accuracy = [], []
        for rate in (0, 0.02, 0.05, 0.10, 0.20):
            rng = random.Random(f"cost-{rate}")
            wrong = set(rng.sample(range(len(rows)), round(rate * len(rows))))
            other = {"<=50K": ">50K", ">50K": "<=50K"}
            with tempfile.TemporaryDirectory() as folder:
                text = "".join(", ".join([*row[:-1], other[row[-1]] if i in wrong else row[-1]]) + "\n"
                               for i, row in enumerate(rows))
                (pathlib.Path(folder) / "adult.csv").write_text(text)
                cost, defects, seconds = cost_of(folder, "adult.csv", "-1")
            show(f"adult, {rate:.0%} of the labels wrong", cost, seconds)
            labels = defects.get("suspicious_labels", {"log_loss": {"value": 0, "low": 0, "high": 0},
                                                       "cost": {"value": 0, "low": 0, "high": 0}})
            loss.append(labels["log_loss"])
            accuracy.append(labels["cost"])
        self.assertLess(abs(loss[0]["value"]), 0.003)      # nothing was planted, nothing is to be gained
        self.assertLessEqual(accuracy[0]["low"], 0)
        for less, more in zip(loss[1:], loss[2:]):
            self.assertGreater(more["value"], less["value"])
        for one in loss[2:]:
            self.assertGreater(one["low"], 0)              # from 5 % on it surely costs


class DirtyTables(unittest.TestCase):
    """The repaired version has less to gain than the dirty one."""

    def compare(self, name, target):
        total = {}
        for version in ("dirty", "clean"):
            path = data_file(f"tables/dirty_clean/{name}/{version}.csv")
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            with tempfile.TemporaryDirectory() as folder:
                with (pathlib.Path(folder) / "table.csv").open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file).writerows(rows)
                cost, defects, seconds = cost_of(folder, "table.csv", str(target))
            show(f"{name}, {version}", cost, seconds)
            total[version] = sum(d["rows"] + d["cells"] for c, d in defects.items() if c != "all of them")
            for defect in cost["defects"]:
                self.assertLessEqual(defect["cost"]["low"], defect["cost"]["value"])
                self.assertGreaterEqual(defect["cost"]["high"], defect["cost"]["value"])
        self.assertLess(total["clean"], total["dirty"])

    def test_hospital(self):
        self.compare("hospital", 14)

    def test_beers(self):
        self.compare("beers", -1)


if __name__ == "__main__":
    run_suite()
