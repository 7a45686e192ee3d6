"""Writes redundancy.json: near-duplicate texts by brute force, and numbers as scipy and numpy compute them."""
import json
import pathlib
import random

import numpy as np
from scipy import stats

rng = random.Random(11)
vocabulary = ["".join(rng.choice("bcdfglmnprst") + rng.choice("aeiou") for _ in range(rng.randrange(2, 5)))
              for _ in range(600)]
texts = [" ".join(rng.choice(vocabulary) for _ in range(rng.randrange(14, 30))) for _ in range(160)]
for _ in range(80):
    words = rng.choice(texts[:160]).split()
    for at in rng.sample(range(len(words)), rng.randrange(0, 6)):
        words[at] = rng.choice(vocabulary)
    texts.append(" ".join(words))
texts = sorted(set(texts))


def shingles(text, width):
    words = text.split()
    return {tuple(words[i:i + width]) for i in range(max(1, len(words) - width + 1))}


sets = [shingles(text, 2) for text in texts]
pairs = []
for i in range(len(texts)):
    for j in range(i + 1, len(texts)):
        similarity = len(sets[i] & sets[j]) / len(sets[i] | sets[j])
        if similarity >= 0.3:
            pairs.append([i, j, similarity])

noncentral = [[x, k, l, stats.ncx2.sf(x, k, l)] for x, k, l in
              [(3.2, 4, 1.5), (20, 7, 12), (150, 9, 120), (0.5, 2, 30), (900, 3, 1000)]]
effect = []
for x, k, n, level in [(4.1, 4, 1000, 0.9), (12.5, 7, 2500, 0.95), (0.8, 2, 400, 0.9), (60, 9, 5000, 0.9)]:
    low, high = 0.0, 1e5
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if stats.ncx2.cdf(x, k, middle) > 1 - level else (low, middle)
    effect.append([x, k, n, level, float(np.sqrt(high / n)) if stats.chi2.cdf(x, k) > 1 - level else 0.0])

draws = np.random.default_rng(3)
a, b = draws.normal(size=(2, 30)).round(3)
y = (2.5 * a - 4 * b + 1 + draws.normal(size=30) * 0.1).round(3)
solution = np.linalg.lstsq(np.column_stack([a, b, np.ones(30)]), y, rcond=None)[0]

out = {"texts": texts, "pairs": pairs, "noncentral": noncentral, "effect": effect, "a": a.tolist(), "b": b.tolist(),
       "y": y.tolist(), "solution": solution.tolist()}
path = pathlib.Path(__file__).with_name("redundancy.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
