"""Writes personal_reference.json: national identifiers judged by python-stdnum, anonymity measured by pycanon.

    python3 test/reference/make_personal_reference.py
"""
import importlib
import json
import pathlib
import random
import string

import pandas
import pycanon
import stdnum
from pycanon import anonymity

rng = random.Random(5)


def digits(n):
    return "".join(rng.choice(string.digits) for _ in range(n))


def letters(n, some=string.ascii_uppercase):
    return "".join(rng.choice(some) for _ in range(n))


def date(order="YMD"):
    parts = {"Y": rng.randrange(100), "M": rng.randrange(1, 13), "D": rng.randrange(1, 29)}
    return "".join(f"{parts[c]:02}" for c in order)


# Name of our form: (module of stdnum, how candidates are drawn)
FORMS = {
    "US social security number": ("us.ssn", lambda: f"{digits(3)}-{digits(2)}-{digits(4)}"),
    "GB NHS number": ("gb.nhs", lambda: digits(10)),
    "ES DNI": ("es.dni", lambda: digits(8) + letters(1, "TRWAGMYFPDXBNJZSQVHLCKE")),
    "ES NIE": ("es.nie", lambda: letters(1, "XYZ") + digits(7) + letters(1, "TRWAGMYFPDXBNJZSQVHLCKE")),
    "FR NIR": ("fr.nir", lambda: rng.choice("12") + digits(2) + f"{rng.randrange(1, 13):02}" + digits(10)),
    "DE tax identification number": ("de.idnr", lambda: digits(11)),
    "NL BSN": ("nl.bsn", lambda: digits(9)),
    "SE personnummer": ("se.personnummer", lambda: date() + "-" + digits(4)),
    "PL PESEL": ("pl.pesel", lambda: date() + digits(5)),
    "BR CPF": ("br.cpf", lambda: digits(11)),
    "IN Aadhaar": ("in_.aadhaar", lambda: digits(12)),
    "IN PAN": ("in_.pan", lambda: letters(5) + digits(4) + letters(1)),
    "BE national number": ("be.nn", lambda: date() + digits(5)),
    "CA social insurance number": ("ca.sin", lambda: digits(9)),
    "AU tax file number": ("au.tfn", lambda: digits(9)),
    "CH AHV number": ("ch.ssn", lambda: "756" + digits(10)),
    "NO fodselsnummer": ("no.fodselsnummer", lambda: date("DMY") + digits(5)),
    "FI henkilotunnus": ("fi.hetu", lambda: date("DMY") + "-" + digits(3) + letters(1, "ABCDEFHJKLMNPRSTUVWXY")),
    "IE PPS number": ("ie.pps", lambda: digits(7) + letters(1)),
    "CN resident number": ("cn.ric", lambda: "11010519" + date() + digits(4)),
    "KR resident number": ("kr.rrn", lambda: date() + "-" + digits(7)),
    "ZA identity number": ("za.idnr", lambda: date() + digits(4) + rng.choice("01") + digits(2)),
    "TR identity number": ("tr.tckimlik", lambda: digits(11)),
    "AR CUIL": ("ar.cuit", lambda: rng.choice(["20", "23", "27"]) + "-" + digits(8) + "-" + digits(1)),
    "CL RUT": ("cl.rut", lambda: digits(8) + "-" + digits(1)),
    "AT insurance number": ("at.vnr", lambda: digits(4) + date("DMY")),
    "HR OIB": ("hr.oib", lambda: digits(11)),
    "RO CNP": ("ro.cnp", lambda: rng.choice("12") + date() + digits(6)),
    "CZ rodne cislo": ("cz.rc", lambda: date() + "/" + digits(4)),
    "BG EGN": ("bg.egn", lambda: date() + digits(4)),
    "MX CURP": ("mx.curp", lambda: letters(1, "BCDFG") + "A" + letters(2, "BCDFG") + date() + rng.choice("HM") + "DF"
                + letters(3, "BCDFGHJKLMN") + digits(2)),
}
MOST_DRAWN = 200_000  # candidates drawn for one form


def judged(module, draw):
    holds, fails = [], []
    for _ in range(MOST_DRAWN):
        if len(holds) == 12 and len(fails) == 24:
            break
        number = draw()
        some, most = (holds, 12) if module.is_valid(number) else (fails, 24)
        if len(some) < most:
            some.append(number)
    assert holds and fails
    return {"holds": holds, "fails": fails}


def tables():
    rows = [[rng.choice(["20", "30", "40"]), rng.choice("fm"), rng.choice(["n", "s"]), rng.choice(["flu", "flu", "flu", "hiv", "cold"]),
             rng.choice([900, 1000, 1500, 2200, 3000])] for _ in range(240)]
    frame = pandas.DataFrame(rows, columns=["age", "sex", "area", "disease", "wage"])
    quasi = ["age", "sex", "area"]
    return {"rows": rows, "k": anonymity.k_anonymity(frame, quasi),
            "disease": {"l": anonymity.l_diversity(frame, quasi, ["disease"]), "entropy_l": entropy_l(frame, quasi, "disease"),
                        "t": float(anonymity.t_closeness(frame, quasi, ["disease"]))},
            "wage": {"l": anonymity.l_diversity(frame, quasi, ["wage"]), "t": float(anonymity.t_closeness(frame, quasi, ["wage"]))}}


def entropy_l(frame, quasi, column):
    """The l of entropy l-diversity before pycanon rounds it down to a whole number: exp of the least entropy."""
    import numpy
    least = None
    for _, group in frame.groupby(quasi):
        p = group[column].value_counts(normalize=True).to_numpy()
        entropy = -(p * numpy.log(p)).sum()
        least = entropy if least is None else min(least, entropy)
    whole = anonymity.entropy_l_diversity(frame, quasi, [column])
    assert int(numpy.exp(least)) == whole, (numpy.exp(least), whole)
    return float(numpy.exp(least))


if __name__ == "__main__":
    out = {"made_with": {"python-stdnum": stdnum.__version__, "pycanon": getattr(pycanon, "__version__", "1.3")},
           "numbers": {name: judged(importlib.import_module("stdnum." + module), draw) for name, (module, draw) in FORMS.items()},
           "anonymity": tables()}
    path = pathlib.Path(__file__).with_name("personal_reference.json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
    print(path, path.stat().st_size)
