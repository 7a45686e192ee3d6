"""Defects of balance and diversity: classes, groups, scenarios, sources, populations, shortcuts."""
import math

from planting import Planted, plants, write_csv

REGIONS = ["north", "south", "east", "west"]
TRADES = ["cook", "clerk", "nurse", "driver", "teacher"]


def draw(rng, shares):
    """A key of `shares` by its share."""
    at = rng.random() * sum(shares.values())
    for key, share in shares.items():
        at -= share
        if at < 0:
            return key
    return key


def noise(rng, n=3):
    return [round(rng.gauss(50, 12), 2) for _ in range(n)]


@plants("class_balance")
def class_balance(rng, folder):
    names = [f"species {chr(97 + i)}" for i in range(14)]
    rare = rng.sample(names, 5)
    counts = {name: rng.randint(2, 15) if name in rare else rng.randint(24, 200) for name in names}
    rows = [noise(rng) + [name] for name in names for _ in range(counts[name])]
    rng.shuffle(rows)
    write_csv(folder / "leaves.csv", ["length", "width", "veins", "species"], rows)

    def places(finding):
        return list(finding["detail"]["classes"]) if "classes" in finding["detail"] else ["ratio"]

    return Planted("leaves.csv", set(rare) | {"ratio"}, target="species", places=places)


@plants("dominant_value")
def dominant_value(rng, folder):
    n = rng.randint(800, 3000)

    def number(zeros, usual=0):
        return [usual if rng.random() < zeros else round(math.exp(rng.gauss(4, 1)), 1) for _ in range(n)]

    def category(usual, others):
        return ["usual" if rng.random() < usual else f"value {rng.randrange(others)}" for _ in range(n)]

    planted = {
        "gain": number(rng.uniform(0.55, 0.97)),
        "fee": number(rng.uniform(0.6, 0.9), usual=25),
        "delay": [v if rng.random() < 0.8 else "" for v in number(rng.uniform(0.6, 0.9))],
        "country": category(rng.uniform(0.88, 0.96), rng.randint(5, 30)),
        "grade": category(rng.uniform(0.9, 0.97), 2),
        "defaulted": ["yes" if rng.random() < rng.uniform(0.02, 0.08) else "no" for _ in range(n)],
        "children": [0 if rng.random() < 0.93 else rng.randint(1, 4) for _ in range(n)],
    }
    innocent = {
        "size": number(0),
        "savings": number(rng.uniform(0.05, 0.42)),
        "hours": [40 if rng.random() < 0.42 else rng.randint(1, 80) for _ in range(n)],
        "trade": [rng.choice(TRADES) for _ in range(n)],
        "shop": [draw(rng, {f"shop {k}": 1 / k for k in range(1, 12)}) for _ in range(n)],
        "member": ["yes" if rng.random() < rng.uniform(0.16, 0.5) else "no" for _ in range(n)],
        "plan": category(rng.uniform(0.4, 0.6), 3),
        "currency": ["EUR"] * n,
    }
    table = planted | innocent
    names = rng.sample(list(table), len(table))
    label = [rng.choice(["a", "b"]) for _ in range(n)]
    write_csv(folder / "clients.csv", names + ["label"], zip(*(table[name] for name in names), label))
    return Planted("clients.csv", set(planted), target="label", unit="column")


@plants("sensitive_coverage")
def sensitive_coverage(rng, folder):
    thin = {"religion": rng.sample(["jewish", "hindu", "sikh", "baptist"], 2), "sex": ["x"]}
    lacking = rng.choice(REGIONS[:3])
    groups = {"religion": ["none", "catholic", "muslim", "jewish", "hindu", "sikh", "baptist"],
              "sex": ["f", "m", "x"], "region": REGIONS}
    rows = []
    for _ in range(4200):
        row = {c: rng.choice([g for g in groups[c] if g not in thin.get(c, [])]) for c in groups}
        label = rng.choice(["grant", "refuse"])
        if row["region"] == lacking:
            label = "refuse"
        rows.append([*row.values(), *noise(rng), label])
    truth = {f"region {lacking} lacks grant"}
    for at, column in enumerate(groups):
        for group in thin.get(column, []):
            truth.add(f"{column} {group}")
            for row in rng.sample(rows, rng.randint(4, 22)):
                row[at] = group
    # A thin group may lack a class by chance; it is named as thin already.
    write_csv(folder / "people.csv", [*groups, "a", "b", "c", "outcome"], rows)

    def places(finding):
        detail, column = finding["detail"], finding["place"]["column"]
        yield from (f"{column} {g}" for g in detail.get("groups", {}))
        yield from (f"{column} {d['group']} lacks {d['label']}" for d in detail.get("lacking", []))

    return Planted("people.csv", truth, target="outcome", places=places,
                   sets=("data.sensitive=[religion, sex, region]",))


@plants("intersection_coverage")
def intersection_coverage(rng, folder):
    values = {"sex": ["f", "m"], "region": REGIONS, "trade": TRADES, "smoker": ["yes", "no", "was"]}
    columns = list(values)
    pairs = [("region", "trade"), ("trade", "smoker"), ("sex", "region")]
    holes = []  # cells that keep at most a handful of rows
    for a, b in pairs:
        holes.append(({a: rng.choice(values[a]), b: rng.choice(values[b])}, rng.choice([0, 0, rng.randint(1, 12)])))
    triple = {c: rng.choice(values[c]) for c in ("sex", "region", "smoker")}
    # With (f, east) empty, (m, east, smoker) would empty (east, smoker).
    while triple["region"] in [hole.get("region") for hole, _ in holes]:
        triple = {c: rng.choice(values[c]) for c in triple}
    holes.append((triple, rng.randint(0, 12)))
    kept = [0] * len(holes)
    rows = []
    while len(rows) < 12000:
        row = {c: rng.choice(values[c]) for c in columns}
        inside = [i for i, (hole, _) in enumerate(holes) if all(row[c] == v for c, v in hole.items())]
        if any(kept[i] >= holes[i][1] for i in inside):
            continue
        for i in inside:
            kept[i] += 1
        rows.append([*row.values(), *noise(rng), rng.choice("ab")])
    write_csv(folder / "survey.csv", [*columns, "u", "v", "w", "answer"], rows)

    def named(hole):
        return " and ".join(f"{c} '{hole[c]}'" for c in columns if c in hole)

    return Planted("survey.csv", {named(hole) for hole, _ in holes}, target="answer",
                   places=lambda finding: (cell["name"] for cell in finding["detail"]["cells"]),
                   sets=("audit.adjust=[{intersection_coverage: {columns: [sex, region, trade, smoker], order: 3}}]",))


@plants("scenarios")
def scenarios(rng, folder):
    """Driving situations: some never or hardly occur, one lacks a class; written in several forms."""
    declared = {"night": "lux < 20", "fog": "weather = 'fog'", "old truck": "vehicle = 'truck' and built < 2000-01-01",
                "fast": "110 < speed <= 300", "unknown road": "road is missing",
                "wet city": "weather in ['rain', 'sleet'] and road = 'city'", "dry": "not (weather = 'rain')",
                "slow": "speed between 0 and 30", "truck": "vehicle contains 'RUCK'"}
    plantable = ["night", "fog", "old truck", "fast", "unknown road", "wet city"]
    missing = rng.sample(plantable, 2)
    thin = rng.sample([s for s in plantable if s not in missing], 2)
    one_sided = rng.choice(["slow", "truck"])
    quota = {**{s: 0 for s in missing}, **{s: rng.randint(3, 30) for s in thin}}
    rows = []
    while len(rows) < 3000:
        lux, weather = rng.uniform(0, 400), rng.choice(["sun", "cloud", "rain", "sleet", "fog"])
        vehicle, year = rng.choice(["car", "bus", "truck"]), rng.randint(1990, 2020)
        speed, road = rng.uniform(0, 140), rng.choice(["city", "country", "motorway", None])
        holds = {"night": lux < 20, "fog": weather == "fog", "old truck": vehicle == "truck" and year < 2000,
                 "fast": speed > 110, "unknown road": road is None,
                 "wet city": weather in ("rain", "sleet") and road == "city"}
        inside = [s for s in quota if holds[s]]
        if any(quota[s] <= 0 for s in inside):
            continue
        for s in inside:
            quota[s] -= 1
        label = rng.choice(["brake", "go"])
        if one_sided == ("slow" if speed <= 30 else "truck" if vehicle == "truck" else ""):
            label = "brake"
        if one_sided == "truck" and vehicle == "truck":
            label = "brake"
        rows.append([round(lux, 1), weather, vehicle, f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
                     round(speed, 1), road or "", label])
    write_csv(folder / "drives.csv", ["lux", "weather", "vehicle", "built", "speed", "road", "action"], rows)
    truth = set(missing) | set(thin) | {one_sided + " classes"}
    if one_sided == "truck" and "old truck" not in missing + thin:
        truth.add("old truck classes")

    def places(finding):
        detail = finding["detail"]
        return [detail["scenario"] + (" classes" if "classes" in detail else "")]

    text = ", ".join(f"{name}: \"{condition}\"" for name, condition in declared.items())
    return Planted("drives.csv", truth, target="action", places=places, sets=(f"audit.scenarios={{{text}}}",))


@plants("source_differences")
def source_differences(rng, folder):
    hospitals = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Hazel"]
    wrong, older, copies, ill = rng.sample(hospitals, 4)
    gaps = {c: rng.choice(hospitals) for c in ("lab", "ward", "pulse", "note", "diet", "phone")}
    rows = []
    for hospital in hospitals:
        for _ in range(rng.randint(420, 700)):
            age_group = draw(rng, {"young": 0.3, "middle": 0.4, "old": 0.3})
            if hospital == older and rng.random() < 0.6:
                age_group = "old"
            x, y, z = rng.gauss(0, 1), rng.gauss(0, 1), rng.gauss(0, 1)
            if hospital == ill:
                x += 1.3
            label = "ill" if x + y > rng.gauss(0, 0.3) else "well"
            if hospital == wrong and rng.random() < 0.22:
                label = "well" if label == "ill" else "ill"
            kept = lambda column, value: "" if rng.random() < (0.2 if hospital == gaps.get(column) else 0.04) else value
            rows.append([hospital, age_group, round(x, 4), round(y, 4), kept("lab", round(z, 4)),
                         kept("ward", rng.choice("ABC")), kept("pulse", rng.randint(50, 110)),
                         kept("note", rng.choice(["none", "fall", "visit"])), kept("diet", rng.choice(["full", "soft"])),
                         kept("phone", rng.randint(10**6, 10**7)), kept("bed", rng.randint(1, 40)), label])
    own = [r for r in rows if r[0] == copies]
    rows += [list(r) for r in rng.sample(own, len(own) // 10)]
    # Too small to say anything of.
    rows += [["Ivy", "old", round(rng.gauss(0, 1), 4), 0.5, "", "A", "", "none", "", "", 3, "ill"] for _ in range(12)]
    rng.shuffle(rows)
    write_csv(folder / "stays.csv", ["hospital", "age_group", "x", "y", "lab", "ward", "pulse", "note", "diet",
                                     "phone", "bed", "state"], rows)
    truth = {f"missing {c} {hospital}" for c, hospital in gaps.items()} | {f"misfit state {wrong}", f"group age_group {older}", f"duplicate  {copies}",
             f"label state {ill}"}

    def places(finding):
        d = finding["detail"]
        return [f"{d['kind']} {d['column']} {name}" for name in d["named"]]

    return Planted("stays.csv", truth, target="state", places=places, sets=("data.sensitive=[age_group]",))


@plants("reference_population")
def reference_population(rng, folder):
    """A census as ranges of ages, regions and sexes; each row of the file is a combination."""
    ages = {"18-29": (18, 29, 0.2), "30-44": (30, 44, 0.27), "45-64": (45, 64, 0.31), "65+": (65, 95, 0.22)}
    region = {"North": 0.4, "South": 0.3, "East": 0.2, "West": 0.1}
    sex = {"female": 0.51, "male": 0.49}
    long = rng.random() < 0.5
    if long:
        census = [["age", k, v[2]] for k, v in ages.items()]
        census += [["region", k, v] for k, v in region.items()] + [["sex", k, v] for k, v in sex.items()]
        write_csv(folder / "census.csv", ["column", "value", "share"], census)
    else:
        census = [[a, r, s, round(1e6 * ages[a][2] * region[r] * sex[s])] for a in ages for r in region for s in sex]
        write_csv(folder / "census.csv", ["Age", "Region", "Sex", "count"], census)
    few_age, few_region = rng.choice(list(ages)), rng.choice(["South", "East", "West"])
    absent = rng.random() < 0.3
    rows = []
    while len(rows) < 3000:
        a, r = draw(rng, {k: v[2] for k, v in ages.items()}), draw(rng, region)
        if (a == few_age and rng.random() < 0.55) or (r == few_region and (absent or rng.random() < 0.6)):
            continue
        rows.append([rng.randint(*ages[a][:2]), r.lower(), draw(rng, sex), *noise(rng), rng.choice("ab")])
    truth = {f"age {few_age}", f"region {few_region}"}
    for row in rng.sample(rows, 25):
        row[1] = "abroad"
    truth.add("outside region")
    write_csv(folder / "people.csv", ["age", "region", "sex", "a", "b", "c", "vote"], rows)

    def places(finding):
        if "groups" not in finding["detail"]:
            return ["outside " + finding["place"]["column"]]
        if finding["severity"] != "warning":  # the rest of the groups is then too large
            return []
        return [f"{finding['place']['column']} {g['name']}" for g in finding["detail"]["groups"]]

    return Planted("people.csv", truth, target="vote", places=places,
                   sets=("audit.adjust=[{reference_population: {reference: census.csv}}]",))


@plants("spurious_columns")
def spurious_columns(rng, folder):
    names = ["scanner", "site", "batch", "image_width", "file_name", "patient_id", "lab"]
    planted = set(rng.sample(names, 4))
    rows = []
    for i in range(2400):
        label = int(rng.random() < 0.4)
        told = lambda column, p=0.85: label if column in planted and rng.random() < p else rng.randint(0, 1)
        scanner = ["Axiom", "Bruker"][told("scanner")] if rng.random() < 0.9 else "Canon"
        site = rng.choice(["Graz", "Linz"] if told("site") else ["Wels", "Steyr"])
        batch = rng.randint(1, 6) + 6 * told("batch")
        width = [512, 640][told("image_width")] if rng.random() < 0.9 else 1024
        prefix = ["scan", "img"][told("file_name")]
        serial = f"P{1000 + rng.randint(0, 4000) + 4000 * told('patient_id')}-{i % 97}"
        lab = rng.choice("ABCD" if told("lab") else "EFGH")
        dose = round(rng.gauss(10 + 6 * label, 2), 3)  # a cause, not a trace of how rows were collected
        rows.append([scanner, site, batch, width, f"2021/{prefix}_{i:05}.png", serial, lab, dose,
                     rng.choice(["f", "m"]), ["benign", "malignant"][label]])
    rng.shuffle(rows)
    write_csv(folder / "scans.csv", ["scanner", "site", "batch", "image_width", "file_name", "patient_id", "lab", "dose",
                                     "sex", "finding"], rows)
    return Planted("scans.csv", planted, target="finding", unit="column")
