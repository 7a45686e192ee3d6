"""Planted defects of the theme redundancy."""
import datetime
import math
import struct
import zlib

from planting import Planted, plants, write_csv
from tables import blank, columns_to_rows, day, people


def rows_of(finding):
    return finding["detail"]["rows"]


def shuffled(rng, table):
    names = list(table)
    rng.shuffle(names)
    return {name: table[name] for name in names}


def changed(rng, values, share, other):
    """A few wrong cells."""
    return [other(rng) if rng.random() < share else v for v in values]


@plants("constant_column")
def constant_column(rng, folder):
    table = people(rng, 900)
    truth = {"currency", "version", "source", "unused", "batch"}
    table["currency"] = ["EUR"] * 900
    table["version"] = [3] * 900
    table["source"] = blank(rng, ["web"] * 900, 0.3)
    table["unused"] = [""] * 900
    table["batch"] = ["2024-01-31"] * 900
    table["rare_flag"] = ["y" if rng.random() < 0.03 else "n" for _ in range(900)]
    header, rows = columns_to_rows(table)
    write_csv(folder / "data.csv", header, rows)
    return Planted("data.csv", truth, target="renewed", unit="column")


@plants("correlated_columns")
def correlated_columns(rng, folder):
    n = rng.randint(1000, 4000)
    table, truth = {}, set()

    def gauss():
        return [rng.gauss(0, 1) for _ in range(n)]

    def with_noise(values, correlation):
        rest = math.sqrt(1 - correlation ** 2)
        return [correlation * v + rest * rng.gauss(0, 1) for v in values]

    def plant(a, b, first, second):
        table[a], table[b] = first, second
        truth.add(frozenset((a, b)))

    def bands(values, noise):
        """Four categories by the values, some cells at random."""
        edges = [sorted(values)[k * n // 4] for k in (1, 2, 3)]
        return [f"band {rng.randrange(4) if rng.random() < noise else sum(v > e for e in edges)}" for v in values]

    x = gauss()
    plant("weight", "length", [round(70 + 12 * v, 1) for v in x],
          [round(170 + 9 * v, 1) for v in with_noise(x, rng.uniform(0.65, 0.95))])
    x = gauss()
    plant("speed", "duration", [round(v, 4) for v in x],
          [round(math.exp(-v), 4) for v in with_noise(x, rng.uniform(0.65, 0.95))])
    x = gauss()
    plant("score", "grade", [round(v, 3) for v in x], bands(x, rng.uniform(0.05, 0.25)))
    x = [rng.choice(["red", "green", "blue", "gray"]) for _ in range(n)]
    plant("paint", "varnish", x, [rng.choice(["r", "g", "b", "a"]) if rng.random() < rng.uniform(0.1, 0.3)
                                  else {"red": "r", "green": "g", "blue": "b", "gray": "a"}[v] for v in x])
    x = [rng.choice(["bike", "car", "truck"]) for _ in range(n)]
    plant("vehicle", "toll", x, [round({"bike": 2, "car": 9, "truck": 16}[v] + 2 * rng.gauss(0, 1), 2) for v in x])
    x = gauss()
    plant("morning", "noon", blank(rng, [round(v, 3) for v in x], 0.3),
          blank(rng, [round(v, 3) for v in with_noise(x, 0.8)], 0.3))
    x = gauss()
    table["mood"] = [round(v, 3) for v in x]
    table["sales"] = [round(v, 3) for v in with_noise(x, rng.uniform(0.1, 0.35))]
    table["stars"] = bands(x, 0.8)
    table["door"] = [rng.choice(["left", "right"]) for _ in range(n)]
    table["code"] = [rng.randrange(1000) for _ in range(n)]
    table["copy_of_door"] = [d[0] for d in table["door"]]
    table["label"] = [rng.choice(["yes", "no"]) for _ in range(n)]
    header, rows = columns_to_rows(shuffled(rng, table))
    write_csv(folder / "data.csv", header, rows)

    def places(finding):
        pairs = finding["detail"].get("pairs")
        if pairs is not None:
            return [frozenset(pair["columns"]) for pair in pairs]
        return [frozenset((finding["detail"]["with"], finding["place"]["column"]))]

    return Planted("data.csv", truth, target="label", places=places)


@plants("exact_duplicates")
def exact_duplicates(rng, folder):
    header, rows = columns_to_rows(people(rng, 1500))
    numbered, truth = [[i] + row for i, row in enumerate(rows)], set()
    for original in rng.sample(range(1500), 60):
        for _ in range(rng.choice([1, 1, 2])):
            numbered.insert(rng.randrange(len(numbered) + 1), [10_000 + len(numbered)] + rows[original])
    seen = {}
    for i, row in enumerate(numbered):
        seen.setdefault(tuple(row[1:]), []).append(i)
    for places in seen.values():
        if len(places) > 1:
            truth.update(places)
    write_csv(folder / "data.csv", ["record_id"] + header, numbered)
    return Planted("data.csv", truth, target="renewed", places=rows_of)


@plants("near_duplicate_rows")
def near_duplicate_rows(rng, folder):
    table = people(rng, 1500)
    shops = [f"{a} {b}" for a in ("Via", "Corso", "Piazza", "Largo") for b in
             ("Garibaldi", "Mazzini", "Verdi", "Dante", "Cavour", "Manzoni", "Leopardi", "Carducci")]
    table["shop"] = [rng.choice(shops) for _ in range(1500)]
    header, rows = columns_to_rows(table)
    rows, truth = [list(row) for row in rows], set()
    shop, height, visits, city = (header.index(n) for n in ("shop", "height_cm", "visits", "city"))
    for original in rng.sample(range(1500), 60):
        copy = list(rows[original])
        for change in rng.sample(["typo", "case", "number", "gap", "round"], rng.choice([1, 2])):
            if change == "typo":
                at = rng.randrange(4, len(copy[shop]) - 1)
                copy[shop] = copy[shop][:at] + copy[shop][at + 1:]
            elif change == "case":
                copy[city] = str(copy[city]).upper()
            elif change == "number":
                copy[visits] = copy[visits] + 1
            elif change == "gap":
                copy[header.index("job")] = ""
            else:
                copy[height] = round(copy[height])
        if copy == rows[original]:
            copy[visits] += 1
        truth.update((original, len(rows)))
        rows.append(copy)
    write_csv(folder / "data.csv", header, rows)
    return Planted("data.csv", truth, target="renewed", places=rows_of)


def png(pixels):
    """An RGB PNG of rows of (r, g, b) rows."""
    height, width = len(pixels), len(pixels[0])
    raw = b"".join(b"\0" + bytes(min(255, max(0, int(v))) for p in row for v in p) for row in pixels)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(raw, 1)) + chunk(b"IEND", b""))


def scene(rng, side=72):
    """Some blobs and a gradient: no two alike."""
    sky = [rng.uniform(40, 210) for _ in range(3)]
    slope = [rng.uniform(-60, 60) for _ in range(2)]
    blobs = [(rng.uniform(0, side), rng.uniform(0, side), rng.uniform(5, 20), [rng.uniform(-130, 130) for _ in range(3)])
             for _ in range(rng.randrange(4, 9))]
    out = []
    for y in range(side):
        row = []
        for x in range(side):
            p = [c + slope[0] * x / side + slope[1] * y / side for c in sky]
            for bx, by, r, color in blobs:
                if (x - bx) ** 2 + (y - by) ** 2 < r * r:
                    p = [a + b for a, b in zip(p, color)]
            row.append(tuple(p))
        out.append(row)
    return out


def altered(rng, picture, how):
    side = len(picture)
    if how == "bright":
        gain, shift = rng.uniform(0.8, 1.0), rng.uniform(5, 25)
        return [[tuple(v * gain + shift for v in p) for p in row] for row in picture]
    if how == "crop":
        cut = rng.randrange(2, 5)
        return [row[cut:side - cut] for row in picture[cut:side - cut]]
    if how == "noise":
        return [[tuple(v + rng.gauss(0, 4) for v in p) for p in row] for row in picture]
    if how == "small":
        return [row[::2] for row in picture[::2]]
    if how == "mirror":
        return [row[::-1] for row in picture]
    if how == "upside":
        return [row[::-1] for row in picture[::-1]]
    return [list(row) for row in zip(*picture[::-1])]  # a quarter turn


@plants("near_duplicate_pictures")
def near_duplicate_pictures(rng, folder):
    ways = ["bright", "crop", "noise", "small", "mirror", "upside", "turn"]
    truth = set()
    pictures = [scene(rng) for _ in range(90)]
    for i, picture in enumerate(pictures):
        path = folder / "data" / ("a" if i % 2 else "b")
        path.mkdir(parents=True, exist_ok=True)
        (path / f"{i:03}.png").write_bytes(png(picture))
    for n, i in enumerate(rng.sample(range(90), 28)):
        name = f"{'a' if i % 2 else 'b'}/{i:03}"
        (folder / "data" / f"{name}_{n}.png").write_bytes(png(altered(rng, pictures[i], ways[n % len(ways)])))
        truth.update((f"{name}.png", f"{name}_{n}.png"))
    names = sorted(str(p.relative_to(folder / "data")) for p in (folder / "data").rglob("*.png"))
    return Planted("data", truth, places=lambda f: {names[r] for r in rows_of(f)})


SUBJECT = ["the delivery", "my parcel", "this kettle", "the red bicycle", "our new printer", "the hotel room", "that book",
           "the winter coat", "a garden chair", "the phone cover", "the evening course", "her old laptop", "the coffee"]
VERB = ["arrived", "broke", "worked", "looked", "smelled", "sounded", "failed", "lasted", "came", "felt", "was repaired",
        "was lost", "was returned"]
HOW = ["two days late", "without any trouble", "much better than expected", "after a week", "in perfect condition",
       "with a scratch on the left side", "as described", "cheaper than elsewhere", "only once", "again and again"]
END = ["so I wrote to the shop", "and nobody answered my letters", "which made my family happy", "but the colour is wrong",
       "and I would buy it again", "although the manual is missing", "since the battery is weak", "and my neighbour agreed",
       "while the price kept rising", "because the box was open", "yet it was fun", "and the refund took months"]
NAMES = ["Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Gina", "Hugo", "Ines", "Jan", "Karl", "Lena", "Marta", "Nico"]


def review(rng):
    parts = [f"{rng.choice(SUBJECT)} {rng.choice(VERB)} {rng.choice(HOW)} {rng.choice(END)}"
             for _ in range(rng.choice([1, 2, 2, 3]))]
    odd = "".join(rng.choice("bcdfglmnprst") + rng.choice("aeiou") for _ in range(3))
    return ". ".join(p[0].upper() + p[1:] for p in parts) + f". {rng.choice(NAMES)} from {odd}, order {rng.randrange(10 ** 5)}."


def edited(rng, text, how):
    words = text.split()
    if how == "punctuation":
        return text.upper().replace(".", " !").replace(",", ";")
    if how == "typos":
        for at in rng.sample(range(len(words)), max(1, len(words) // 15)):
            words[at] = words[at] + rng.choice("xqz")
    elif how == "word":
        for at in rng.sample(range(len(words)), max(1, len(words) // 12)):
            words[at] = rng.choice(["really", "quite", "grey", "almost"])
    elif how == "drop":
        del words[rng.randrange(len(words) - 2)]
    elif how == "add":
        words += rng.choice(["Thank you.", "Never again!", "PS: greetings"]).split()
    return " ".join(words)


@plants("near_duplicate_texts")
def near_duplicate_texts(rng, folder):
    rows, truth = [[review(rng), rng.randrange(1, 6), rng.choice(["app", "web", "shop"])] for _ in range(1500)], set()
    # Templates that differ in what they say are no duplicates.
    for i in range(200):
        rows.append([f"Your table at {rng.choice(NAMES)}'s for {rng.randrange(2, 9)} people on day {rng.randrange(365)} "
                     f"is confirmed, code {rng.randrange(10 ** 6)}", rng.randrange(1, 6), "app"])
    originals = rng.sample(range(1500), 80)
    for n, original in enumerate(originals):
        how = ["punctuation", "typos", "word", "drop", "add", "copy"][n % 6]
        truth.update((original, len(rows)))
        rows.append([edited(rng, rows[original][0], how), rng.randrange(1, 6), rng.choice(["app", "web"])])
    write_csv(folder / "data.csv", ["review", "stars", "channel"], rows)
    return Planted("data.csv", truth, target="stars", places=rows_of)


@plants("duplicate_columns")
def duplicate_columns(rng, folder):
    n = rng.choice([400, 1500])
    table = people(rng, n)
    codes = {c: i + 10 for i, c in enumerate(rng.sample(sorted(set(table["city"])), len(set(table["city"]))))}
    late = {}
    late["age_years"] = list(table["age"])
    late["city_code"] = [f"C{codes[c]}" for c in table["city"]]
    late["job_upper"] = [j.upper() for j in table["job"]]
    late["is_married"] = [int(m == "yes") for m in table["married"]]
    late["income_copy"] = changed(rng, table["income"], 0.004, lambda r: r.randrange(10 ** 5))
    late["visits_again"] = blank(rng, table["visits"], 0.1)
    late["job_number"] = changed(rng, [hash_of(j) for j in table["job"]], 0.003, lambda r: r.randrange(9))
    # Alike, but no copies.
    table["height_other"] = [round(h + rng.gauss(0, 1), 1) for h in table["height_cm"]]
    table["job_old"] = [j if rng.random() < 0.9 else rng.choice(["nurse", "clerk"]) for j in table["job"]]
    table["flag_a"] = [int(i % 97 == 0) for i in range(n)]
    table["flag_b"] = [int(i % 97 == 1) for i in range(n)]
    table["unique_a"] = [round(rng.gauss(0, 1), 9) for _ in range(n)]
    table["unique_b"] = [round(rng.gauss(0, 1), 9) for _ in range(n)]
    header, rows = columns_to_rows({**shuffled(rng, table), **shuffled(rng, late)})
    write_csv(folder / "data.csv", header, rows)
    return Planted("data.csv", set(late), target="renewed", unit="column")


def hash_of(text):
    return sum(ord(c) * (i + 3) for i, c in enumerate(text)) % 997


@plants("derivable_columns")
def derivable_columns(rng, folder):
    n = rng.choice([600, 2500])
    table = people(rng, n)
    del table["region"]  # a function of the city already
    table["price"] = [round(rng.uniform(2, 90), 2) for _ in range(n)]
    table["quantity"] = [rng.randrange(1, 40) for _ in range(n)]
    for quarter in "1234":
        table["q" + quarter] = [round(rng.gammavariate(3, 400), 2) for _ in range(n)]
    table["pressure"] = [rng.uniform(0.5, 9) for _ in range(n)]
    table["first"] = [rng.choice(["Anna", "Bruno", "Carla", "Dario", "Elena", "Ugo"]) for _ in range(n)]
    table["last"] = [rng.choice(["Rossi", "Bianchi", "Verdi", "Neri", "Gallo", "Conti", "Greco"]) for _ in range(n)]
    table["sku"] = [rng.choice(["AB", "CX", "QZ", "LM"]) + f"-{rng.randrange(10 ** 4):04}" for _ in range(n)]
    table["sent"] = [day(rng) for _ in range(n)]
    wait = [int(rng.expovariate(0.1)) for _ in range(n)]
    table["received"] = [d + datetime.timedelta(days=w) for d, w in zip(table["sent"], wait)]
    t = table
    late = {
        "height_in": [round(h / 2.54, 1) for h in t["height_cm"]],
        "amount": [round(p * q, 2) for p, q in zip(t["price"], t["quantity"])],
        "year_total": [round(sum(x), 2) for x in zip(t["q1"], t["q2"], t["q3"], t["q4"])],
        "bmi": [round(w / (h / 100) ** 2, 1) for w, h in zip(t["weight_kg"], t["height_cm"])],
        "fahrenheit": None,
        "age_group": ["young" if a < 30 else "middle" if a < 60 else "old" for a in t["age"]],
        "log_income": [round(math.log(i), 4) for i in t["income"]],
        "pressure_squared": [p * p for p in t["pressure"]],
        "area": [{"Rome": "centre", "Latina": "centre", "Milan": "north", "Bergamo": "north", "Turin": "north",
                  "Genoa": "north"}.get(c, "south") for c in t["city"]],
        "sent_month": [d.month for d in t["sent"]],
        "sent_weekday": [d.strftime("%A") for d in t["sent"]],
        "waited": wait,
        "who": [f"{a} {b}" for a, b in zip(t["first"], t["last"])],
        "line": [s.split("-")[0] for s in t["sku"]],
        "margin": [round(a - b, 2) for a, b in zip(t["q1"], t["q2"])],
    }
    table["celsius"] = [round(rng.gauss(14, 8), 1) for _ in range(n)]
    late["fahrenheit"] = [round(c * 1.8 + 32, 1) for c in table["celsius"]]
    for name in ("amount", "height_in", "year_total"):  # a few mistakes
        late[name] = changed(rng, late[name], 0.006, lambda r: round(r.uniform(10, 3000), 2))
    # Related, but not computable.
    table["shoe"] = [round(h / 4.2 + rng.gauss(0, 0.6)) for h in t["height_cm"]]
    table["spent"] = [round(i * rng.uniform(0.5, 0.9)) for i in t["income"]]
    table["mood"] = [rng.choice(["good", "bad"]) if a % 3 else "good" for a in t["age"]]
    table["discounted"] = [round(p * rng.choice([0.8, 0.9, 0.95]), 2) for p in t["price"]]
    header, rows = columns_to_rows({**shuffled(rng, table), **shuffled(rng, late)})
    write_csv(folder / "data.csv", header, rows)
    # a - b = c may as well be read a = b + c.
    other = {"q1": "margin", "q2": "margin", "received": "waited", "sent": "waited", "celsius": "fahrenheit"}

    def places(finding):
        column = finding["place"]["column"]
        return {other[column] if other.get(column) in finding["detail"]["inputs"] else column}
    return Planted("data.csv", set(late), target="renewed", places=places)
