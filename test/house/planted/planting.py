"""How a defect is planted for a check: a generator writes data, and says which places hold the defect.

A generator is decorated with @plants("check_name"); it gets a numpy-free random.Random and a folder, writes its
data below the folder and returns a Planted. The runner audits the data through the command line with that check
alone and compares the places that the findings name with the planted ones.
"""
import csv
import dataclasses
import typing

GENERATORS = {}


@dataclasses.dataclass
class Planted:
    data: str                     # file or folder below the given folder, as on the command line
    truth: set                    # what is planted: rows (int), columns or files (str), or what `places` yields
    target: str = ""              # --target
    sets: tuple = ()              # further --set values, as in "data.sensitive=[sex]"
    unit: str = "row"             # row | column | file: which part of a finding's place names the defect
    places: typing.Callable = None  # finding (a dict of audit.json) -> iterable of places; replaces `unit`


def plants(check):
    def register(function):
        assert check not in GENERATORS, f"two generators plant for {check}"
        GENERATORS[check] = function
        return function
    return register


def write_csv(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def places_of(planted, finding):
    """The places that one finding names."""
    if planted.places is not None:
        return set(planted.places(finding))
    place = finding["place"][planted.unit]
    return set() if place is None else {place}
