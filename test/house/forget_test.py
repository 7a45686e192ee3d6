#!/usr/bin/env python3
"""A person who was forgotten is in no byte of any file of the project, and everything else is untouched.

A project with versions, undo logs, quarantine, plans, audits, reviews and (with the engine) runs is
made; a person is forgotten; every file is read back by Python, Parquet and zstd unpacked. KILLS (6; the
release check uses 40) is how often the process is killed at a random instant and started again.
"""
import csv
import hashlib
import html
import json
import os
import pathlib
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "test" / "support"))
sys.path.insert(0, str(ROOT / ".deps" / "site"))
from suite import BUILD, bottega, newest_run, run_suite

import pyarrow
import pyarrow.parquet

KILLS = int(os.environ.get("KILLS", "6"))
SEED = int(os.environ.get("SEED", str(time.time_ns() % 1_000_000)))
ROWS = 400
WORK = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(WORK.name)
ENGINE = (BUILD / "bottega-engine").exists()
# Names that need escapes in CSV, JSON, HTML and URLs, one of them in a script without spaces.
GIVEN = ["Zuzanna \"Zuzia\"", "Ædric & Sons", "Wang <Xiaomíng>", "山田太郎さん", "O'Malley-Quist"]


def setUpModule():
    print(f"forget_test: SEED={SEED}", file=sys.stderr)
    build(FOLDER / "base")


def tearDownModule():
    WORK.cleanup()


def person(k):
    return f"{GIVEN[k % len(GIVEN)]} {k:03d}q{k * 7919 % 1000:03d}"


def people():
    """Rows with spellings to repair, gaps, and repeats; some persons stand in two rows."""
    draw = random.Random(SEED)
    rows = []
    for k in range(ROWS):
        town = draw.choice(["Rome", "Rome", "Rome ", "rome", "Bari", "Bari", "Milan"])
        income = round(draw.lognormvariate(8, 0.4), 2)
        age = draw.choice([draw.randint(18, 80), draw.randint(18, 80), "N/A"])
        rows.append([person(k), f"{k:03d}.{draw.getrandbits(40):x}@mail.example", town, age, income,
                     f"{draw.randint(1950, 2003)}-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}",
                     "yes" if income + draw.gauss(0, 500) > 3000 else "no"])
    for k in range(0, ROWS, 40):
        rows.append(list(rows[k]))
    return rows


def build(folder):
    folder.mkdir()
    with open(folder / "people.csv", "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["name", "email", "town", "age", "income", "born", "pays"])
        out.writerows(people())
    bottega("init", "people.csv", "--target", "pays", cwd=folder)
    bottega("audit", cwd=folder)
    bottega("clean", "--plan", cwd=folder)
    bottega("clean", "--apply", "--out", "exported.csv", cwd=folder)
    bottega("split", cwd=folder)
    if ENGINE:
        bottega("run", "-q", "--set", "train.epochs=2", "--set", "model={name: mlp, hidden: [8]}",
                "--set", "clean.steps=[{impute: {numbers: knn}}, encode, scale]", cwd=folder)
    (folder / "reviews").mkdir()
    (folder / "reviews" / "a.json").write_text(json.dumps(
        {"format": "review", "decisions": [{"row": k, "label": "yes", "note": person(k)} for k in range(30)]}))
    (folder / "waivers.yaml").write_text("missing_values:age: {reason: 'told by clerk', until: 2099-01-31, by: qa}\n")


def copy(name):
    shutil.copytree(FOLDER / "base", FOLDER / name, symlinks=True)
    return FOLDER / name


def forms(text):
    """The ways in which a file may write `text`."""
    return {form.encode() for form in (
        text, html.escape(text), html.escape(text, quote=False), text.replace('"', '""'), json.dumps(text)[1:-1],
        json.dumps(text, ensure_ascii=False)[1:-1])}


def cells(table):
    for column in table.columns:
        for cell in column.to_pylist():
            yield str(cell).encode()
    for key, value in (table.schema.metadata or {}).items():
        yield key + value


def contents(folder, but=()):
    """Every file of the folder: its bytes, and what they unpack to."""
    found = 0
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name in but:
            continue
        found += 1
        data = path.read_bytes()
        yield path, data
        if data[:4] == b"PAR1":
            yield path, b"\n".join(cells(pyarrow.parquet.read_table(path)))
    if found < 10:
        raise AssertionError(f"only {found} files in {folder}")


def holders(folder, texts, but=("people.csv", "exported.csv", ".lock")):
    """Files that hold any of the texts; undo logs by what they give back."""
    wanted = set().union(*(forms(text) for text in texts))
    held = {str(path.relative_to(folder)) for path, data in contents(folder, but)
            if any(form in data for form in wanted)}
    for version in (folder / ".bottega" / "versions").glob("[0-9]*"):
        if not (version / "undo.zst").exists():
            continue  # of pictures, which no version changes
        data = restored(folder, version.name)
        if any(form in data for form in wanted):
            held.add(f"{version.name}/undo.zst")
    return held


def restored(folder, version):
    out = folder.parent / f"restored-{random.getrandbits(40):x}.csv"
    bottega("clean", "--undo", version, "--out", out, cwd=folder)
    bottega("clean", "--redo", cwd=folder)
    data = out.read_bytes()
    out.unlink()
    return data


def without(data, rows):
    """The bytes of a CSV without some of its records."""
    lines = data.splitlines(keepends=True)
    return b"".join(line for k, line in enumerate(lines) if k - 1 not in rows)


def split_of(folder):
    bottega("split", cwd=folder)
    newest = max((folder / ".bottega" / "split").glob("*/split.parquet"), key=lambda p: p.stat().st_mtime_ns)
    return pyarrow.parquet.read_table(newest).to_pylist()


def png(draw, side=24):
    """A picture of its own colors."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    lines = b"".join(b"\0" + draw.randbytes(3 * side) for _ in range(side))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def tensors(path):
    """The bytes of each tensor of a safetensors file."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    return {name: data[8 + length:][slice(*entry["data_offsets"])]
            for name, entry in json.loads(data[8:8 + length]).items() if name != "__metadata__"}


def where(row):
    return f"email = '{people()[row][1]}'"


def traces(row):
    name, email, *_ = people()[row]
    return [name, email]


class Forget(unittest.TestCase):
    def test_nothing_of_the_person_is_left(self):
        folder = copy("plain")
        source = (folder / "people.csv").read_bytes()
        for row in random.Random(SEED).sample(range(ROWS), 3):
            self.assertTrue(holders(folder, traces(row)), "the project held the person before")
            bottega("forget", "--where", where(row), "--yes", cwd=folder)
            self.assertEqual(holders(folder, traces(row)), set())
        self.assertEqual((folder / "people.csv").read_bytes(), source)
        if ENGINE:
            self.assertIn("amended", bottega("verify", "--all", cwd=folder)[0])

    def test_whoever_stands_in_two_rows_is_wholly_forgotten(self):
        folder = copy("twice")
        bottega("forget", "--where", where(40), cwd=folder)
        self.assertEqual(holders(folder, traces(40)), set())
        self.assertEqual(len(list((folder / "receipts").glob("*.json"))), 1)

    def test_later_stages_leave_them_aside(self):
        folder = copy("later")
        bottega("forget", "--where", where(7), cwd=folder)
        self.assertNotIn(7, [line["row"] for line in split_of(folder)])
        bottega("audit", "--html", "again.html", cwd=folder)
        bottega("clean", "--plan", cwd=folder)
        bottega("clean", "--apply", cwd=folder)
        self.assertEqual(holders(folder, traces(7)), set())
        # Also in a newer source, in another place and with another cell.
        lines = (folder / "people.csv").read_text().splitlines(keepends=True)
        moved = lines[:1] + lines[100:] + [lines[8].replace("Rome", "Bari")] + lines[1:8] + lines[9:100]
        (folder / "people.csv").write_text("".join(moved))
        bottega("clean", "--apply", cwd=folder)
        self.assertEqual(holders(folder, traces(7)), set())

    def test_undo_gives_the_source_without_them(self):
        folder = copy("undo")
        source = (folder / "people.csv").read_bytes()
        bottega("forget", "--where", where(11), cwd=folder)
        bottega("forget", "--where", where(12), cwd=folder)
        version = next((folder / ".bottega" / "versions").glob("1-*")).name
        self.assertEqual(restored(folder, version), without(source, {11, 12}))

    def test_versions_and_runs_of_an_earlier_source_lose_them_too(self):
        folder = copy("earlier")
        source = (folder / "people.csv").read_bytes()
        (folder / "people.csv").write_bytes(without(source, {5, 8, 9}))
        bottega("audit", cwd=folder)
        bottega("forget", "--where", where(5), cwd=folder)
        self.assertEqual(holders(folder, traces(5), but=("exported.csv", ".lock")), set())
        version = next((folder / ".bottega" / "versions").glob("1-*")).name
        self.assertEqual(restored(folder, version), without(source, {5}))
        bottega("forget", "--where", where(8), cwd=folder)
        self.assertEqual(restored(folder, version), without(source, {5, 8}))
        if ENGINE:  # its rows are numbered as the version restores them
            run = newest_run(folder)
            (folder / "people.csv").write_bytes(restored(folder, version))
            bottega("evaluate", run.name, cwd=folder)

    def test_pictures(self):
        folder = FOLDER / "pictures"
        draw = random.Random(SEED)
        for k in range(40):
            path = folder / "photos" / ("cat" if k % 2 else "dog") / f"portrait-of-{k:02d}-{draw.getrandbits(32):x}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(png(draw))
        names = sorted(str(p.relative_to(folder / "photos")) for p in (folder / "photos").rglob("*.png"))
        bottega("init", "photos", cwd=folder)
        bottega("audit", cwd=folder)
        bottega("clean", "--apply", cwd=folder)
        bottega("split", cwd=folder)
        one, two = names[7], names[21]
        bottega("data", "access", "--where", f"picture = '{one}'", cwd=folder)
        self.assertEqual((folder / "data-access" / "pictures" / "7.png").read_bytes(),
                         (folder / "photos" / one).read_bytes())
        shutil.rmtree(folder / "data-access")
        # Left where it is, it is known again by its content, whatever its name.
        bottega("forget", "--where", f"picture = '{one}'", cwd=folder)
        renamed = folder / "photos" / "cat" / "zz.png"
        (folder / "photos" / one).rename(renamed)
        rows = {line["row"] for line in split_of(folder)}
        self.assertEqual(len(rows), 39)
        self.assertEqual(holders(folder, [pathlib.Path(one).name], (".lock",)), set())
        out = bottega("forget", "--where", f"picture = '{two}'", "--source", "photos", cwd=folder)[0]
        self.assertFalse((folder / "photos" / two).exists())
        self.assertEqual(holders(folder, [pathlib.Path(two).name], (".lock",)), set())
        self.assertNotIn(pathlib.Path(two).name, out)
        self.assertEqual(len(split_of(folder)), 38)

    def test_other_rows_are_untouched(self):
        folder = copy("others")
        before = {line["row"]: line["part"] for line in split_of(folder)}
        table = next((folder / ".bottega" / "versions").glob("1-*/people.csv"))
        lines = table.read_text().splitlines()
        bottega("forget", "--where", where(21), cwd=folder)
        kept = [line for line in lines if people()[21][1] not in line]
        self.assertEqual(table.read_text().splitlines(), kept)
        self.assertEqual(len(kept), len(lines) - 1)
        decisions = json.loads((folder / "reviews" / "a.json").read_text())["decisions"]
        self.assertEqual([d["row"] for d in decisions], [k for k in range(30) if k != 21])
        after = {line["row"] for line in split_of(folder)}
        self.assertEqual(after, set(before) - {21})

    def test_the_source_loses_them_when_it_is_named(self):
        folder = copy("source")
        source = (folder / "people.csv").read_bytes()
        bottega("forget", "--where", where(33), "--source", "people.csv", cwd=folder)
        self.assertEqual((folder / "people.csv").read_bytes(), without(source, {33}))
        self.assertEqual(holders(folder, traces(33), but=("exported.csv", ".lock")), set())
        # The version belongs to the new source, and its rows are numbered as that one's.
        versions = json.loads(bottega("clean", "--versions", "--json", cwd=folder)[0])["result"]
        self.assertTrue(versions["in_use"])
        version = next((folder / ".bottega" / "versions").glob("1-*")).name
        self.assertEqual(restored(folder, version), (folder / "people.csv").read_bytes())
        bottega("split", cwd=folder)
        if ENGINE:
            bottega("verify", "--all", cwd=folder)
            bottega("evaluate", newest_run(folder).name, cwd=folder)

    def test_a_kill_at_any_instant_leaves_nothing_half_done(self):
        draw = random.Random(SEED)
        begun = time.monotonic()
        bottega("forget", "--where", where(50), cwd=copy("timed"))
        whole = time.monotonic() - begun
        ended_by_kill = 0
        for k in range(KILLS):
            folder = copy(f"killed{k}")
            row = draw.randrange(ROWS)
            words = ["--source", "people.csv"] if k % 2 else []
            source = (folder / "people.csv").read_bytes()
            process = subprocess.Popen([BUILD / "bottega", "forget", "-q", "--where", where(row), *words], cwd=folder,
                                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(draw.uniform(0.3, 1.1) * whole)
            process.send_signal(signal.SIGKILL)
            ended_by_kill += process.wait() == -signal.SIGKILL
            done = subprocess.run([BUILD / "bottega", "forget", "-q", "--where", where(row), *words], cwd=folder,
                                  capture_output=True, text=True, stdin=subprocess.DEVNULL)
            # It may have been over before: then, without its source, nobody meets the condition.
            self.assertIn(done.returncode, (0, 65) if words else (0,), done.stderr)
            but = ("exported.csv", ".lock") if words else ("people.csv", "exported.csv", ".lock")
            self.assertEqual(holders(folder, traces(row), but), set(), f"kill {k}")
            twins = {r for r, line in enumerate(people()) if line[1] == people()[row][1]}
            version = next((folder / ".bottega" / "versions").glob("1-*")).name
            self.assertEqual(restored(folder, version), without(source, twins))
            self.assertEqual(len(list((folder / "receipts").glob("*.json"))), 1)
            if ENGINE:
                bottega("verify", "--all", cwd=folder)
        self.assertGreater(ended_by_kill, 0)

    def test_receipts_name_nobody_and_tell_the_hashes(self):
        folder = copy("receipt")
        before = {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
                  for p in folder.rglob("*") if p.is_file()}
        out = bottega("forget", "--where", where(60), cwd=folder)
        for text in traces(60):
            self.assertNotIn(text, out[0] + out[1])
        receipt = json.loads(next((folder / "receipts").glob("*.json")).read_text())
        self.assertEqual(receipt["condition"], "email = ...")
        self.assertGreater(len(receipt["files"]), 5)
        for file in receipt["files"]:
            path = folder / file["path"]
            self.assertEqual(file["before"], before.get(file["path"], ""), file)
            now = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None
            if not file["path"].endswith("bottega.db"):
                self.assertEqual(file["after"], now, file)
        self.assertTrue(any("exported.csv names the person" in line for line in receipt["out_of_reach"]))

    def test_a_dry_run_changes_nothing(self):
        folder = copy("dry")
        before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and "bottega.db" not in p.name}
        bottega("forget", "--where", where(3), "--dry-run", cwd=folder)
        after = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and "bottega.db" not in p.name}
        after.pop(folder / "receipts" / ".lock", None)
        self.assertEqual(before, after)

    @unittest.skipUnless(ENGINE, "there is no engine")
    def test_stale_models_are_marked_and_replaced(self):
        folder = copy("stale")
        old = newest_run(folder)
        train = [line["row"] for line in pyarrow.parquet.read_table(old / "split.parquet").to_pylist()
                 if line["part"] == "train"]
        bottega("forget", "--where", where(next(r for r in train if r < ROWS)), cwd=folder)
        self.assertIn("stale", bottega("runs", cwd=folder)[0])
        self.assertIn("forgotten since", bottega("report", old.name, cwd=folder)[1])
        self.assertIn("forgotten since", (old / "report.html").read_text())
        bottega("forget", "--retrain", cwd=folder)
        self.assertFalse((old / "model").exists() or (old / "checkpoints").exists())
        self.assertNotEqual(newest_run(folder), old)
        listed = bottega("runs", cwd=folder)[0]
        self.assertNotIn("stale", listed)
        self.assertIn("replaced", listed)
        bottega("verify", "--all", cwd=folder)
        self.assertIn("took its place", bottega("evaluate", old.name, cwd=folder, code=66)[1])

    @unittest.skipUnless(ENGINE, "there is no engine")
    def test_models_that_keep_rows_lose_theirs(self):
        folder = copy("kept")
        bottega("train", "-q", "--set", "model=knn", cwd=folder)
        model = newest_run(folder) / "model"
        rows = pyarrow.parquet.read_table(model / "kept_rows.parquet")["row"].to_pylist()
        gone = next(at for at, row in enumerate(rows) if 5 < row < ROWS)
        before = tensors(model / "model.safetensors")
        bottega("forget", "--where", where(rows[gone]), cwd=folder)
        after = tensors(model / "model.safetensors")
        kept = pyarrow.parquet.read_table(model / "kept_rows.parquet")["row"].to_pylist()
        email = people()[rows[gone]][1]
        self.assertEqual(kept, [row for row in rows if people()[row][1] != email])
        for name in ("numbers", "codes", "target", "weight"):
            size = len(before[name]) // len(rows)
            entries = [before[name][at * size:(at + 1) * size] for at, row in enumerate(rows) if row in set(kept)]
            self.assertEqual(after[name], b"".join(entries), name)
        self.assertEqual(after["mean"], before["mean"])
        bottega("predict", model.parent.name, "people.csv", cwd=folder)

    @unittest.skipUnless(ENGINE, "there is no engine")
    def test_a_broken_step_goes_with_one_of_its_rows(self):
        folder = copy("broken")
        words = ["train.optimizer={name: sgd, lr: 1e30}", "model={name: mlp, hidden: [8]}", "train.batch=64"]
        bottega("train", *[w for s in words for w in ("--set", s)], cwd=folder, code=2)
        step = newest_run(folder) / "nan"
        rows = json.loads((step / "report.json").read_text())["batch_rows"]
        bottega("forget", "--where", where(next(r for r in rows if r < ROWS)), cwd=folder)
        self.assertFalse(step.exists() and list(step.iterdir()))

    @unittest.skipUnless(ENGINE, "there is no engine")
    def test_a_model_that_streamed_has_learned_from_rows_beside_its_sample(self):
        folder = copy("streamed")
        words = ["train.stream=always", "clean.version=none", "audit.large_sample=100", "train.epochs=1", "model={name: mlp, hidden: [8]}"]
        bottega("train", *[w for s in words for w in ("--set", s)], cwd=folder)
        self.assertIn("--set clean.version=none", bottega("train", "--set", "train.stream=always", "--set", "model=mlp",
                                                          cwd=folder, code=2)[1])
        run = newest_run(folder)
        dealt = set(pyarrow.parquet.read_table(run / "split.parquet")["row"].to_pylist())
        chosen = where(next(r for r in range(ROWS) if r not in dealt))
        bottega("data", "access", "--where", chosen, cwd=folder)
        held = json.loads((folder / "data-access" / "access.json").read_text())
        parts = next(one for one in held["runs"] if one["run"] == run.name)["parts"]
        self.assertIn("learned from, beside the sample", [part["part"] for part in parts])
        shutil.rmtree(folder / "data-access")
        bottega("forget", "--where", chosen, cwd=folder)
        self.assertIn("stale", next(line for line in bottega("runs", cwd=folder)[0].splitlines() if run.name in line))

    def test_a_copy_holds_everything(self):
        folder = copy("access")
        bottega("data", "access", "--where", where(40), cwd=folder)
        held = json.loads((folder / "data-access" / "access.json").read_text())
        self.assertEqual([row["row"] for row in held["rows"]], [40, ROWS + 1])
        self.assertEqual(held["rows"][0]["cells"]["email"], people()[40][1])
        self.assertEqual(len(held["versions"]), 1)
        self.assertEqual({r["part"] for run in held["runs"] for r in run["parts"]} <= {"train", "validation", "test"},
                         True)
        if ENGINE:
            self.assertEqual(len(held["runs"]), 1)
        listed = {file["path"] for file in held["files"]}
        self.assertEqual(holders(folder, traces(40), ("people.csv", "exported.csv", ".lock", "access.json", "access.html"))
                         - listed - {path for path in listed if path.endswith("undo.zst")},
                         {path for path in holders(folder, traces(40)) if path.endswith("undo.zst")})
        self.assertEqual((folder / "data-access" / "access.json").stat().st_mode & 0o077, 0)


if __name__ == "__main__":
    run_suite()
