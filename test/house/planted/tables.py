"""Realistic tables that several generators plant defects into."""
import datetime
import math

CITIES = {"Rome": "Lazio", "Latina": "Lazio", "Milan": "Lombardy", "Bergamo": "Lombardy", "Turin": "Piedmont",
          "Naples": "Campania", "Salerno": "Campania", "Bari": "Apulia", "Lecce": "Apulia", "Genoa": "Liguria"}
JOBS = ["nurse", "clerk", "driver", "teacher", "engineer", "cook", "farmer", "lawyer"]
DAY = datetime.date(2021, 1, 1)


def day(rng, days=1400):
    return DAY + datetime.timedelta(days=rng.randrange(days))


def people(rng, rows):
    """Lists of columns: numbers that go together, categories that do, a date, a binary target."""
    table = {name: [] for name in ("age", "height_cm", "weight_kg", "income", "visits", "savings", "city", "region",
                                   "job", "married", "joined", "renewed")}
    for _ in range(rows):
        age = min(92, max(18, round(rng.gauss(44, 14))))
        height = round(rng.gauss(170, 9), 1)
        weight = round(22.5 * (height / 100) ** 2 * math.exp(rng.gauss(0, 0.13)), 1)
        job = rng.choice(JOBS)
        income = round(math.exp(rng.gauss(10.1 + 0.08 * JOBS.index(job) + 0.004 * age, 0.35)))
        city = rng.choice(list(CITIES))
        married = "yes" if rng.random() < min(0.9, max(0.02, (age - 20) / 40)) else "no"
        score = 0.03 * (age - 44) + 0.8 * (married == "yes") + 0.5 * math.log(income / 30000) + rng.gauss(0, 0.9)
        row = (age, height, weight, income, min(30, int(rng.expovariate(0.4))),
               0 if rng.random() < 0.4 else round(rng.paretovariate(1.3) * 500), city, CITIES[city], job, married,
               day(rng).isoformat(), "yes" if score > 0.2 else "no")
        for name, value in zip(table, row):
            table[name].append(value)
    return table


def columns_to_rows(table):
    return list(table), [list(row) for row in zip(*table.values())]


def blank(rng, values, share):
    """The values with a share of them missing."""
    return ["" if rng.random() < share else v for v in values]
