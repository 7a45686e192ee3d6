"""The peers of audit_bench.cc, whole processes on the same files: cleanlab's Datalab with out-of-fold probabilities
of histogram gradient boosting and its default checks, and fg-data-profiling's full report."""
import os
import pathlib
import subprocess
import tempfile
import time

from peers import ROOT, peer_python

DATA = pathlib.Path(os.environ.get("BOTTEGA_DATA", ROOT / "../shared/data"))
BUILD = pathlib.Path(os.environ.get("BOTTEGA_BUILD", ROOT / "build"))
ADULT = (DATA / "tables/adult.data").resolve()
TABLE = (BUILD / "bench-table.csv").resolve()

DATALAB = """
import sys, pandas as pd
from cleanlab import Datalab
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.preprocessing import OneHotEncoder, StandardScaler
data = pd.read_csv(sys.argv[1], header=None, skipinitialspace=True, na_values="?")
data.columns = [f"c{i + 1}" for i in range(data.shape[1])]
features = data.drop(columns="c15")
text = [c for c in features if features[c].dtype.kind not in "if"]
features[text] = features[text].astype("category")
model = HistGradientBoostingClassifier(categorical_features="from_dtype", random_state=0)
folds = StratifiedKFold(5, shuffle=True, random_state=0)
probabilities = cross_val_predict(model, features, data["c15"], cv=folds, method="predict_proba")
numbers = [c for c in features if c not in text]
encode = make_column_transformer((StandardScaler(), numbers), (OneHotEncoder(sparse_output=False), text))
lab = Datalab(data=data.astype(object).where(data.notna(), None).to_dict("list"), label_name="c15", verbosity=0)
lab.find_issues(pred_probs=probabilities, features=encode.fit_transform(features))
lab.report(verbosity=0)
"""
PROFILE = """
import sys, pandas as pd
from data_profiling import ProfileReport
data = pd.read_csv(sys.argv[1], header=None if sys.argv[2] == "bare" else 0, skipinitialspace=True, na_values="?")
data.columns = [str(c) for c in data.columns]
ProfileReport(data, progress_bar=False).to_file("report.html")
"""


def seconds(peer, program, *words, times=1):
    best = 1e9
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            begun = time.perf_counter()
            subprocess.run([peer_python(peer), "-W", "ignore", "-c", program, *map(str, words)], check=True,
                           cwd=folder, stdout=subprocess.DEVNULL)
            best = min(best, time.perf_counter() - begun)
    return best


print(f"adult_whole,{seconds('cleanlab', DATALAB, ADULT, times=2):.3f},s", flush=True)
print(f"adult_statistics,{seconds('profiling', PROFILE, ADULT, 'bare', times=2):.3f},s", flush=True)
print(f"table_statistics,{seconds('profiling', PROFILE, TABLE, 'named'):.3f},s", flush=True)
