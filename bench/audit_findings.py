"""The alerts of fg-data-profiling's full report beside the findings of `bottega audit`, on the tables of
audit_bench.cc: what each alert is about, which finding says it, or why it is none. Ends with 1 when an alert has
neither. Needs BOTTEGA_BUILD with the programs and the table that audit_bench writes.

    python3 bench/audit_findings.py
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from peers import ROOT, in_peer

in_peer("profiling")

import pandas as pd
from data_profiling import ProfileReport

DATA = pathlib.Path(os.environ.get("BOTTEGA_DATA", ROOT / "../shared/data"))
BUILD = pathlib.Path(os.environ.get("BOTTEGA_BUILD", ROOT / "build"))
TABLES = [(DATA / "tables/adult.data", False), (BUILD / "bench-table.csv", True)]

# Alert -> checks that say the same, the nearest first.
CHECKS = {
    "CONSTANT": ["constant_column"],
    "DUPLICATES": ["exact_duplicates"],
    "EMPTY": ["reading_problems"],
    "HIGH_CARDINALITY": ["identifier_column"],
    "HIGH_CORRELATION": ["duplicate_columns", "derivable_columns", "correlated_columns"],
    "IMBALANCE": ["class_balance", "dominant_value", "constant_column"],
    "INFINITE": ["reading_problems"],
    "MISSING": ["missing_values"],
    "SKEWED": ["outlier_values", "dominant_value"],
    "TYPE_DATE": ["mixed_types", "mixed_date_formats"],
    "UNIQUE": ["identifier_column"],
    "ZEROS": ["dominant_value", "hidden_missing"],
}
# Why an alert that no finding says is none.
REASONS = {
    "CONSTANT_LENGTH": "values of one length are no defect",
    "HIGH_CARDINALITY": "many categories that repeat are no defect; names of single rows are identifier_column's",
    "SKEWED": "a skewed column is brought to a symmetric scale; no value lies beyond its tail",
    "UNIFORM": "evenly spread values are no defect",
    "UNIQUE": "numbers of a scale seldom repeat; it names no row",
    "ZEROS": "zeros in less than half of the rows are values as any other",
}


def alerts_of(path, named):
    data = pd.read_csv(path, header=0 if named else None, skipinitialspace=True, na_values="?")
    if not named:
        data.columns = [f"c{i + 1}" for i in range(data.shape[1])]
    for alert in ProfileReport(data, progress_bar=False).get_description().alerts:
        fields = alert.values.get("fields", []) if alert.alert_type.name == "HIGH_CORRELATION" else [""]
        for field in fields:
            yield alert.alert_type.name, alert.column_name or "", field


def findings_of(path):
    with tempfile.TemporaryDirectory() as folder:
        out = subprocess.run([BUILD.resolve() / "bottega", "-C", folder, "audit", path.resolve(), "--target", "-1", "--json"],
                             check=True, stdout=subprocess.PIPE)
    return json.loads(out.stdout)["result"]["findings"]


def says(finding, check, column, other):
    """Whether the finding is that check's and is about these columns."""
    if finding["check"] != check:
        return False
    detail = json.dumps(finding["detail"])
    about = {finding["place"]["column"]} | {name for name in (column, other) if f'"{name}"' in detail}
    return column in about and other in about if other else not column or finding["place"]["column"] == column


writer = csv.writer(sys.stdout)
writer.writerow(["table", "alert", "column", "with", "our check", "our finding, or why it is none"])
lacking = 0
for path, named in TABLES:
    findings = findings_of(path)
    for alert, column, other in alerts_of(path, named):
        found = next(((check, finding["message"]) for check in CHECKS.get(alert, []) for finding in findings
                      if says(finding, check, column, other)), None)
        if found is None:
            found = ("", REASONS.get(alert, "LACKING"))
        lacking += found[1] == "LACKING"
        writer.writerow([path.name, alert, column, other, *found])
sys.exit(lacking > 0)
