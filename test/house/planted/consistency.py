"""Defects of consistency: cells that contradict their column, their row or the rest of the table."""
import datetime

from planting import Planted, plants, write_csv

CITIES = ["Birmingham", "Huntsville", "Montgomery", "Florence", "Tuscaloosa", "Anniston", "Sheffield", "Guntersville",
          "Enterprise", "Jacksonville", "Fort Payne", "Dothan", "Selma", "Auburn", "Opelika", "Gadsden", "Decatur",
          "Cullman", "Prattville", "Alabaster"]
STATES = ["AL", "GA", "TN", "FL", "MS"]
WORDS = ["heart", "attack", "surgery", "patients", "given", "aspirin", "arrival", "discharge", "pneumonia", "failure",
         "infection", "prevention", "hospital", "community", "regional", "medical", "center", "treatment"]


def listed(keys=("cells", "suspects")):
    """(row, column) of every cell that a finding names."""
    def places(finding):
        return [(cell["row"], cell["column"]) for key in keys for cell in (finding["detail"] or {}).get(key, [])]
    return places


def table(random, folder, columns, rows, truth, name="data.csv", **more):
    """Writes columns (name -> list) with a weak target beside them; truth is of (row, column)."""
    header = list(columns) + ["amount", "label"]
    amounts = [round(random.lognormvariate(4, 0.6), 2) for _ in range(rows)]
    labels = [random.choice(["yes", "no", "no"]) for _ in range(rows)]
    write_csv(folder / name, header, zip(*columns.values(), amounts, labels))
    return Planted(name, truth, target="label", places=listed(), **more)


def slip(random, text):
    """One typing slip among the letters of a text."""
    at = random.choice([i for i, c in enumerate(text) if c.isalpha()])
    kind = random.randrange(3)
    letter = random.choice([c for c in "abcdefghijklmnopqrstuvwxyz" if c != text[at].lower()])
    if kind == 0:
        return text[:at] + letter + text[at + 1:]
    if kind == 1:
        return text[:at] + text[at + 1:]
    return text[:at] + letter + text[at:]


@plants("broken_dependencies")
def broken_dependencies(random, folder):
    rows = random.randint(1500, 4000)
    zips = random.sample(range(30000, 40000), 80)
    city_of = {z: random.choice(CITIES) for z in zips}
    state_of = {city: random.choice(STATES) for city in CITIES}
    prices = {f"SKU-{k}": round(random.uniform(2, 300), 2) for k in range(60)}
    zip_ = [random.choice(zips) for _ in range(rows)]
    sku = [random.choice(list(prices)) for _ in range(rows)]
    columns = {"zip": zip_, "city": [city_of[z] for z in zip_], "state": [state_of[city_of[z]] for z in zip_],
               "sku": sku, "list_price": [prices[s] for s in sku],
               # looks like it depends, and does not: most are alike
               "channel": [random.choice(["web"] * 9 + ["shop"]) for _ in range(rows)]}
    truth = set()
    for row in random.sample(range(rows), rows // 50):
        kind = random.randrange(4)
        if kind == 0:
            columns["city"][row] = random.choice([c for c in CITIES if c != columns["city"][row]])
            truth.add((row, "city"))
        elif kind == 1:
            columns["city"][row] = slip(random, columns["city"][row])
            truth.add((row, "city"))
        elif kind == 2:
            columns["state"][row] = random.choice([s for s in STATES if s != columns["state"][row]])
            truth.add((row, "state"))
        else:
            columns["list_price"][row] = round(columns["list_price"][row] * random.choice([0.5, 1.1, 2]), 2)
            truth.add((row, "list_price"))
    return table(random, folder, columns, rows, truth)


@plants("mixed_units")
def mixed_units(random, folder):
    """Several columns, of which some mix units; the innocent ones have one unit, or look like units."""
    rows = random.randint(300, 900)
    def numbers(low, high, digits=1):
        return [round(random.uniform(low, high), digits) for _ in range(rows)]
    weight, length, oz, money, share, rate, dose = (numbers(40, 120), numbers(1, 3, 2), numbers(8, 32),
                                                    numbers(10, 900, 2), numbers(1, 90), numbers(0.01, 0.9, 3),
                                                    numbers(1, 20))
    pick = lambda p: random.random() < p
    columns = {
        "weight": [f"{w * 1000:.0f} g" if pick(0.05) else f"{w / 0.45359237:.1f} lbs" if pick(0.1) else f"{w} kg"
                   for w in weight],
        "length": [f"{x * 100:.0f}cm" if pick(0.2) else f"{x} m" for x in length],
        "volume": [f"{x} {random.choice(['oz', 'oz.', 'OZ', 'ounces'])}" for x in oz],
        "price": [f"€{m}" if pick(0.1) else f"${m}" for m in money],
        "discount": [f"{s}%" if pick(0.3) else s for s in share],
        "rate": [f"{r * 100:.1f}%" if pick(0.25) else r for r in rate],
        "dose": [f"{d} mg" if pick(0.03) else d for d in dose],
        # innocent
        "distance": [f"{x} km" for x in numbers(1, 40)],
        "fee": [f"${m}" for m in numbers(1, 90, 2)],
        "filled": [f"{x}%" for x in numbers(1, 99, 0)],
        "visits": [f"{k} visit" + ("s" if k != 1 else "") for k in (random.randint(1, 30) for _ in range(rows))],
        "seat": [f"{random.randint(1, 30)}{random.choice('ABCDEF')}" for _ in range(rows)],
        "floor": [f"{random.randint(4, 19)}th" for _ in range(rows)],
    }
    truth = {"weight", "length", "volume", "price", "discount", "rate", "dose"}
    planted = table(random, folder, columns, rows, truth, unit="column")
    planted.places = None
    return planted


def dates(random, rows, low=datetime.date(2015, 1, 1), days=3000):
    return [low + datetime.timedelta(random.randrange(days)) for _ in range(rows)]


@plants("mixed_date_formats")
def mixed_date_formats(random, folder):
    rows = random.randint(400, 1500)
    columns, truth = {}, set()
    mixes = {"joined": ("%Y-%m-%d", ["%d.%m.%Y", "%b %d, %Y"], 0.2), "paid": ("%d/%m/%Y", ["%Y-%m-%d"], 0.06),
             "seen": ("%m/%d/%Y", ["%d %b %Y", "%Y/%m/%d"], 0.15), "left": ("%d.%m.%Y", ["%d-%m-%Y"], 0.03)}
    for name, (main, others, share) in mixes.items():
        days = dates(random, rows)
        odd = {row: random.choice(others) for row in random.sample(range(rows), max(5, int(share * rows)))}
        columns[name] = [day.strftime(odd.get(row, main)) for row, day in enumerate(days)]
        truth |= {(row, name) for row in odd}
    # innocent: one format each, a time of day in some rows, and versions that look like dates
    columns["opened"] = [day.strftime("%m/%d/%Y") for day in dates(random, rows)]
    columns["logged"] = [day.isoformat() + random.choice(["", "T10:30:00"]) for day in dates(random, rows)]
    columns["release"] = [f"{random.randint(1, 9)}.{random.randint(0, 20)}.{random.randint(0, 99)}"
                          for _ in range(rows)]
    return table(random, folder, columns, rows, truth)


@plants("impossible_dates")
def impossible_dates(random, folder):
    rows = random.randint(400, 1500)
    admitted = dates(random, rows)
    columns = {"admitted": [d.isoformat() for d in admitted],
               "discharged": [(d + datetime.timedelta(random.randrange(30))).isoformat() for d in admitted],
               "birth_date": [d.strftime("%d.%m.%Y") for d in dates(random, rows, datetime.date(1930, 1, 1), 27000)],
               "order_date": [d.strftime("%d/%m/%Y") for d in dates(random, rows)],
               "expiry_date": [d.isoformat() for d in dates(random, rows, datetime.date(2024, 1, 1), 4000)]}
    truth = set()
    def put(row, name, text):
        columns[name][row] = text
        truth.add((row, name))
    picked = iter(random.sample(range(rows), 40))
    for k in range(8):
        put(next(picked), "order_date", random.choice(["31/02/2020", "30/02/2021", "31/04/2019", "00/00/0000",
                                                       "45/13/2020"]))
        put(next(picked), "birth_date", random.choice(["31.11.1980", "29.02.1999"]))
        row = next(picked)
        put(row, "discharged", (admitted[row] - datetime.timedelta(random.randint(1, 400))).isoformat())
        put(next(picked), "birth_date", datetime.date(random.randint(2500, 2900), 3, 4).strftime("%d.%m.%Y"))
        if k < 3:
            put(next(picked), "order_date", f"{random.randint(2, 27)}/05/{random.choice([1800, 1751, 2999])}")
    return table(random, folder, columns, rows, truth)


@plants("out_of_pattern")
def out_of_pattern(random, folder):
    rows = random.randint(500, 2000)
    digits = lambda n: "".join(random.choice("0123456789") for _ in range(n))
    columns = {"zip": ["0" + digits(4) if random.random() < 0.3 else str(random.randint(1, 9)) + digits(4)
                       for _ in range(rows)],
               "phone": [f"({digits(3)}) {digits(3)}-{digits(4)}" for _ in range(rows)],
               "batch": [f"{random.choice(['AB', 'QX', 'ZT'])}-{digits(4)}" for _ in range(rows)],
               "score": [f"{random.randint(1, 20) * 5}%" for _ in range(rows)],
               "units": [random.randint(1, 500) for _ in range(rows)],
               # innocent: no pattern holds, or all of several are usual
               "address": [f"{random.randint(1, 999)}{random.choice(['', '', '', 'A', 'B'])} "
                           f"{' '.join(random.choices(['Main', 'Oak', 'North', 'High', '5th'], k=random.randint(1, 3)))} "
                           f"St" for _ in range(rows)],
               "cabin": [random.choice([f"C{digits(2)}", f"B{digits(2)} B{digits(2)}", "D"]) for _ in range(rows)],
               "person": [random.choice(["Ann", "O'Neil", "Jean-Luc", "Bo", "van Dyk"]) for _ in range(rows)]}
    truth = set()
    for name in ("zip", "phone", "batch", "score", "units"):
        for row in random.sample(range(rows), max(4, rows // 150)):
            text = str(columns[name][row])
            at = random.choice([i for i, c in enumerate(text) if c.isdigit()])
            kind = random.randrange(3) if name in ("phone", "batch") else 0
            letter = random.choice("xOzq")
            if name == "units" and len(text) == 1:
                text = text + "7"
            columns[name][row] = (text[:at] + letter + text[at + 1:], text[:at] + text[at + 1:],
                                  text.replace("-", ""))[kind]
            truth.add((row, name))
    return table(random, folder, columns, rows, truth)


@plants("out_of_range")
def out_of_range(random, folder):
    rows = random.randint(500, 3000)
    whole = lambda low, high: [random.randint(low, high) for _ in range(rows)]
    columns = {"age": [min(99, max(18, round(random.gauss(45, 14)))) for _ in range(rows)],
               "humidity_percent": whole(5, 100), "height_cm": [round(random.gauss(172, 9)) for _ in range(rows)],
               "latitude": [round(random.uniform(35, 60), 4) for _ in range(rows)], "month": whole(1, 12),
               "unit_price": [round(random.lognormvariate(3, 0.8), 2) for _ in range(rows)],
               "pressure": [round(random.gauss(1013, 9), 1) for _ in range(rows)],
               # innocent: heavy tails, true negatives, true outliers
               "income": [round(random.lognormvariate(10, 1)) for _ in range(rows)],
               "change": [round(random.gauss(2, 3), 2) for _ in range(rows)],
               "temperature": [round(random.gauss(4, 7), 1) for _ in range(rows)]}
    truth = set()
    wrong = {"age": lambda v: random.choice([-v, v + 200, 999]), "humidity_percent": lambda v: v + 150,
             "height_cm": lambda v: random.choice([-v, v * 100]), "latitude": lambda v: v + 100,
             "month": lambda v: random.choice([0, 13, 27]), "unit_price": lambda v: -v,
             "pressure": lambda v: random.choice([v * 10, v / 1000])}
    for name, change in wrong.items():
        for row in random.sample(range(rows), random.randint(2, 5)):
            columns[name][row] = round(change(columns[name][row]), 4)
            truth.add((row, name))
    return table(random, folder, columns, rows, truth)


@plants("mixed_types")
def mixed_types(random, folder):
    rows = random.randint(300, 900)
    number = lambda: random.randint(0, 90)
    words = ["many", "few", "see note", "pending", "twelve", "unclear", "half", "ask Tom", "later", "too many"]
    def mixed(share):
        return [random.choice(words) if random.random() < share else number() for _ in range(rows)]
    columns = {"rooms": mixed(0.5), "orders": mixed(0.6),
               # innocent
               "diagnosis": [random.choice(["V70", "E11", "250", "401", "428", "I10", "486"]) for _ in range(rows)],
               "grade": [random.choice(["1", "2", "3", "other"]) for _ in range(rows)],
               "stock": [number() for _ in range(rows)], "city": [random.choice(CITIES) for _ in range(rows)]}
    truth = {(row, name) for name in ("rooms", "orders") for row, v in enumerate(columns[name]) if isinstance(v, str)}
    return table(random, folder, columns, rows, truth)


@plants("damaged_text")
def damaged_text(random, folder):
    rows = random.randint(300, 1200)
    names = ["Zürich", "São Paulo", "Besançon", "Málaga", "Łódź", "Göteborg", "Æbeltoft", "Córdoba", "Smith & Sons",
             "Müller's Café", "Привет", "東京", "Lyon", "AT&T", "Why?", "naïve"]
    firm = [random.choice(names) for _ in range(rows)]
    note = [" ".join(random.choices(names + WORDS, k=random.randint(4, 9))) + f" {row}" for row in range(rows)]
    columns = {"firm": firm, "note": note, "plain": [random.choice(CITIES) for _ in range(rows)]}
    truth = set()
    def damage(text):
        if not any(ord(c) > 127 for c in text) or random.random() < 0.3:
            at = random.randrange(1, len(text))
            if "&" in text:
                return text.replace("&", "&amp;")
            return random.choice([text[:at] + "\u200b" + text[at:], text[:at] + "\x07" + text[at:],
                                  "&quot;" + text + "&quot;"])
        for code in random.sample(["cp1252", "latin-1", "cp1250", "mac_roman"], 4):
            try:
                return text.encode().decode(code)
            except UnicodeError:
                continue
        return "".join(c if ord(c) < 128 else f"\\u{ord(c):04x}" for c in text)
    for name in ("firm", "note"):
        for row in random.sample(range(rows), 12):
            columns[name][row] = damage(columns[name][row])
            truth.add((row, name))
    return table(random, folder, columns, rows, truth)


@plants("merged_cells")
def merged_cells(random, folder):
    rows = random.randint(500, 2000)
    columns = {"city": [random.choice(CITIES) for _ in range(rows)], "state": [random.choice(STATES) for _ in range(rows)],
               "product": [random.choice(["shirt red", "hat blue", "shirt", "sock"]) for _ in range(rows)],
               "colour": [random.choice(["red", "blue", ""]) for _ in range(rows)]}
    truth = set()
    for row in random.sample(range(rows), random.randint(8, rows // 20)):
        columns["city"][row] += random.choice([" ", ", "]) + columns["state"][row]
        columns["state"][row] = ""
        truth |= {(row, "city"), (row, "state")}
    for row in random.sample(sorted(set(range(rows)) - {r for r, _ in truth}), 3):
        columns["state"][row] = ""
    return table(random, folder, columns, rows, truth)


@plants("inconsistent_spelling")
def inconsistent_spelling(random, folder):
    rows = random.randint(800, 2500)
    measures = [" ".join(random.sample(WORDS, k=random.randint(3, 6))) for _ in range(12)]
    columns = {"city": [random.choice(CITIES) for _ in range(rows)], "measure": [random.choice(measures) for _ in range(rows)],
               "sample": [f"{random.randint(1, 60)} patients" for _ in range(rows)],
               # innocent
               "grade": [random.choice(["A1", "A2", "B1", "B2", "10th", "11th"]) for _ in range(rows)],
               "sex": [random.choice(["Male", "Female"]) for _ in range(rows)],
               "country": [random.choice(["Austria", "Australia", "Iran", "Iraq", "Niger", "Nigeria"])
                           for _ in range(rows)]}
    truth = set()
    def vary(text):
        kind = random.randrange(4)
        if kind == 0:
            return random.choice([text.upper(), text.lower() if text != text.lower() else text.title(), " " + text])
        if kind == 1:
            letter = random.choice(sorted(set(c for c in text.lower() if c.isalpha())))
            return "".join("x" if c.lower() == letter and random.random() < 0.8 else c for c in text)
        return slip(random, text)
    for name in ("city", "measure"):
        for row in random.sample(range(rows), 15):
            text = vary(columns[name][row])
            if text != columns[name][row]:
                columns[name][row] = text
                truth.add((row, name))
    for row in random.sample(range(rows), 8):
        columns["sample"][row] = columns["sample"][row].replace("patients", slip(random, "patients"))
        truth.add((row, "sample"))
    return table(random, folder, columns, rows, truth)


@plants("reading_problems")
def reading_problems(random, folder):
    rows = random.randint(300, 900)
    lines, truth = ["age,city,label"], set()
    odd = dict(zip(random.sample(range(rows), 9), ["ragged", "word", "bytes"] * 3))
    for row in range(rows):
        age, city = str(random.randint(18, 80)), random.choice([*CITIES, "Zürich", "Málaga", "Łódź"])
        line = f"{age},{city},{random.choice(['yes', 'no'])}".encode()
        kind = odd.get(row)
        if kind == "ragged":
            line = random.choice([f"{age},{city}".encode(), line + b",more"])
        elif kind == "word":
            line = line.replace(age.encode(), random.choice([b"old", b"about forty", b"x"]), 1)
        elif kind == "bytes":
            line = line.replace(city.encode(), city.encode() + b" \xff\xfe")
        if kind:
            truth.add(row)
        lines.append(line.decode("utf-8", "surrogateescape"))
    (folder / "data.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", errors="surrogateescape")
    def places(finding):
        place = finding["place"]
        if rows_of_cells := (finding["detail"] or {}).get("rows"):
            return rows_of_cells
        # Bytes are told by their line alone; the first line holds the names.
        return [place["row"] if place["row"] is not None else place["line"] - 2]

    return Planted("data.csv", truth, target="label", places=places)
