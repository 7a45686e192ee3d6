"""The peer of privacy_bench.cc: one regular expression a kind and a check of its digits, as pattern recognizers are written in
Python (and without the language model that such tools load for names)."""
import os
import pathlib
import re
import time

BYTES = 1 << 20  # an eighth of ours: rates are compared
PATTERNS = [re.compile(pattern) for pattern in (
    r"\b(?:\d[ -]?){13,19}\b", r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", r"\b\d{3}-\d{2}-\d{4}\b",
    r"\b[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+\b", r"\+?\(?\d{1,4}\)?[ ./-]?\d{2,4}[ ./-]?\d{3,4}[ ./-]?\d{0,4}",
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b", r"\b(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{1,4}\b", r"\b(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}\b",
    r"\b\d{8}[A-Z]\b", r"\b\d{11}\b", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b", r"\b[A-Z][a-z]+ [A-Z][a-z]+\b",
    r"\b\d{1,4} (?:[A-Z][a-z]+ ){1,3}(?:Street|Road|Avenue|Lane)\b", r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")]

DENSE = ("Anna Kowalska, born 12.03.1980, lives at Hauptstrasse 5, 10115 Berlin; tel. +49 30 1234567\n"
         "order 48848 from 85.214.132.117 paid with 4111 1111 1111 1111 by jane.doe@example.org\n"
         "IBAN DE89 3704 0044 0532 0130 00, DNI 12345678Z, PESEL 44051401359, 00:1A:2B:3C:4D:5E\n"
         "2024-01-31T12:30:00 v1.2.3 0.123456 3f786850e387550fdab836ed7e6dc881de23001b ok\n")


def luhn(text):
    digits = [int(c) for c in text if c.isdigit()]
    return sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(reversed(digits))) % 10 == 0


def scan(text):
    found = []
    for kind, pattern in enumerate(PATTERNS):
        for match in pattern.finditer(text):
            if kind or luhn(match.group()):
                found.append((kind, match.start(), match.end()))
    return found


def measure(name, text):
    text = text * (BYTES // len(text) + 1)
    best = min(timed(text) for _ in range(2))
    print(f"{name},{len(text.encode()) / best / 1e6:.2f},MB/s")


def timed(text):
    begun = time.perf_counter()
    scan(text)
    return time.perf_counter() - begun


root = pathlib.Path(os.environ.get("BOTTEGA_SOURCE", "."))
measure("prose", "".join(path.read_text() for path in sorted((root / "doc/guide").glob("*.md"))))
measure("dense", DENSE)
