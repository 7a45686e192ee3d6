#include "cli/verbs/engine_verb_specs.h"

namespace bottega {

namespace {

Param RunParam() {
  return {.name = "run",
          .what = "a run: its id, a part of it, its folder, or latest",
          .fallback = "latest",
          .positional = true};
}

Param MicroParam() {
  return {.name = "micro",
          .what =
              "rows computed at once, the batch staying the same: a number, or auto for as "
              "many as fit into memory (train.micro_batch)",
          .unit = "ROWS"};
}

Param MlflowParam() {
  return {.name = "mlflow",
          .what =
              "send settings, curves and scores to this MLflow server too; what it does not "
              "take now is sent by the next such command",
          .unit = "URL"};
}

}  // namespace

Param BudgetParam() {
  return {.name = "budget",
          .what =
              "stop after it with exit code 75, saved and resumable: 90s, 30m, 2h "
              "(train.time_budget)",
          .unit = "TIME"};
}

Param MaxRssParam() {
  return {.name = "max_rss",
          .what =
              "most memory to hold, as 8G: more is refused before training, and stops one "
              "that comes to it with exit code 75 (train.max_rss)",
          .unit = "BYTES"};
}

const Spec& TrainVerbSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "train",
      .one_line = "fit the steps, train the model of bottega.yaml; can be stopped and resumed",
      .text =
          "Makes or reuses the clean and split stages, writes runs/<id>/. Ctrl-C saves and exits "
          "with 130; `bottega train --resume` continues to the bit.",
      .params = {{.name = "run",
                  .what = "with --resume: which run (default: the newest unfinished)",
                  .positional = true},
                 {.name = "resume",
                  .type = ParamType::kBool,
                  .what = "continue the newest unfinished run, or start one",
                  .fallback = false},
                 {.name = "cv",
                  .type = ParamType::kInt,
                  .what = "also score the recipe by cross-validation over N folds; short for --set "
                          "split.folds=N",
                  .min = 2,
                  .max = 1000,
                  .unit = "N"},
                 {.name = "repeats",
                  .type = ParamType::kInt,
                  .what = "deal the folds out N times; short for --set split.repeats=N",
                  .min = 1,
                  .max = 1000,
                  .unit = "N"},
                 {.name = "seeds",
                  .type = ParamType::kInt,
                  .what = "also train with the N - 1 next seeds; short for --set train.seeds=N",
                  .min = 1,
                  .max = 1000,
                  .unit = "N"},
                 {.name = "against",
                  .what = "with --seeds: say whether every seed beats this run",
                  .unit = "RUN"},
                 {.name = "jobs",
                  .type = ParamType::kInt,
                  .what =
                      "folds and seeds trained at once; default: as processors and memory allow",
                  .min = 1,
                  .max = 1024,
                  .unit = "N",
                  .letter = 'j'},
                 {.name = "patience",
                  .what = "with --resume RUN: continue a run that stopped early with so much more "
                          "patience, as in +10",
                  .unit = "+N"},
                 {.name = "epochs",
                  .what =
                      "with --resume RUN: continue a run that ended for so many more epochs, as "
                      "in +10",
                  .unit = "+N"},
                 {.name = "choices",
                  .what = "replay the choices of a choices.json (precision, "
                          "threads, ...)",
                  .unit = "FILE"},
                 BudgetParam(),
                 MaxRssParam(),
                 MicroParam(),
                 {.name = "replay",
                  .what = "compute the step again that ended a run because its loss was no number",
                  .unit = "RUN"},
                 MlflowParam()},
      .examples = {"bottega train", "bottega train --set train.epochs=5", "bottega train --cv 5",
                   "bottega train --seeds 5", "bottega train --resume",
                   "bottega train --max-rss 8G --micro auto"},
      .sets = {"*"}};
  return spec;
}

const Spec& PlanVerbSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "plan",
      .one_line = "forecast what a training takes: memory at its peak, time a step and in all",
      .text =
          "Trains a throw-away copy of the model for about twenty steps on real batches, adds what "
          "only a longer training holds, and says what takes how much and what would take less. "
          "Nothing is trained; .bottega/plan/forecast.json keeps the numbers. Every training says "
          "afterwards what it took beside what was forecast.",
      .params = {MaxRssParam(), MicroParam()},
      .examples = {"bottega plan", "bottega plan --set train.batch=64",
                   "bottega plan --max-rss 2G --set train.checkpointing=auto"},
      .sets = {"*"}};
  return spec;
}

const Spec& EvaluateVerbSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "evaluate",
      .one_line = "measure a trained run on its parts, with intervals and per group",
      .params = {RunParam(), MlflowParam()},
      .examples = {"bottega evaluate latest",
                   "bottega evaluate latest --set evaluate.resamples=200"},
      .sets = {"evaluate", "fairness"}};
  return spec;
}

const Spec& PredictVerbSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "predict",
      .one_line = "use a trained run on new rows or pictures",
      .text =
          "Columns are matched by name, else by position (which is said). If the input has the "
          "target, the answers are scored too.",
      .params = {{.name = "run",
                  .what = "a run: its id, a part of it, its folder, or latest",
                  .required = true,
                  .positional = true},
                 {.name = "input",
                  .what = "a table, a folder of pictures, or IDX files",
                  .required = true,
                  .positional = true},
                 {.name = "out",
                  .what = "where to write the predictions (.csv or .parquet)",
                  .fallback = "predictions.csv",
                  .unit = "FILE",
                  .letter = 'o'}},
      .examples = {"bottega predict latest new.csv",
                   "bottega predict latest photos/ -o answers.csv"}};
  return spec;
}

const Spec& DiagnoseVerbSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "diagnose",
      .one_line = "what holds a trained run back, with evidence and changes to paste",
      .text =
          "Measures the gap between training and validation rows, the layers, and what short "
          "trainings with one change each bring on the same seeds and validation rows: less and "
          "more regularization, other learning rates, more epochs, a larger network, and parts of "
          "the data. Writes diagnosis.json and diagnosis.html into the run. It never looks at the "
          "test part.",
      .params = {RunParam(),
                 {.name = "budget",
                  .type = ParamType::kFloat,
                  .what = "most that may be trained, counted in trainings as long as the run's "
                          "over all its rows; 0 trains nothing; not set: 60 for tables, 20 for "
                          "pictures",
                  .fallback = nullptr,
                  .min = 0,
                  .max = 100000,
                  .unit = "N",
                  .larger = "more rows and seeds for each change, narrower intervals",
                  .smaller = "quicker; changes at the end of the list are left out"},
                 {.name = "seeds",
                  .type = ParamType::kInt,
                  .what = "trainings of each change, from different seeds",
                  .fallback = 3,
                  .min = 2,
                  .max = 100,
                  .unit = "N",
                  .larger = "narrower intervals",
                  .smaller = "quicker"}},
      .examples = {"bottega diagnose latest", "bottega diagnose latest --budget 0"}};
  return spec;
}

const Spec& RunVerbSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "run",
      .one_line = "the whole journey: init, audit, clean, split, train, evaluate, report",
      .text =
          "Given data, a recipe is written if there is none here. Gates of the recipe are checked "
          "on the way: a failed one exits with 3.",
      .params = {{.name = "source",
                  .what = "data, or a recipe (default: bottega.yaml here)",
                  .positional = true},
                 {.name = "target",
                  .what = "the column to predict, where a recipe is written",
                  .unit = "COLUMN"},
                 {.name = "from",
                  .type = ParamType::kChoice,
                  .what = "run this stage and those after it again, with what those before it left",
                  .choices = {"audit", "clean", "split", "train", "evaluate", "report"},
                  .unit = "STAGE"},
                 BudgetParam(),
                 MaxRssParam(),
                 MicroParam(),
                 MlflowParam()},
      .examples = {"bottega run photos/", "bottega run table.csv --target price", "bottega run",
                   "bottega run --from evaluate"},
      .sets = {"*"}};
  return spec;
}

const Spec& DemoVerbSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "demo",
      .one_line = "the whole journey on data with planted mistakes, made here and offline",
      .text =
          "Draws the data, audits, cleans, trains and reports in ./bottega-demo-NAME/, and says "
          "which of the planted mistakes were found.",
      .params = {{.name = "name",
                  .type = ParamType::kChoice,
                  .what = "fruit (pictures) or loans (a table)",
                  .fallback = "fruit",
                  .choices = {"fruit", "loans"},
                  .positional = true},
                 {.name = "data_only", .what = "write just the data to DIR", .unit = "DIR"},
                 {.name = "unbalanced",
                  .type = ParamType::kBool,
                  .what = "fruit: 500 apples, 50 bananas, 50 cherries beside the balanced set",
                  .fallback = false},
                 {.name = "wrong_labels",
                  .type = ParamType::kFloat,
                  .what = "share of labels that are wrong",
                  .fallback = 0.02,
                  .min = 0,
                  .max = 0.4,
                  .unit = "FRACTION"},
                 {.name = "seed",
                  .type = ParamType::kInt,
                  .what = "of the drawn data",
                  .fallback = 7,
                  .min = 0,
                  .unit = "N"}},
      .examples = {"bottega demo", "bottega demo loans", "bottega demo fruit --unbalanced",
                   "bottega demo loans --data-only here"},
      .sets = {"*"}};
  return spec;
}

}  // namespace bottega
