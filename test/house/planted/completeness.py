"""Defects of completeness and freshness."""
import datetime

from planting import Planted, plants, write_csv


def write(random, folder, columns, rows, label=None):
    label = label or [random.choice(["yes", "no", "no"]) for _ in range(rows)]
    write_csv(folder / "data.csv", list(columns) + ["label"], zip(*columns.values(), label))


def listed(finding):
    return [(cell["row"], cell["column"]) for cell in (finding["detail"] or {}).get("cells", [])]


@plants("missing_values")
def missing_values(random, folder):
    rows = random.randint(300, 1500)
    numbers = lambda: [round(random.gauss(50, 12), 1) for _ in range(rows)]
    columns = {name: numbers() for name in ("a", "b", "c", "d", "e")}
    columns["city"] = [random.choice(["Rome", "Bari", "Como"]) for _ in range(rows)]
    for name, spelling in (("a", ""), ("c", "N/A"), ("city", "NULL")):
        for row in random.sample(range(rows), random.randint(1, rows // 4)):
            columns[name][row] = spelling
    write(random, folder, columns, rows)
    return Planted("data.csv", {"a", "c", "city"}, target="label", unit="column")


@plants("hidden_missing")
def hidden_missing(random, folder):
    rows = random.randint(500, 2500)
    whole = lambda low, high: [random.randint(low, high) for _ in range(rows)]
    day = lambda low, days: [(low + datetime.timedelta(random.randrange(days))).isoformat() for _ in range(rows)]
    columns = {
        "age": [min(96, max(18, round(random.gauss(45, 14)))) for _ in range(rows)],
        "days_since": whole(0, 300), "pressure": [round(random.gauss(128, 17)) for _ in range(rows)],
        "glucose": [round(random.gauss(118, 25), 1) for _ in range(rows)],
        "income": [round(random.lognormvariate(10, 0.6)) for _ in range(rows)],
        "joined": day(datetime.date(2012, 1, 1), 4000), "ends": day(datetime.date(2020, 1, 1), 2500),
        "job": [random.choice(["clerk", "nurse", "driver", "teacher"]) for _ in range(rows)],
        "size": [str(random.randint(20, 60)) + random.choice(["", "b"]) for _ in range(rows)],
        # innocent: true zeros, true edges, true signs
        "visits": [max(0, round(random.gauss(1, 2))) for _ in range(rows)],
        "gain": [random.choice([0] * 9 + [random.randint(500, 9000)]) for _ in range(rows)],
        "percent": whole(0, 99), "points": whole(-20, 20), "code": whole(1, 9), "number": whole(0, 30000),
        "rhesus": [random.choice("+-") for _ in range(rows)],
        "other": [random.choice(["red", "other", "blue"]) for _ in range(rows)]}
    stand_ins = {"age": random.choice(["999", "-1", "-99"]), "days_since": "-1", "pressure": "0",
                 "glucose": random.choice(["-999", "9999"]), "income": random.choice(["-9", "99999999"]),
                 "joined": random.choice(["1900-01-01", "1970-01-01"]), "ends": "9999-12-31",
                 "job": random.choice(["unknown", "not available", "?-", "-"]), "size": "unknown"}
    stand_ins["job"] = stand_ins["job"].replace("?-", "--")
    truth = set()
    for name, text in stand_ins.items():
        for row in random.sample(range(rows), random.randint(max(5, rows // 100), rows // 10)):
            columns[name][row] = text
            truth.add((row, name))
    write(random, folder, columns, rows)
    return Planted("data.csv", truth, target="label", places=listed)


@plants("missing_pattern")
def missing_pattern(random, folder):
    rows = random.randint(1200, 4000)
    age = [random.randint(18, 90) for _ in range(rows)]
    port = [random.choice("SCQ") for _ in range(rows)]
    label = [random.choice(["yes", "no"]) for _ in range(rows)]
    number = lambda: round(random.gauss(50, 9), 1)
    gap = lambda p: random.random() < p
    columns = {"age": age, "port": port,
               "income": ["" if gap(0.45 if a > 70 else 0.05) else number() for a in age],
               "cabin": ["" if gap({"S": 0.6, "C": 0.3, "Q": 0.8}[p]) else number() for p in port],
               "answer": ["" if gap(0.4 if y == "yes" else 0.1) else number() for y in label]}
    form = [gap(0.15) for _ in range(rows)]
    columns["q1"], columns["q2"] = (["" if f else number() for f in form] for _ in range(2))
    # innocent: gaps at random, many and few
    for k, share in enumerate((0.02, 0.1, 0.3, 0.5, 0.7)):
        columns[f"r{k}"] = ["" if gap(share) else number() for _ in range(rows)]
    write(random, folder, columns, rows, label)
    def places(finding):
        return (finding["detail"] or {}).get("together") or [finding["place"]["column"]]
    return Planted("data.csv", {"income", "cabin", "answer", "q1", "q2"}, target="label", places=places)


@plants("stale_rows")
def stale_rows(random, folder):
    rows = random.randint(300, 1200)
    today = datetime.datetime.now(datetime.timezone.utc).date()
    ages, truth = [], set()
    for row in range(rows):
        old = random.random() < 0.05
        ages.append(random.randint(370, 3000) if old else random.randint(1, 360))
        if old:
            truth.add(row)
    columns = {"updated": [(today - datetime.timedelta(a)).isoformat() for a in ages],
               "amount": [random.randint(1, 500) for _ in range(rows)]}
    write(random, folder, columns, rows)
    return Planted("data.csv", truth, target="label", sets=("audit.max_age=365d", "audit.date_column=updated"),
                   places=lambda finding: (finding["detail"] or {}).get("rows", []))


@plants("unreadable_file")
def unreadable_file(random, folder):
    import struct
    import zlib

    def png(side):
        raw = b"".join(b"\0" + bytes(random.randrange(256) for _ in range(3 * side)) for _ in range(side))
        def chunk(kind, body):
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)) +
                chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))

    truth = set()
    for kind in ("cat", "dog"):
        (folder / "pictures" / kind).mkdir(parents=True)
        for k in range(25):
            name, data = f"{kind}/{k}.png", png(24)
            if random.random() < 0.2 or k < 2:
                data = random.choice([b"", b"no picture at all", b"%PDF-1.4 " + data])
                truth.add(name)
            (folder / "pictures" / name).write_bytes(data)
    return Planted("pictures", truth, places=lambda f: ["/".join(f["place"]["file"].split("/")[-2:])])
