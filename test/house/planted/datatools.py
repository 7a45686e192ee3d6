"""Defects of what the recipe expects."""
import datetime

from planting import Planted, plants, write_csv


@plants("broken_expectations")
def broken_expectations(rng, folder):
    """Cells outside declared ranges, lists, patterns and types; look-alikes just inside them."""
    rows, truth = [], set()
    for i in range(800):
        day = datetime.date(2024, 1, 1) + datetime.timedelta(days=rng.randrange(300))
        row = [rng.choice([0, 120, rng.randint(1, 119)]), rng.choice(["red", "green", "blue"]),
               f"{rng.choice('ABCDE')}{rng.randint(100, 999)}", day.isoformat(), rng.choice("yn")]
        if rng.random() < 0.03:
            kind = rng.randrange(4)
            row[kind] = [rng.choice([-1, 121, 4000]), rng.choice(["Red", "mauve", "grey"]),
                         rng.choice(["a123", "A12", "A1234"]), rng.choice(["1999-01-01", "2031-05-05"])][kind]
            truth.add(i)
        rows.append(row)
    write_csv(folder / "data.csv", ["age", "colour", "code", "day", "y"], rows)
    sets = ("expect.columns={age: {type: number, min: 0, max: 120}, colour: {values: [red, green, blue]}, "
            "code: {pattern: '[A-E][0-9]{3}'}, day: {type: date, min: 2024-01-01, max: 2024-12-31}}",)
    return Planted("data.csv", truth, target="y", sets=sets, places=lambda finding: finding["detail"]["rows"])
