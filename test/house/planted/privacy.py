"""Personal data in texts and columns, tags of pictures, re-identification, unlawful rows, special columns, children."""
import datetime
import struct
import zlib

import personal_texts
from planting import Planted, plants, write_csv


@plants("personal_data")
def personal_data(rng, folder):
    """A table whose texts mention things, with columns that are of a kind and columns that read like one."""
    rows, truth = [], set()
    corpus = personal_texts.corpus(rng, 5)
    specs = list(personal_texts.LANGUAGES.values())
    contacts = [personal_texts.numbers_into(rng, rng.choice(rng.choice(specs)["phone"])) for _ in corpus]
    for i, (sentence, kind, _, _) in enumerate(corpus):
        if kind:
            truth.add(("note", i))
        pesel = personal_texts.pl_pesel(rng)
        rows.append([10_000 + i, sentence, contacts[i], pesel, personal_texts.digits(rng, 16), personal_texts.digits(rng, 9),
                     f"{rng.randint(1, 9)}.{rng.randint(0, 9)}.{rng.randint(0, 9)}.{rng.randint(0, 9)}",
                     rng.choice(["red", "green", "blue"]), f"{rng.uniform(0, 9):.6f}"])
    header = ["row", "note", "phone_no", "reference", "parcel", "batch_code", "release", "colour", "ratio"]
    write_csv(folder / "people.csv", header, rows)
    truth |= {("phone_no", None), ("reference", None)}

    def places(finding):
        detail, column = finding["detail"], finding["place"]["column"]
        return [(column, None)] if detail["whole"] else [(column, row) for row in detail["rows"]]
    return Planted("people.csv", truth, places=places)


def png(tags):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    pixels = zlib.compress(b"".join(b"\0" + bytes([i * 8 % 256, 90, 20] * 32) for i in range(32)))
    extra = chunk(b"eXIf", tags) if tags else b""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0)) + extra
            + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def exif(rng, kind):
    """A TIFF block in either byte order: "gps", "owner", "serial" or harmless tags alone."""
    order = rng.choice("<>")
    entries, data = {"": [], "exif": [], "gps": []}, bytearray()

    def text(value):
        return 2, len(value) + 1, value.encode() + b"\0"

    def degrees(value):
        whole = int(value)
        minutes = (value - whole) * 60
        return 5, 3, struct.pack(order + "6I", whole, 1, int(minutes), 1, int((minutes % 1) * 6000), 100)
    entries[""].append((0x0110, text("Model X")))
    entries[""].append((0x0112, (3, 1, struct.pack(order + "HH", 1, 0))))
    if kind == "gps":
        entries["gps"] = [(1, text(rng.choice("NS"))), (2, degrees(rng.uniform(1, 80))), (3, text(rng.choice("EW"))),
                          (4, degrees(rng.uniform(1, 170)))]
    if kind == "owner":
        tag = rng.choice([0x013B, 0xA430])
        entries["" if tag == 0x013B else "exif"].append((tag, text(rng.choice(["Jane Doe", "M. Rossi", "K. Nowak"]))))
    if kind == "serial":
        entries["exif"].append((0xA431, text(personal_texts.digits(rng, 10))))
    entries["exif"].append((0x829A, (5, 1, struct.pack(order + "2I", 1, 250))))

    def size(name):
        return 2 + 12 * len(entries[name]) + 4
    for pointer, name in ((0x8769, "exif"), (0x8825, "gps")):
        if entries[name]:
            entries[""].append((pointer, (4, 1, None)))
    offsets = {"": 8}
    offsets["exif"] = 8 + size("")
    offsets["gps"] = offsets["exif"] + size("exif")
    base = offsets["gps"] + (size("gps") if entries["gps"] else 0)

    def directory(name):
        out = struct.pack(order + "H", len(entries[name]))
        for tag, (kind_of, count, value) in sorted(entries[name]):
            if value is None:
                value = struct.pack(order + "I", offsets["exif" if tag == 0x8769 else "gps"])
            if len(value) > 4:
                at = base + len(data)
                data.extend(value + b"\0" * (len(value) % 2))
                value = struct.pack(order + "I", at)
            out += struct.pack(order + "HHI", tag, kind_of, count) + value.ljust(4, b"\0")
        return out + struct.pack(order + "I", 0)
    block = directory("") + directory("exif") + (directory("gps") if entries["gps"] else b"")
    return (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8) + block + bytes(data)


@plants("picture_metadata")
def picture_metadata(rng, folder):
    truth = set()
    for label in ("cat", "dog"):
        (folder / "pictures" / label).mkdir(parents=True)
        for i in range(60):
            kind = rng.choice(["gps", "owner", "serial", "harmless", "none", "none"])
            tags = exif(rng, kind) if kind != "none" else b""
            name = f"{label}/{i}.png"
            (folder / "pictures" / name).write_bytes(png(tags))
            if kind in ("gps", "owner", "serial"):
                truth.add(name)
    return Planted("pictures", truth, unit="file")


@plants("k_anonymity")
def k_anonymity(rng, folder):
    """Crowds that share age, sex and place, and people who stand apart by a rare combination."""
    rows, truth = [], set()
    towns = [f"{rng.randint(10, 99)}{n:03}" for n in range(12)]
    groups = [(rng.randint(20, 70), rng.choice("fm"), rng.choice(towns)) for _ in range(30)]
    for group in groups:
        rows += [[*group, rng.choice(["a", "b", "c"]), rng.choice(["yes", "no"])] for _ in range(rng.randint(12, 40))]
    kept = {tuple(group) for group in groups}
    for _ in range(60):
        alone = (rng.randint(18, 95), rng.choice("fm"), rng.choice(towns))
        if alone in kept:
            continue
        kept.add(alone)
        rows += [[*alone, rng.choice(["a", "b", "c"]), rng.choice(["yes", "no"])] for _ in range(rng.randint(1, 3))]
    rng.shuffle(rows)
    counts = {}
    for row in rows:
        counts[tuple(row[:3])] = counts.get(tuple(row[:3]), 0) + 1
    truth = {i for i, row in enumerate(rows) if counts[tuple(row[:3])] < 5}
    write_csv(folder / "patients.csv", ["age", "sex", "postcode", "ward", "outcome"], rows)
    return Planted("patients.csv", truth, "outcome",
                   places=lambda finding: finding["detail"].get("rows", []) if finding["detail"]["kind"] == "k" else [])


@plants("lawful_use")
def lawful_use(rng, folder):
    """Consent in many words, withdrawals, days of deletion, purposes and sources."""
    today = datetime.date.today()
    rows, truth = [], set()
    for i in range(900):
        consent = rng.choice(["yes", "Yes", "granted", "1", "TRUE", "opt-in"])
        withdrawn, until, source = "", today + datetime.timedelta(days=rng.randint(30, 2000)), rng.choice(["crm", "web"])
        purposes = rng.choice(["credit_scoring", "credit_scoring; service", "service, credit_scoring"])
        fault = rng.random()
        if fault < 0.03:
            consent = rng.choice(["no", "No", "", "denied", "0", "opt-out"])
        elif fault < 0.06:
            withdrawn = str(today - datetime.timedelta(days=rng.randint(1, 400)))
        elif fault < 0.09:
            until = today - datetime.timedelta(days=rng.randint(1, 900))
        elif fault < 0.12:
            purposes = rng.choice(["marketing", "service", ""])
        elif fault < 0.14:
            source = "bought_list"
        elif fault < 0.20:  # innocent: a withdrawal to come, a deletion today
            withdrawn = str(today + datetime.timedelta(days=rng.randint(2, 90)))
            until = today
        if fault < 0.14:
            truth.add(i)
        rows.append([rng.randint(18, 80), rng.randint(900, 9000), consent, withdrawn, until, purposes, source, rng.choice("ab")])
    write_csv(folder / "customers.csv",
              ["age", "income", "agreed", "withdrawal", "keep_until", "purpose", "origin", "risk"], rows)
    return Planted("customers.csv", truth, "risk", sets=(
        "data.people={consent: agreed, withdrawn: withdrawal, retention: keep_until, purposes: purpose, source: origin}",
        "data.sources={crm: {legal_basis: consent}, web: {legal_basis: consent}}", "use.purposes=[credit_scoring]"),
        places=lambda finding: finding["detail"].get("rows", []))


@plants("special_categories")
def special_categories(rng, folder):
    """Columns of special categories by name in several languages or by their values, beside ordinary ones."""
    special = {"religion": ["catholic", "muslim", "none", "jewish"], "Ethnie": ["x", "y", "z"],
               "diagnosis": ["E11", "I10", "F32"], "hiv_status": ["neg", "pos"], "Gewerkschaft": ["ja", "nein"],
               "q17": ["White", "Black", "Asian", "Hispanic"], "priors_count": ["0", "1", "2"], "party": ["left", "right"],
               "sexual_orientation": ["a", "b", "c"], "blood_pressure": ["110", "130", "150"]}
    plain = {"colour": ["red", "blue"], "region": ["north", "south"], "product": ["a", "b"], "rating": ["1", "2", "3"],
             "channel": ["web", "shop"], "tariff": ["s", "m", "l"], "whiteness": ["0.1", "0.2", "0.7"], "origin": ["web", "crm"]}
    chosen = dict(rng.sample(sorted(special.items()), 7)) | dict(rng.sample(sorted(plain.items()), 6))
    names = list(chosen)
    rng.shuffle(names)
    rows = [[rng.choice(chosen[name]) for name in names] + [rng.choice(["yes", "no"])] for _ in range(400)]
    write_csv(folder / "survey.csv", names + ["answer"], rows)
    return Planted("survey.csv", set(names) & set(special), "answer", unit="column")


@plants("children")
def children(rng, folder):
    """Ages and dates of birth, some of children; ages of houses and machines beside them."""
    today = datetime.date.today()
    kind = rng.choice(["age", "Alter", "birth_date", "year_of_birth"])
    rows, truth = [], set()
    for i in range(800):
        years = rng.choice([rng.randint(18, 90), rng.randint(18, 90), rng.randint(18, 90), rng.randint(17, 60), rng.randint(0, 14)])
        born = today - datetime.timedelta(days=int(years * 365.2425) + rng.randint(5, 300))
        value = {"age": years, "Alter": years, "birth_date": born, "year_of_birth": born.year}[kind]
        if years < 16:
            truth.add(i)
        rows.append([value, rng.randint(0, 120), rng.randint(0, 12), rng.randint(1, 9), rng.choice(["yes", "no"])])
    write_csv(folder / "members.csv", [kind, "house_age", "car_age", "score", "left"], rows)
    return Planted("members.csv", truth, "left", places=lambda finding: finding["detail"].get("rows", []))
