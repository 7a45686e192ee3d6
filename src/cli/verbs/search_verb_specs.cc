#include "cli/verbs/search_verb_specs.h"

#include "cli/verbs/engine_verb_specs.h"

namespace bottega {

namespace {

Param JobsParam(const std::string& what) {
  return {.name = "jobs",
          .type = ParamType::kInt,
          .what = what + " trained at once; default: as processors and memory allow",
          .min = 1,
          .max = 1024,
          .unit = "N",
          .letter = 'j'};
}

Param ResumeParam(const std::string& what) {
  return {.name = "resume",
          .type = ParamType::kBool,
          .what = "continue the newest " + what + " that did not end, or begin one",
          .fallback = false};
}

Param RunParam() {
  return {.name = "run",
          .what = "with --resume: which run (default: the newest that did not end)",
          .positional = true};
}

}  // namespace

const Spec& TuneVerbSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "tune",
      .one_line = "search for better settings of the recipe's model and training",
      .text =
          "Tries the settings that the recipe's `tune` section spans and makes a run of the "
          "best. Trials are compared on the validation part; the test part is not looked at. "
          "Trials lie in runs/<id>/trials/; the report is tune.html there. Ctrl-C saves; "
          "`bottega tune --resume` goes on, with the same result. With --cv every fold searches "
          "for itself: the cross-validation then scores the search as a whole.",
      .params = {RunParam(),
                 ResumeParam("search"),
                 {.name = "trials",
                  .type = ParamType::kInt,
                  .what = "settings to try; short for --set tune.trials=N",
                  .min = 1,
                  .max = 100000,
                  .unit = "N"},
                 {.name = "method",
                  .what = "tpe, sobol, random or grid; short for --set tune.method=NAME",
                  .unit = "NAME"},
                 {.name = "pruner",
                  .what = "asha, hyperband or none; short for --set tune.pruner=NAME",
                  .unit = "NAME"},
                 {.name = "metric",
                  .what = "score to compare by; short for --set tune.metric=PART.SCORE",
                  .unit = "PART.SCORE"},
                 {.name = "cv",
                  .type = ParamType::kInt,
                  .what = "score the search by cross-validation over N folds; short for --set "
                          "split.folds=N",
                  .min = 2,
                  .max = 1000,
                  .unit = "N"},
                 BudgetParam(),
                 MaxRssParam(),
                 JobsParam("trials")},
      .examples = {"bottega tune --set model=mlp --trials 4 --set train.epochs=3",
                   "bottega tune --resume"},
      .sets = {"*"}};
  return spec;
}

const Spec& AblateVerbSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "ablate",
      .one_line = "train the recipe without each of its techniques in turn; say what each is worth",
      .text =
          "Every technique that the recipe uses (dropout, decay, an augmentation, balancing, early "
          "stopping ...) is left out once, everything else staying as it is, with the same seeds "
          "and the same rows. What it contributes is the mean difference over the seeds on the "
          "validation part, with its interval. The trainings lie in runs/<id>/ablations/; the "
          "report is ablation.html there.",
      .params = {RunParam(),
                 ResumeParam("ablation"),
                 {.name = "seeds",
                  .type = ParamType::kInt,
                  .what =
                      "seeds that every variant is trained with: the recipe's and the next ones",
                  .fallback = 3,
                  .min = 2,
                  .max = 1000,
                  .unit = "N"},
                 {.name = "metric",
                  .what = "score to compare by (default: the first that early stopping watches)",
                  .unit = "PART.SCORE"},
                 BudgetParam(),
                 MaxRssParam(),
                 JobsParam("variants")},
      .examples = {"bottega ablate --set model=mlp --set train.epochs=3 --seeds 2"},
      .sets = {"*"}};
  return spec;
}

}  // namespace bottega
