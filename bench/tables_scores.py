#!/usr/bin/env python3
"""Five-fold scores of bottega's networks with `init`'s recipe beside scikit-learn's MLP, LightGBM and
XGBoost at their defaults, on the same folds of real tables. Prints CSV: data,metric,model,mean,deviation.

    bench/tables_scores.py --build build [--sets adult,titanic] [--models mlp,ft_transformer] [--folds 5] [--jobs 2]

$BOTTEGA_DATA (default ../shared/data) holds the tables. Each fold is a project of its own: the other
folds are its data (of which `split` takes a part for early stopping), and `bottega predict` answers the
fold. Every peer gets the same rows; its categories are one-hot (MLP) or pandas categories (trees).
Accuracy, ROC AUC and RMSE are computed here for all alike, from labels and scores. --jobs trains that many
folds side by side, each on its share of the cores.
"""
import argparse
import concurrent.futures
import multiprocessing
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import peers

peers.in_peer("boosting")

import lightgbm
import numpy as np
import pandas as pd
import xgboost
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.metrics import accuracy_score, roc_auc_score, root_mean_squared_error
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(os.environ.get("BOTTEGA_DATA", ROOT / "../shared/data"))

# name: file, reading options, target, columns to leave out, task
SETS = {
    "adult": ("tables/adult.data", {"header": None, "skipinitialspace": True}, "c15", [], "class"),
    "titanic": ("tables/titanic.csv", {}, "Survived", ["PassengerId", "Name", "Ticket", "Cabin"], "class"),
    "wine": ("tables/winequality-red.csv", {"sep": ";"}, "quality", [], "number"),
    "weather": ("drift/weather.csv", {}, -1, [], "class"),
}


PEERS = ("sklearn_mlp", "lightgbm", "xgboost")


def read(name):
    file, options, target, left_out, task = SETS[name]
    table = pd.read_csv(DATA / file, na_values=["?"], **options)
    if options.get("header", 0) is None:
        table.columns = [f"c{i + 1}" for i in range(table.shape[1])]
    target = table.columns[target] if isinstance(target, int) else target
    return table.drop(columns=left_out), target, task


def positive(labels):
    """The last class by name, whose score is compared."""
    return sorted(labels.astype(str).unique())[-1]


def ours(build, model, threads, train, test, target, task):
    """Scores of the test rows, as the column of the positive class or the number."""
    with tempfile.TemporaryDirectory() as folder:
        train.to_csv(f"{folder}/train.csv", index=False)
        test.drop(columns=[target]).to_csv(f"{folder}/test.csv", index=False)

        def run(*command):
            done = subprocess.run([build / "bottega", *command], cwd=folder, capture_output=True, text=True)
            if done.returncode != 0:
                sys.exit(f"tables_scores: bottega {' '.join(command)} ended with {done.returncode}\n{done.stderr}")

        run("init", "train.csv", "--target", target)
        run("train", "-q", "--set", "split.train=0.85", "--set", "split.validation=0.15", "--set", "split.test=0",
            "--set", f"model={model}", "--set", f"train.threads={threads}")
        run("predict", "latest", "test.csv", "-q", "-o", "answers.csv")
        answers = pd.read_csv(f"{folder}/answers.csv")
        if task == "number":
            return answers["predicted"].to_numpy()
        return answers[f"p.{positive(train[target])}"].to_numpy()


def peer(name, train, test, target, task):
    x, y, held = train.drop(columns=[target]), train[target], test.drop(columns=[target])
    words = [c for c in x if not pd.api.types.is_numeric_dtype(x[c])]
    numbers = [c for c in x if c not in words]
    if task == "class":
        y = (y.astype(str) == positive(y)).astype(int)
    if name == "sklearn_mlp":
        prepare = make_column_transformer(
            (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            (OneHotEncoder(handle_unknown="ignore"), words))
        model = make_pipeline(prepare, (MLPClassifier if task == "class" else MLPRegressor)(random_state=1))
    else:
        for column in words:
            kind = pd.CategoricalDtype(sorted(x[column].dropna().astype(str).unique()))
            x[column], held[column] = x[column].astype(kind), held[column].astype(kind)
        if name == "lightgbm":
            model = (lightgbm.LGBMClassifier if task == "class" else lightgbm.LGBMRegressor)(verbose=-1)
        else:
            model = (xgboost.XGBClassifier if task == "class" else xgboost.XGBRegressor)(enable_categorical=True)
    model.fit(x, y)
    return model.predict_proba(held)[:, 1] if task == "class" else model.predict(held)


def score(truth, scores, task):
    if task == "number":
        return {"rmse": root_mean_squared_error(truth, scores)}
    return {"accuracy": accuracy_score(truth, scores >= 0.5), "roc_auc": roc_auc_score(truth, scores)}


def one_fold(build, model, threads, train, test, target, task):
    truth = test[target]
    if task == "class":
        truth = (truth.astype(str) == positive(train[target])).astype(int)
    scores = peer(model, train, test, target, task) if model in PEERS else ours(build, model, threads, train, test, target, task)
    return score(truth, scores, task)


def all_folds(build, model, jobs, table, folds, target, task):
    """The scores of each fold, `jobs` folds side by side on equal shares of the cores."""
    threads = max(1, os.cpu_count() // jobs)
    os.environ["OMP_NUM_THREADS"] = str(threads)
    with concurrent.futures.ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        ends = [pool.submit(one_fold, build, model, threads, table.iloc[inside].copy(), table.iloc[outside].copy(), target, task)
                for inside, outside in folds]
        return [end.result() for end in ends]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--models", default=",".join(("mlp", "ft_transformer", *PEERS)))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    build = pathlib.Path(args.build).resolve()
    print("data,metric,model,mean,deviation", flush=True)
    for name in args.sets.split(","):
        table, target, task = read(name)
        splitter = (StratifiedKFold if task == "class" else KFold)(args.folds, shuffle=True, random_state=1)
        folds = list(splitter.split(table, table[target]))
        for model in args.models.split(","):
            results = all_folds(build, model, args.jobs, table, folds, target, task)
            for metric in results[0]:
                values = [result[metric] for result in results]
                print(f"{name},{metric},{model},{np.mean(values):.4f},{np.std(values, ddof=1):.4f}", flush=True)


if __name__ == "__main__":
    main()
