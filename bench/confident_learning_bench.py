"""The peer of confident_learning_bench.cc: cleanlab's find_label_issues on the same probabilities."""
import os
import sys
import time

from peers import in_peer

in_peer("cleanlab")

import numpy as np
from cleanlab.filter import find_label_issues

BUILD = os.environ.get("BOTTEGA_BUILD", "build")
labels = np.fromfile(f"{BUILD}/bench-labels.i32", dtype=np.int32)
probabilities = np.fromfile(f"{BUILD}/bench-probabilities.f32", dtype=np.float32).reshape(len(labels), -1)
for name in ("prune_by_noise_rate", "both"):
    best = 1e9
    for jobs in (None, 1):  # its own choice of processes, and one: whichever is quicker
        for _ in range(3):
            begun = time.perf_counter()
            issues = find_label_issues(labels, probabilities, filter_by=name, n_jobs=jobs)
            best = min(best, 1e3 * (time.perf_counter() - begun))
    print(f"{name},{best:.3f},ms\n{name}_issues,{issues.sum()},rows")
sys.stdout.flush()
