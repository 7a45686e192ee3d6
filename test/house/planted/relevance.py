"""Planted defects of the theme relevance."""
import math

from planting import Planted, plants, write_csv
from redundancy import png, review, rows_of, scene
from tables import CITIES, columns_to_rows, people


@plants("identifier_column")
def identifier_column(rng, folder):
    n = 800
    table = people(rng, n)
    start = rng.randrange(1000, 90_000)
    ids = {"row_number": list(range(1, n + 1)), "member": [f"M-{rng.randrange(10 ** 8):08}" for _ in range(n)],
           "ticket_id": rng.sample(range(start, start + 40 * n), n),
           "token": ["".join(rng.choice("0123456789abcdef") for _ in range(16)) for _ in range(n)]}
    table["measured"] = [round(rng.gauss(5, 2), 5) for _ in range(n)]
    table["comment"] = [review(rng) for _ in range(n)]
    header, rows = columns_to_rows({**ids, **table})
    write_csv(folder / "data.csv", header, rows)
    return Planted("data.csv", set(ids), target="renewed", unit="column")


@plants("outlier_values")
def outlier_values(rng, folder):
    n = rng.choice([800, 3000])
    table = people(rng, n)
    table["temperature"] = [round(rng.gauss(36.8, 0.4), 1) for _ in range(n)]
    table["balance"] = [round(rng.gauss(200, 900), 2) for _ in range(n)]
    table["latency"] = [round(math.exp(rng.gauss(3, 0.5)), 2) for _ in range(n)]
    table["heavy"] = [round(rng.paretovariate(1.5) * 10, 2) for _ in range(n)]  # innocent, whatever its size
    truth = set()
    plans = [("age", lambda v: v * 10), ("height_cm", lambda v: v / 100), ("height_cm", lambda v: v * 10),
             ("weight_kg", lambda v: v * 1000), ("temperature", lambda v: round(v * 1.8 + 32, 1)),
             ("income", lambda v: v * 1000), ("balance", lambda v: rng.choice([-1, 1]) * rng.uniform(2e4, 9e5)),
             ("latency", lambda v: v * 1000), ("temperature", lambda v: v * 10), ("income", lambda v: -v)]
    for k, row in enumerate(rng.sample(range(n), 30)):
        column, change = plans[k % len(plans)]
        table[column][row] = change(table[column][row])
        truth.add(row)
    header, rows = columns_to_rows(table)
    write_csv(folder / "data.csv", header, rows)
    return Planted("data.csv", truth, target="renewed", places=rows_of)


@plants("outlier_rows")
def outlier_rows(rng, folder):
    n = rng.choice([1500, 4000])
    table = people(rng, n)
    table["pulse"] = [round(rng.gauss(72, 8)) for _ in range(n)]
    angle = [rng.uniform(0, 2 * math.pi) for _ in range(n)]
    table["x"] = [round(10 * math.cos(a) + rng.gauss(0, 0.5), 2) for a in angle]  # on a ring
    table["y"] = [round(10 * math.sin(a) + rng.gauss(0, 0.5), 2) for a in angle]
    table["total_c"] = [round(a + b + rng.gauss(0, 0.3), 2) for a, b in zip(table["x"], table["y"])]
    truth = set()
    for k, row in enumerate(rng.sample(range(n), max(15, n // 70))):
        kind = k % 6
        if kind == 0:    # tall and very light
            table["height_cm"][row], table["weight_kg"][row] = round(rng.uniform(185, 195), 1), round(rng.uniform(38, 43), 1)
        elif kind == 1:  # a city in another region
            table["region"][row] = rng.choice(sorted(set(CITIES.values()) - {table["region"][row]}))
        elif kind == 2:  # two parts do not make their sum
            table["total_c"][row] = round(table["total_c"][row] + rng.choice([-1, 1]) * rng.uniform(5, 9), 2)
        elif kind == 3:  # far out in one number
            table["pulse"][row] = rng.choice([11, 190, 240])
        elif kind == 4:  # far out in several, mildly
            table["height_cm"][row], table["weight_kg"][row] = round(rng.uniform(205, 214), 1), round(rng.uniform(25, 32), 1)
            table["pulse"][row] = rng.choice([34, 112])
        else:            # put together from several rows
            while True:
                for name in ("height_cm", "weight_kg", "x", "y", "total_c", "income"):
                    table[name][row] = table[name][rng.randrange(n)]
                if abs(table["x"][row] + table["y"][row] - table["total_c"][row]) > 4:
                    break
        truth.add(row)
    header, rows = columns_to_rows(table)
    write_csv(folder / "data.csv", header, rows)
    return Planted("data.csv", truth, target="renewed")


FOREIGN = [
    lambda r: "Traceback most recent call last File main.py line " + str(r.randrange(900)) +
    " in module import error undefined symbol " + " ".join(r.choice(["null", "segfault", "stack", "kernel", "socket", "thread",
                                                                      "pointer", "mutex"]) for _ in range(14)),
    lambda r: "Preheat the oven whisk " + str(r.randrange(2, 6)) + " eggs with sugar and " + ", ".join(
        r.sample(["flour", "butter", "vanilla", "yeast", "cinnamon", "almonds", "cream", "lemon zest", "cocoa"], 4)) +
    " then knead the dough and bake for " + str(r.randrange(20, 60)) + " minutes until golden",
    lambda r: "Der Vertrag " + " ".join(r.choice(["beginnt", "endet", "wegen", "nach", "Kündigung", "Frist", "schriftlich",
                                                   "Mieter", "Vermieter", "Wohnung", "Nebenkosten", "spätestens"]) for _ in range(18)),
    lambda r: "The striker " + " ".join(r.choice(["scored", "penalty", "goalkeeper", "midfield", "league", "coach", "stadium",
                                                   "offside", "derby", "supporters", "halftime"]) for _ in range(18)),
]


def stray_pictures(rng, folder):
    """Scenes, and among them bar codes and pages of lines. (Noise shrinks to plain gray, and plain pictures are the
    business of other checks.)"""
    side, truth = 48, set()
    pictures = {f"{'ab'[i % 2]}/{i:03}.png": scene(rng, side) for i in range(320)}

    def code():
        return [[(v, v, v) for v in (rng.choice([0, 255]) for _ in range(side))]] * side

    def page():
        return [[(255 if y % 6 < 3 or rng.random() < 0.3 else 20,) * 3 for _ in range(side)] for y in range(side)]

    for k, stray in enumerate([code(), page(), [list(row) for row in zip(*code())], page(), code()]):
        pictures[f"{'ab'[k % 2]}/stray_{k}.png"] = stray
        truth.add(f"{'ab'[k % 2]}/stray_{k}.png")
    for name, picture in pictures.items():
        (folder / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "data" / name).write_bytes(png(picture))
    return Planted("data", truth, unit="file")


@plants("off_topic_rows")
def off_topic_rows(rng, folder):
    if rng.random() < 0.3:
        return stray_pictures(rng, folder)
    n = rng.choice([900, 2500])
    rows, truth = [[review(rng), rng.randrange(1, 6)] for _ in range(n)], set()
    for k, row in enumerate(rng.sample(range(n), max(12, n // 80))):
        rows[row][0] = FOREIGN[k % len(FOREIGN)](rng)
        truth.add(row)
    write_csv(folder / "data.csv", ["review", "stars"], rows)
    return Planted("data.csv", truth, target="stars")


@plants("uninformative_columns")
def uninformative_columns(rng, folder):
    n = rng.choice([2500, 6000])
    table = {name: [] for name in ("linear", "valley", "weak", "kind", "steps", "target")}
    for _ in range(n):
        linear, valley, weak = rng.gauss(0, 1), rng.uniform(-2, 2), rng.gauss(0, 1)
        kind, steps = rng.choice("abcd"), rng.randrange(30)
        score = (0.8 * linear + 1.2 * (valley ** 2 - 1.3) + 0.45 * weak + {"a": 1.0, "b": -1.0}.get(kind, 0) +
                 (0.9 if steps % 30 > 24 else 0) + rng.gauss(0, 1))
        for name, value in zip(table, (round(linear, 3), round(valley, 3), round(weak, 3), kind, steps,
                                       "yes" if score > 0.3 else "no")):
            table[name].append(value)
    noise = {"noise_normal": [round(rng.gauss(0, 1), 4) for _ in range(n)],
             "noise_skewed": [round(math.exp(rng.gauss(0, 1)), 3) for _ in range(n)],
             "noise_category": [rng.choice(["red", "green", "blue"]) for _ in range(n)],
             "noise_binary": [rng.choice(["on", "off"]) for _ in range(n)],
             "noise_gaps": ["" if rng.random() < 0.3 else rng.randrange(50) for _ in range(n)],
             "noise_count": [int(rng.expovariate(0.3)) for _ in range(n)],
             "noise_city": [rng.choice(list(CITIES)) for _ in range(n)]}
    header, rows = columns_to_rows({**noise, **table})
    write_csv(folder / "data.csv", header, rows)
    return Planted("data.csv", set(noise), target="target", unit="column")


@plants("row_order")
def row_order(rng, folder):
    n = rng.choice([600, 3000])
    table = people(rng, n)
    del table["region"], table["joined"]
    walk, level = [], 0.0
    for _ in range(n):
        level = 0.9 * level + rng.gauss(0, 1)
        walk.append(round(level, 3))
    late = {"sensor": [round(20 + 3 * i / n + rng.gauss(0, 1), 2) for i in range(n)],  # drifts
            "walk": walk,                                                                # neighbours alike
            "batch": ["abcde"[i * 5 // n] for i in range(n)],                            # in blocks
            "rank": sorted(round(rng.gauss(0, 50), 1) for _ in range(n)),                # sorted
            "shift": ["early" if (i // 20) % 2 else "late" for i in range(n)],           # in turns
            "mode": [("x" if rng.random() < (0.2 if i < n * 0.6 else 0.7) else "y") for i in range(n)]}
    truth = set(late)
    table["renewed"] = ["yes" if i * 2 < n else "no" for i in range(n)]
    truth.add("renewed")
    header, rows = columns_to_rows({**table, **late})
    write_csv(folder / "data.csv", header, rows)
    return Planted("data.csv", truth, target="renewed", places=lambda f: f["detail"]["columns"])
