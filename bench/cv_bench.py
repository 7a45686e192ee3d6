"""The peer of cv_bench.cc: scikit-learn's MLPClassifier on Adult, one fold on one thread and five folds on two processes.

The same folds in number and size, the same network, batch and epochs; joblib's processes are warm before the clock
starts.
"""
import os
import pathlib
import time
import warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import pandas
from joblib import Parallel, delayed
from sklearn.compose import make_column_transformer
from sklearn.model_selection import StratifiedKFold
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

DATA = pathlib.Path(os.environ.get("BOTTEGA_DATA", pathlib.Path(__file__).resolve().parent.parent / "../shared/data"))
EPOCHS, FOLDS, TIMES = 8, 5, 3
warnings.filterwarnings("ignore")


def fold(table, target, train, test):
    numbers = [c for c in table.columns if pandas.api.types.is_numeric_dtype(table[c])]
    rest = [c for c in table.columns if c not in numbers]
    encode = make_column_transformer((StandardScaler(), numbers), (OneHotEncoder(handle_unknown="ignore"), rest))
    network = MLPClassifier((64, 64), batch_size=128, max_iter=EPOCHS, n_iter_no_change=EPOCHS)
    model = make_pipeline(encode, network)
    model.fit(table.iloc[train], target.iloc[train])
    return model.score(table.iloc[test], target.iloc[test])


def main():
    table = pandas.read_csv(DATA / "tables/adult.data", header=None, skipinitialspace=True)
    target = table.pop(table.columns[-1])
    table.columns = [f"c{c}" for c in table.columns]
    splits = list(StratifiedKFold(FOLDS, shuffle=True, random_state=7).split(table, target))
    one = five = 1e9
    with Parallel(n_jobs=2) as pool:
        pool(delayed(len)(table) for _ in range(2))
        for _ in range(TIMES):
            begun = time.perf_counter()
            fold(table, target, *splits[0])
            one = min(one, time.perf_counter() - begun)
            begun = time.perf_counter()
            pool(delayed(fold)(table, target, *split) for split in splits)
            five = min(five, time.perf_counter() - begun)
    print(f"adult_one_fold,{one:.3f},s")
    print(f"adult_five_folds,{five:.3f},s")
    print(f"adult_five_to_one,{five / one:.3f},times")


if __name__ == "__main__":
    main()
