#!/usr/bin/env python3
"""Writes drift.json: two-sample Kolmogorov-Smirnov distances by scipy, probabilities by its limit distribution."""
import json
import pathlib

import numpy as np
from scipy import special, stats

random = np.random.default_rng(20261130)
samples = []
for n, m, shift in [(40, 60, 0.0), (80, 50, 0.5), (100, 100, 1.5), (30, 200, 0.2), (50, 50, 0.0)]:
    a, b = random.normal(size=n).round(2), (random.normal(size=m) + shift).round(2)
    distance = float(stats.ks_2samp(a, b, method="asymp").statistic)
    samples.append({"a": a.tolist(), "b": b.tolist(), "distance": distance,
                    "p": float(special.kolmogorov(np.sqrt(n * m / (n + m)) * distance))})
path = pathlib.Path(__file__).with_name("drift.json")
path.write_text("[" + ",\n ".join(json.dumps(sample) for sample in samples) + "]\n")
