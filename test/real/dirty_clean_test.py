#!/usr/bin/env python3
"""Real dirty tables beside their clean versions: which cells the audit names, and how well it would repair them.

A cell counts as found when a check of consistency lists it (detail.cells, detail.suspects), or when missing_values
tells that it says 'N/A' or the like. 'empty', which the hospital table keeps in its clean version, is named by
hidden_missing and is not counted. The audit knows nothing of these tables: no recipe, no settings.

Published F1 of error detection and of repair, for orientation (other authors' runs, with their rules or labels):
  hospital  HoloClean, with denial constraints (Rekatsinas et al., PVLDB 2017)       repair P 1.00 R 0.71 F1 0.83
            Raha, 20 labelled rows (Mahdavi et al., SIGMOD 2019)                     detection P 0.94 R 0.59 F1 0.72
            Baran on top of Raha, 20 labelled rows (Mahdavi & Abedjan, PVLDB 2020)   repair P 0.88 R 0.86 F1 0.87
  beers     Raha, 20 labelled rows                                                   detection P 0.99 R 0.99 F1 0.99
            Baran on top of Raha, 20 labelled rows                                   repair P 0.91 R 0.89 F1 0.90
"""
import csv
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from suite import bottega, data_file, run_suite

CHECKS = ["missing_values", "inconsistent_spelling", "broken_dependencies", "mixed_units", "mixed_date_formats",
          "impossible_dates", "out_of_pattern", "out_of_range", "mixed_types", "damaged_text", "merged_cells"]
PUBLISHED = {"hospital": "HoloClean repair F1 0.83, Raha detection F1 0.72, Baran repair F1 0.87",
             "beers": "Raha detection F1 0.99, Baran repair F1 0.90"}


def rows_of(name, version):
    with data_file(f"tables/dirty_clean/{name}/{version}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def findings_of(name, version):
    with tempfile.TemporaryDirectory() as folder:
        out = bottega("audit", data_file(f"tables/dirty_clean/{name}/{version}.csv"), "--json", "--set",
                      f"audit.checks=[{', '.join(CHECKS)}]", cwd=folder)[0]
    return json.loads(out)["result"]["findings"]


def cells_of(findings, columns):
    """(row, column) -> proposed value (None: none) of all cells that findings name, the surest proposal first."""
    cells = {}
    for finding in findings:
        detail = finding["detail"] or {}
        for cell in detail.get("cells", []) + detail.get("suspects", []):
            at = cell["row"], columns.index(cell["column"])
            after = (cell["after"] or "") if "after" in cell else None
            if at not in cells or (after is not None and cell["confidence"] > cells[at][0]):
                cells[at] = cell["confidence"], after
        for spelling in detail.get("spellings", []):
            for row in spelling["rows"]:
                cells.setdefault((row, columns.index(finding["place"]["column"])), (1, ""))
    return {at: after for at, (_, after) in cells.items()}


class DirtyClean(unittest.TestCase):
    def measure(self, name, errors):
        dirty, clean = rows_of(name, "dirty"), rows_of(name, "clean")
        truth = {(r - 1, c): clean[r][c] for r in range(1, len(dirty)) for c in range(len(dirty[r]))
                 if dirty[r][c] != clean[r][c]}
        self.assertEqual(len(truth), errors)
        found = cells_of(findings_of(name, "dirty"), dirty[0])
        hits = truth.keys() & found.keys()
        precision, recall = len(hits) / max(len(found), 1), len(hits) / len(truth)
        proposed = {at: after for at, after in found.items() if after is not None}
        right = sum(truth.get(at) == after for at, after in proposed.items())
        repair_precision, repair_recall = right / max(len(proposed), 1), right / len(truth)
        f1 = lambda p, r: 2 * p * r / (p + r) if p + r else 0.0
        print(f"\n{name}: {errors} wrong cells; detection P {precision:.3f} R {recall:.3f} F1 {f1(precision, recall):.3f}; "
              f"repair P {repair_precision:.3f} R {repair_recall:.3f} F1 {f1(repair_precision, repair_recall):.3f}\n"
              f"  published: {PUBLISHED[name]}", flush=True)
        return precision, recall, f1(repair_precision, repair_recall)

    def test_hospital(self):
        precision, recall, repair = self.measure("hospital", 509)
        self.assertGreaterEqual(precision, 0.98)
        self.assertGreaterEqual(recall, 0.97)
        self.assertGreaterEqual(repair, 0.93)

    def test_beers(self):
        """Cells such as '12.0 oz. Alumi-Tek' are not named, and for others the audit proposes one way of writing the
        unit where the clean table has the bare number, as `bottega clean` writes it."""
        precision, recall, repair = self.measure("beers", 4362)
        self.assertGreaterEqual(precision, 0.985)
        self.assertGreaterEqual(recall, 0.965)
        self.assertGreaterEqual(repair, 0.79)

    def test_clean_versions_are_quiet(self):
        """At most one cell in a thousand of the clean versions is named."""
        for name in ("hospital", "beers"):
            clean = rows_of(name, "clean")
            named = cells_of([f for f in findings_of(name, "clean") if f["check"] != "missing_values"], clean[0])
            print(f"\n{name}, clean: {len(named)} of {sum(map(len, clean[1:]))} cells named", flush=True)
            self.assertLessEqual(len(named), sum(map(len, clean[1:])) / 1000)


run_suite()
