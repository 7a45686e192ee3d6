"""Wrong labels in tables, texts and numbers, among rows that are merely unusual."""
from planting import Planted, plants, write_csv

KINDS = {"ceramic": (18, 2.4), "glass": (12, 2.6), "copper": (30, 8.9), "oak": (24, 0.7)}


def _shards(rng, rows):
    """Finds of an excavation: material follows from density, hardness and colour; some are worn or odd."""
    out = []
    for _ in range(rows):
        kind = rng.choice(sorted(KINDS))
        size, density = KINDS[kind]
        hardness = {"ceramic": 6, "glass": 5.5, "copper": 3, "oak": 1.3}[kind]
        odd = rng.random() < 0.03  # innocent: a large or heavily worn piece
        out.append([f"{rng.gauss(size, 5) * (2.5 if odd else 1):.1f}", f"{rng.gauss(density, 0.12 * density):.2f}",
                    f"{rng.gauss(hardness, 0.5):.1f}", rng.choice(["brown", "red"] if kind in ("ceramic", "oak") else
                                                                   ["green", "clear" if kind == "glass" else "brown"]),
                    rng.choice(["north", "south", "well", "kiln"]), "" if rng.random() < 0.05 else str(rng.randint(1, 9)),
                    kind])
    return out


@plants("suspicious_labels")
def suspicious_labels(rng, folder):
    rows = _shards(rng, rng.randint(900, 2500))
    wrong = set(rng.sample(range(len(rows)), round(rng.uniform(0.02, 0.08) * len(rows))))
    for i in wrong:
        rows[i][-1] = rng.choice([k for k in sorted(KINDS) if k != rows[i][-1]])
    write_csv(folder / "shards.csv", ["size_mm", "density", "hardness", "colour", "trench", "layer", "material"], rows)
    return Planted("shards.csv", wrong, target="material")
