"""Defects of the upkeep of audits: waivers that expired, audits that came late, audits that became worse."""
import datetime
import json

from planting import Planted, plants, write_csv

DAY = datetime.timedelta(days=1)
WORDS = ["asked for since 2025", "twins", 'agreed with "Ada": see #12', "one market only", "to be scanned anew"]


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def write_table(random, folder, constant=0, gaps=()):
    """Some hundred rows; the last `constant` columns hold one value, the first miss the shares in `gaps`."""
    rows = random.randrange(300, 900)
    names = [f"c{i}" for i in range(8)]
    table = []
    for _ in range(rows):
        row = [random.randrange(100_000) for _ in names]
        for i in range(constant):
            row[-1 - i] = 7
        for i, share in enumerate(gaps):
            if random.random() < share:
                row[i] = ""
        table.append(row)
    write_csv(folder / "data.csv", names, table)
    return names


def summary(time, checks):
    counts = {name: dict(zip(("info", "warning", "error"), open_)) for name, open_ in checks.items()}
    return {"format": "bottega audit summary 1", "time": time.strftime("%Y-%m-%dT%H:%M:%SZ"), "version": "0.1.0",
            "source": "data.csv", "sha256": "00", "audit": "x", "rows": 500, "waived": 0, "faults": [],
            "checks": counts}


def write_history(folder, summaries):
    kept = folder / ".bottega" / "audits"
    kept.mkdir(parents=True)
    for number, content in enumerate(summaries):
        day = content["time"][:10].replace("-", "")
        (kept / f"{day}-000000-{number:04x}.json").write_text(json.dumps(content))


@plants("expired_waiver")
def expired_waiver(random, folder):
    """Waivers by id and by pattern, expired long ago and yesterday; others hold until today and later."""
    names = write_table(random, folder, constant=random.randrange(1, 4))
    targets = [f"{check}:{name}" for check in ("constant_column", "missing_values", "identifier_column")
               for name in names + ["*", "c*"]]
    targets += [f"exact_duplicates-{random.randrange(16**12):012x}" for _ in range(8)]
    random.shuffle(targets)
    truth, text = set(), "# Waivers of a project.\n"
    for target in targets:
        expired = random.random() < 0.4
        days = -random.choice([1, 2, 30, 800]) if expired else random.choice([0, 1, 30, 4000])
        until = (now() + days * DAY).date().isoformat()
        reason = json.dumps(random.choice(WORDS))
        if random.random() < 0.5:
            text += f"{json.dumps(target)}: {{reason: {reason}, until: {until}, by: Ada}}\n"
        else:
            text += f"{json.dumps(target)}:\n  until: '{until}'  # a day\n  by: Bo\n  reason: {reason}\n"
        if expired:
            truth.add(target)
    (folder / "waivers.yaml").write_text(text)
    return Planted("data.csv", truth, places=lambda finding: [finding["detail"]["waiver"]])


@plants("audit_regression")
def audit_regression(random, folder):
    """An earlier audit that found less than this one in some checks, and in others as much or more."""
    # Now: a column that is nearly empty is an error, one with some gaps and a constant one are warnings.
    errors = random.randrange(1, 3)
    write_table(random, folder, constant=2, gaps=[0.97] * errors + [0.3] * random.randrange(1, 3))
    better = {"missing_values": (0, random.randrange(3), errors - 1), "constant_column": (1, 0, 0)}
    alike = {"missing_values": (0, 0, errors + random.randrange(3)), "constant_column": (0, random.randrange(1, 4), 0)}
    truth = {check for check in better if random.random() < 0.6} or {"missing_values"}
    then = {check: (better if check in truth else alike)[check] for check in better}
    then |= {"exact_duplicates": (0, 0, 0), "class_balance": (0, 0, 0)}  # the latter does not run this time
    old = {check: (0, 50, 50) for check in better}
    write_history(folder, [summary(now() - 40 * DAY, old), summary(now() - 3 * DAY, then)])
    checks = "[missing_values, constant_column, exact_duplicates, audit_regression]"
    return Planted("data.csv", truth, sets=(f"audit.checks={checks}",),
                   places=lambda finding: [finding["detail"]["check"]])


@plants("overdue_audit")
def overdue_audit(random, folder):
    """The last audit is older than the interval allows; older ones do not count."""
    write_table(random, folder)
    every, hours = random.choice([("12h", 12), ("1d", 24), ("30d", 720), ("2w", 336)])
    last = now() - datetime.timedelta(hours=hours * random.uniform(1.02, 9))
    write_history(folder, [summary(last - i * 20 * DAY, {"missing_values": (0, 0, 0)}) for i in (2, 1, 0)])
    return Planted("data.csv", {"data.csv"}, sets=(f"audit.every={every}",), unit="file")
