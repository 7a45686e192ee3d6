"""Planted defects of the theme leakage."""
import datetime

from planting import Planted, plants, write_csv
from redundancy import edited, review, rows_of
from tables import blank, columns_to_rows, day, people


@plants("split_overlap")
def split_overlap(rng, folder):
    """Rows, near rows and texts on both sides of the source's own parts."""
    table = people(rng, 1200)
    table["note"] = [review(rng) for _ in range(1200)]
    table["split"] = ["train" if i < 900 else "test" for i in range(1200)]
    header, rows = columns_to_rows(table)
    truth = set()
    for k, (train, test) in enumerate(zip(rng.sample(range(900), 45), rng.sample(range(900, 1200), 45))):
        copy = list(rows[train])
        if k % 3 == 1:
            copy[header.index("visits")] += 1
        if k % 3 == 2:  # another row, but its text again
            copy = list(rows[test])
            copy[header.index("note")] = edited(rng, rows[train][header.index("note")], rng.choice(["word", "punctuation", "add"]))
        copy[header.index("split")] = "test"
        rows[test] = copy
        truth.update((train, test))
    write_csv(folder / "data.csv", header, rows)
    return Planted("data.csv", truth, target="renewed", places=rows_of)


@plants("target_proxy")
def target_proxy(rng, folder):
    n = rng.choice([500, 2500])
    table = people(rng, n)
    y = [v == "yes" for v in table["renewed"]]
    late = {
        "renewed_code": [f"R{rng.randrange(3)}" if v else f"N{rng.randrange(2)}" for v in y],
        "renewal_invoice": [round(rng.uniform(50, 900), 2) if v and rng.random() < 0.85 else "" for v in y],
        "goodbye_call": [rng.choice(["short", "long"]) if not v and rng.random() < 0.6 else "" for v in y],
        "second_year_fee": [0 if not v or rng.random() < 0.3 else round(rng.uniform(10, 400)) for v in y],
        "loyalty": [round(rng.gauss(9 if v else 1, 1), 3) for v in y],
        "outcome_status": [("closed" if v else "open") if rng.random() < 0.93 else "unclear" for v in y],
    }
    # Honest: strong, but not telling; missing by chance or slightly by class; a rare value of one class.
    table["use_per_week"] = [round(rng.gauss(5 if v else 3.6, 1.5), 2) for v in y]
    table["phone_calls"] = blank(rng, [rng.randrange(9) for _ in range(n)], 0.4)
    table["survey"] = ["" if rng.random() < (0.4 if v else 0.6) else rng.randrange(1, 6) for v in y]
    table["gift"] = ["mug" if v and rng.random() < 0.02 else "none" for v in y]
    header, rows = columns_to_rows({**table, **late})
    write_csv(folder / "data.csv", header, rows)
    return Planted("data.csv", set(late), target="renewed", unit="column")


@plants("group_overlap")
def group_overlap(rng, folder):
    """Undeclared members, devices and persons with several rows each, in parts that ignore them."""
    n = 1600
    table = people(rng, n)
    table["split"] = ["train" if rng.random() < 0.75 else "test" for _ in range(n)]
    member = [rng.randrange(400) for _ in range(n)]
    habit = [rng.random() < 0.5 for _ in range(400)]
    table["member_no"] = [f"M{10_000 + 7 * m}" for m in member]
    table["device"] = [f"DV-{rng.randrange(300):04}-{rng.choice('AB')}" for _ in range(n)]
    first = [rng.choice(["Anna", "Bruno", "Carla", "Dario", "Elena", "Ugo", "Pia", "Rita"]) for _ in range(500)]
    last = ["".join(rng.choice("bcdfglmnprst") + rng.choice("aeiou") for _ in range(2)).title() for _ in range(500)]
    person = [rng.randrange(500) for _ in range(n)]
    table["first_name"], table["last_name"] = [first[p] for p in person], [last[p] for p in person]
    table["renewed"] = [("yes" if habit[m] else "no") if rng.random() < 0.85 else rng.choice(["yes", "no"]) for m in member]
    # Each clinic stands in one part only: no leak. Zip codes and jobs name no one.
    clinic = [f"K-{rng.randrange(40):03}" for _ in range(n)]
    table["site_code"] = [c + ("T" if s == "test" else "R") for c, s in zip(clinic, table["split"])]
    table["zip_code"] = [f"{rng.randrange(100, 400):05}" for _ in range(n)]
    header, rows = columns_to_rows(table)
    write_csv(folder / "data.csv", header, rows)

    def places(finding):
        name = finding["place"]["column"]
        return {"person" if name in ("first_name", "last_name") else name}
    return Planted("data.csv", {"member_no", "device", "person"}, target="renewed", places=places)


@plants("time_travel")
def time_travel(rng, folder):
    """Test rows of the past, dates after the row's own time, columns named after the future."""
    n = 1500
    table = people(rng, n)
    del table["joined"]
    y = [v == "yes" for v in table["renewed"]]
    asked = [day(rng) for _ in range(n)]
    late = lambda low, high: [a + datetime.timedelta(days=rng.randrange(low, high)) for a in asked]
    table["asked_on"] = asked
    table["born"] = [datetime.date(1950, 1, 1) + datetime.timedelta(days=rng.randrange(18_000)) for _ in range(n)]
    table["known_since"] = [a - datetime.timedelta(days=rng.randrange(1, 900)) for a in asked]
    table["due_date"] = late(20, 60)                                               # planned
    table["answer_by"] = [a + datetime.timedelta(days=30) for a in asked]          # planned, at a fixed distance
    bad = {"closed_on": late(1, 300),
           "paid_on": [d if v else "" for d, v in zip(late(5, 90), y)],
           "next_year_visits": [max(0, round(rng.gauss(6 if v else 2, 2))) for v in y],
           "final_balance": [round(rng.gauss(900 if v else -200, 500), 2) for v in y]}
    table["next_of_kin"] = [rng.choice(["yes", "no"]) for _ in range(n)]           # named so, tells nothing
    cut = sorted(asked)[int(0.7 * n)]
    reverse = rng.random() < 0.5
    table["split"] = [("train" if (a < cut) != reverse else "test") if reverse or rng.random() < 0.8 else
                      rng.choice(["train", "test"]) for a in asked]
    header, rows = columns_to_rows({**table, **bad})
    write_csv(folder / "data.csv", header, rows)
    return Planted("data.csv", set(bad) | {"asked_on"}, target="renewed", unit="column",
                   sets=("data.roles={asked_on: time}",))
