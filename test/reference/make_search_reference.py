"""Writes search.json: points of Sobol's sequence as scipy 1.17 computes them (unscrambled, new-joe-kuo-6).

    pip install scipy
"""
import json
import pathlib

from scipy.stats import qmc

points = qmc.Sobol(21, scramble=False, bits=32).random(64)
out = {"sobol": [[float(f"{u:.10g}") for u in point] for point in points]}
(pathlib.Path(__file__).parent / "search.json").write_text(json.dumps(out) + "\n")
