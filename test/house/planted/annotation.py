"""Defects of labels and of those who gave them: none, contradictory, against the annotators' consensus."""
from planting import Planted, plants, write_csv

MOODS = ["angry", "glad", "sad", "calm"]


@plants("target_missing")
def target_missing(rng, folder):
    rows, truth = [], set()
    for i in range(1500):
        label = rng.choice(["spam", "ham"])
        if rng.random() < 0.06:
            label = rng.choice(["", "NA", "?", "null", " ", "NaN", "None"])
            truth.add(i)
        words = "" if rng.random() < 0.1 else rng.randint(1, 300)  # missing elsewhere
        rows.append([words, rng.choice(["web", "app", "unknown", ""]), round(rng.random(), 4), label])
    write_csv(folder / "mails.csv", ["words", "client", "score", "kind"], rows)
    return Planted("mails.csv", truth, target="kind", places=lambda finding: finding["detail"]["rows"])


@plants("conflicting_labels")
def conflicting_labels(rng, folder):
    def item():
        return [round(rng.gauss(0, 1), 4), rng.randint(0, 10**6), rng.choice(MOODS), round(rng.uniform(0, 9), 3)]

    rows = [item() + [rng.choice(["keep", "drop"])] for _ in range(1200)]
    truth = []
    for i in rng.sample(range(1200), 120):
        other = list(rows[i])
        kind = rng.random()
        if kind < 0.45:      # the same thing, another label
            other[-1] = "drop" if other[-1] == "keep" else "keep"
            truth.append((rows[i], other))
        elif kind < 0.7:     # a copy
            pass
        else:                # a neighbour that may well have another label
            other[0] = round(other[0] + 0.5, 4)
            other[1] += 17
            other[-1] = rng.choice(["keep", "drop"])
        rows.append(other)
    rng.shuffle(rows)
    at = {id(row): i for i, row in enumerate(rows)}
    write_csv(folder / "parts.csv", ["a", "serial", "mood", "b", "action"], rows)
    return Planted("parts.csv", {at[id(row)] for pair in truth for row in pair}, target="action",
                   places=lambda finding: finding["detail"]["rows"], sets=("data.roles={serial: feature}",))


@plants("annotator_agreement")
def annotator_agreement(rng, folder):
    """Five to seven annotators in columns or rows, one or two of them careless in different ways."""
    count, long = rng.randint(6, 8), rng.random() < 0.4
    people = [f"rater_{chr(97 + i)}" for i in range(count)]
    careless = dict(zip(rng.sample(people, 2), ["guesses", "always the same"]))
    skill = {p: rng.uniform(0.86, 0.96) for p in people}
    rows, truth = [], {f"annotator {p}" for p in careless}
    for i in range(900):
        mood = rng.choice(MOODS)
        given = {}
        for p in people:
            if rng.random() < 0.12:
                continue
            said = mood if rng.random() < skill[p] else rng.choice(MOODS)
            if careless.get(p) == "guesses" and rng.random() < 0.7:
                said = rng.choice(MOODS)
            elif careless.get(p) == "always the same" and rng.random() < 0.9:
                said = "calm"
            given[p] = said
        if long:
            rows += [[f"clip{i:04}", p, rng.randint(2, 90), said] for p, said in given.items()]
            continue
        label = mood
        if rng.random() < 0.07 and len(given) > 3:
            label = rng.choice([m for m in MOODS if m != mood])
            truth.add(i)
        rows.append([f"clip{i:04}", rng.randint(2, 90), *[given.get(p, "") for p in people], label])
    if long:
        rng.shuffle(rows)
        write_csv(folder / "clips.csv", ["clip_id", "annotator", "seconds", "mood"], rows)
    else:
        write_csv(folder / "clips.csv", ["clip", "seconds", *people, "mood"], rows)

    def places(finding):
        detail = finding["detail"]
        if "annotator" in detail:
            return ["annotator " + detail["annotator"]]
        return [finding["place"]["row"]] if "suggested" in detail else []

    return Planted("clips.csv", truth, target="mood", places=places)
