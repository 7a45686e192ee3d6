#include "train/tune_section_spec.h"

namespace bottega {

namespace {

std::vector<Param> WhatParams() {
  return {
      {.name = "space",
       .type = ParamType::kMap,
       .what = "settings to search: {train.optimizer.lr: {low: 1e-4, high: 0.1, log: true}, "
               "model.dropout: {low: 0, high: 0.5}, model.hidden: [[64], [128, 64]]}; a range is "
               "log, integer or neither, a list holds choices; of the sections model, train and "
               "augment. Empty: the learning rate, and what the model's page calls for",
       .fallback = Json::object()},
      {.name = "metric",
       .what = "the score of a trial, as PART.SCORE of the validation part; null: the first that "
               "early stopping watches",
       .fallback = nullptr},
      {.name = "trials",
       .type = ParamType::kInt,
       .what = "settings to try; a grid tries every combination",
       .fallback = 30,
       .min = 1,
       .max = 100000,
       .larger = "better settings, longer search; the validation score flatters more",
       .smaller = "shorter search"},
      {.name = "seed",
       .type = ParamType::kInt,
       .what = "of what is proposed; the trainings have the seed of `train`",
       .fallback = 1,
       .min = 1,
       .max = 9007199254740991.0},
  };
}

std::vector<Param> HowParams() {
  return {
      {.name = "method",
       .type = ParamType::kChoice,
       .what = "where to look next: tpe learns from the trials so far, sobol fills the space "
               "evenly, random does not look, grid tries every combination",
       .fallback = "tpe",
       .choices = {"tpe", "sobol", "random", "grid"},
       .source = "tpe: Bergstra et al. 2011, NeurIPS 24; sobol: Joe and Kuo 2008; random: Bergstra "
                 "and Bengio 2012, JMLR 13"},
      {.name = "startup",
       .type = ParamType::kInt,
       .what = "trials spread evenly before tpe begins to learn",
       .fallback = 10,
       .min = 2,
       .max = 1000,
       .larger = "looks about for longer",
       .smaller = "follows the first trials sooner"},
      {.name = "pruner",
       .type = ParamType::kChoice,
       .what = "asha trains all trials a little and only the best on; hyperband also begins some "
               "with longer trainings; none trains each to the end",
       .fallback = "asha",
       .choices = {"asha", "hyperband", "none"},
       .source = "Li et al. 2020, MLSys; Li et al. 2018, JMLR 18"},
      {.name = "min_epochs",
       .type = ParamType::kInt,
       .what = "epochs after which trials are first compared",
       .fallback = 1,
       .min = 1,
       .max = 100000,
       .unit = "epochs",
       .larger = "fairer to slow starters, longer search",
       .smaller = "shorter search"},
      {.name = "reduction",
       .type = ParamType::kInt,
       .what = "one trial in so many goes on, to so many times the epochs",
       .fallback = 3,
       .min = 2,
       .max = 100,
       .larger = "harder selection, shorter search",
       .smaller = "milder selection, longer search"},
      {.name = "parallel",
       .type = ParamType::kInt,
       .what = "trials under way at a time, whatever the machine: they are proposed without "
               "knowing each other's scores, so that the search is the same everywhere",
       .fallback = 4,
       .min = 1,
       .max = 1024,
       .larger = "uses more processors, learns later",
       .smaller = "learns from every trial before the next"},
  };
}

Spec MakeTuneSection() {
  Spec spec{.kind = "section",
            .name = "tune",
            .one_line = "which settings `bottega tune` tries, and how",
            .text =
                "Every trial is a training of its own below the run, in trials/NNN/; trials are "
                "compared on the validation part and never see the test part. With `split.folds` "
                "every fold searches for itself, so that the cross-validation scores the search "
                "and its winner together (nested cross-validation: Varma and Simon 2006, BMC "
                "Bioinformatics 7).",
            .synonyms = {"hyperparameter search", "hyperparameter optimization", "grid search"},
            .ignored = {{"min_epochs", "pruner", "none"},
                        {"reduction", "pruner", "none"},
                        {"startup", "method", "random"},
                        {"startup", "method", "sobol"},
                        {"startup", "method", "grid"},
                        {"trials", "method", "grid"}}};
  for (const auto& group : {WhatParams(), HowParams()}) {
    spec.params.insert(spec.params.end(), group.begin(), group.end());
  }
  return spec;
}

}  // namespace

const Spec& TuneSection() {
  static const Spec spec = MakeTuneSection();
  return spec;
}

}  // namespace bottega
