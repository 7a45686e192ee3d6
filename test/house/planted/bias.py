"""Defects between groups of people: proxies, base rates, labels that differ among people who are alike."""
import math

from planting import Planted, plants, write_csv


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


@plants("sensitive_proxy")
def sensitive_proxy(rng, folder):
    """Origin is given away by a district, a number, a noisy copy; other columns hardly know of it."""
    names = ["district", "commute", "school", "club", "height", "hand", "month", "sleep"]
    proxies = set(rng.sample(names[:5], 3))
    rows = []
    for _ in range(2500):
        origin = rng.choice(["A", "B", "C"])
        at = "ABC".index(origin)
        told = lambda column, p: at if column in proxies and rng.random() < p else rng.randint(0, 2)
        district = f"{told('district', 0.8)}{rng.randint(1, 6):02}"
        commute = round(rng.gauss(30 + 15 * told("commute", 0.95), 4), 1)
        school = ["Ash", "Beech", "Oak"][told("school", 0.75)]
        club = origin.lower() if "club" in proxies and rng.random() < 0.7 else rng.choice("abc")
        height = round(rng.gauss(170 + (12 * at if "height" in proxies else 0.5 * at), 5), 1)
        rows.append([origin, district, commute, school, club, height, rng.choice("lr"), rng.randint(1, 12),
                     round(rng.gauss(7, 1), 2), rng.choice(["yes", "no"])])
    write_csv(folder / "pupils.csv", ["origin", *names, "passed"], rows)
    return Planted("pupils.csv", proxies, target="passed", unit="column", sets=("data.sensitive=[origin]",))


GROUPS = {"sex": ["f", "m"], "region": ["n", "s", "e", "w"], "faith": ["x", "y", "z"], "disabled": ["no", "yes"],
          "language": ["de", "it", "sl"], "married": ["no", "yes", "was"], "veteran": ["yes", "no"],
          "citizen": ["yes", "no"]}
MORE = {"parent": ["yes", "no"], "accent": ["a", "b", "c"], "caste": ["p", "q"], "union": ["in", "out"],
        "housing": ["rent", "own"], "origin": ["near", "far"]}


@plants("base_rate_per_group")
def base_rate_per_group(rng, folder):
    groups = GROUPS | MORE
    planted = {c: (rng.choice(groups[c]), rng.choice([-1, 1])) for c in rng.sample(list(groups), 10)}
    rows = []
    for _ in range(7000):
        person = {c: rng.choice(g) for c, g in groups.items()}
        merit = rng.gauss(0, 1) + sum(sign for c, (g, sign) in planted.items() if person[c] == g)
        rows.append([*person.values(), round(rng.gauss(0, 1), 3), "hired" if rng.random() < sigmoid(merit) else "not"])
    write_csv(folder / "hires.csv", [*groups, "score", "outcome"], rows)
    return Planted("hires.csv", set(planted), target="outcome", unit="column",
                   sets=(f"data.sensitive=[{', '.join(groups)}]",))


@plants("label_bias")
def label_bias(rng, folder):
    """Some groups are held back or favoured by whoever labelled; others differ in what they bring only."""
    columns = rng.sample(list(GROUPS), 6)
    biased = {c: rng.choice(GROUPS[c]) for c in columns[:3]}
    differing = {c: rng.choice(GROUPS[c]) for c in columns[3:5]}  # in years and degree: no bias
    rows = []
    for _ in range(6000):
        person = {c: rng.choice(g) for c, g in GROUPS.items() if c in columns}
        handicap = sum(person[c] == g for c, g in differing.items())
        years = max(0.0, rng.gauss(10 - 3 * handicap, 4))
        degree = rng.random() < 0.5 - 0.15 * handicap
        test = rng.gauss(100 + 5 * degree, 15)
        merit = 0.25 * (years - 9) + 1.2 * degree + 0.03 * (test - 100)
        hired = rng.random() < sigmoid(merit)
        for column, group in biased.items():
            if person[column] != group:
                continue
            if column == columns[0]:
                hired = hired and rng.random() > 0.35       # refused although they would be hired
            elif column == columns[1]:
                hired = hired or rng.random() < 0.3         # favoured
            else:
                hired = hired != (rng.random() < 0.45 and hired)
        rows.append([*person.values(), round(years, 1), ["none", "degree"][degree], round(test), rng.choice("abc"),
                     ["no", "yes"][hired]])
    write_csv(folder / "hires.csv", [*[c for c in GROUPS if c in columns], "years", "education", "test", "office",
                                     "hired"], rows)
    return Planted("hires.csv", set(biased), target="hired", unit="column",
                   sets=(f"data.sensitive=[{', '.join(columns)}]",))
