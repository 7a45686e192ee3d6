#!/usr/bin/env python3
"""Recall, precision and speed on planted personal data of eight countries: bottega beside presidio-analyzer.

    test/interop/personal_data_peer.py [--seed N] [--each N] [--model NAME]

Both read the same sentences (test/house/planted/personal_texts.py), one planted value each or none. A sentence counts as
found when the planted kind is named for it; a false alarm is a kind that is named and not planted. The peer runs
where presidio_analyzer and a spaCy model are importable (make a virtual environment for them; it is no part of
the suites), else only our figures are printed. The peer's LOCATION counts for addresses; kinds that it has no
recognizer for are not counted against it in its own line `kinds it knows`.
"""
import argparse
import collections
import importlib.metadata
import json
import logging
import pathlib
import random
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "house" / "planted")]
import personal_texts
import planting
from suite import bottega

NATIONAL = {"US_SSN", "US_ITIN", "UK_NHS", "UK_NINO", "ES_NIF", "ES_NIE", "IT_FISCAL_CODE", "PL_PESEL", "IN_AADHAAR", "IN_PAN",
            "AU_TFN", "SG_NRIC_FIN", "FI_PERSONAL_IDENTITY_CODE", "DE_TAX_ID", "NL_BSN", "BR_CPF", "FR_NIR"}
PEER_KINDS = {"PERSON": "person_name", "LOCATION": "postal_address", "PHONE_NUMBER": "phone", "EMAIL_ADDRESS": "email",
              "CREDIT_CARD": "card_number", "IBAN_CODE": "iban", "IP_ADDRESS": "ip_address", "MAC_ADDRESS": "mac_address",
              "IT_VEHICLE_LICENSE": "vehicle_plate"} | {kind: "national_id" for kind in NATIONAL}


def ours(rows):
    """Kinds per row, and seconds of the whole process."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "texts.csv"
        planting.write_csv(path, ["row", "text"], [[i, row[0]] for i, row in enumerate(rows)])
        begun = time.monotonic()
        out = bottega("audit", path, "--json", "--set", "audit.checks=[personal_data]", cwd=folder)[0]
        seconds = time.monotonic() - begun
    kinds = collections.defaultdict(set)
    for finding in json.loads(out)["result"]["findings"]:
        if finding["check"] == "personal_data" and finding["place"]["column"] == "text":
            assert finding["detail"]["count"] == len(finding["detail"]["rows"])
            for row in finding["detail"]["rows"]:
                kinds[row].add(finding["detail"]["kind"])
    return kinds, seconds


def peer(rows, model):
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpEngineProvider
    languages = ["en", "es", "it", "pl", "de"]
    engine = NlpEngineProvider(nlp_configuration={
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": language, "model_name": model} for language in languages]}).create_engine()
    registry = RecognizerRegistry(supported_languages=languages)
    registry.load_predefined_recognizers(languages=languages, nlp_engine=engine)
    analyzer = AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=languages)
    analyzer.analyze("warm up", language="en")
    begun = time.monotonic()
    kinds = collections.defaultdict(set)
    for i, (text, _, _, language) in enumerate(rows):
        wanted = language if language in languages else "en"
        for result in analyzer.analyze(text, language=wanted, score_threshold=0.5):
            if result.entity_type in PEER_KINDS:
                kinds[i].add(PEER_KINDS[result.entity_type])
    return kinds, time.monotonic() - begun


def tally(rows, kinds):
    found, missed, false = (collections.Counter() for _ in range(3))
    for i, (_, kind, _, _) in enumerate(rows):
        if kind:
            (found if kind in kinds[i] else missed)[kind] += 1
        for other in kinds[i] - {kind}:
            false[other] += 1
    return found, missed, false


def show(name, rows, kinds, seconds):
    found, missed, false = tally(rows, kinds)
    size = sum(len(row[0].encode()) for row in rows)
    print(f"\n{name}: {len(rows)} sentences, {size / seconds / 1e6:.3f} MB/s (ours: the whole process)")
    print(f"{'kind':16} recall  precision  planted  false")

    def line(label, some):
        hits, misses, alarms = (sum(counter[k] for k in some) for counter in (found, missed, false))
        recall, precision = hits / max(hits + misses, 1), hits / max(hits + alarms, 1)
        print(f"{label:16} {recall:6.2f}  {precision:9.2f}  {hits + misses:7}  {alarms:5}")

    for kind in personal_texts.KINDS:
        line(kind, [kind])
    line("all", personal_texts.KINDS)
    for language in personal_texts.LANGUAGES:
        planted = [i for i, row in enumerate(rows) if row[3] == language]
        hits = sum(rows[i][1] in kinds[i] for i in planted)
        print(f"{'all, ' + language:16} {hits / len(planted):6.2f}")
    if known := [k for k in personal_texts.KINDS if k in set(PEER_KINDS.values())]:
        line("kinds it knows", known)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=6)
    parser.add_argument("--model", default="en_core_web_sm")
    options = parser.parse_args()
    corpus = personal_texts.corpus(random.Random(options.seed), options.each)
    show("bottega", corpus, *ours(corpus))
    try:
        version = importlib.metadata.version("presidio-analyzer")
    except importlib.metadata.PackageNotFoundError:
        print("\npresidio-analyzer is not importable here: no peer")
    else:
        logging.disable()
        show(f"presidio-analyzer {version} with {options.model}", corpus, *peer(corpus, options.model))
