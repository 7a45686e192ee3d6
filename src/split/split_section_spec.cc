#include "split/split_section_spec.h"

namespace bottega {

namespace {

Param Fraction(const std::string& part, double fallback, const std::string& larger) {
  return {.name = part,
          .type = ParamType::kFloat,
          .what = "share of the rows for " + part + "; the three shares sum to 1",
          .fallback = fallback,
          .min = 0,
          .max = 1,
          .larger = larger};
}

std::vector<Param> Params() {
  return {
      {.name = "method",
       .type = ParamType::kChoice,
       .what = "how rows are dealt out; auto: by time if there is a time column, else in whole "
               "groups if there is a group column, else stratified by the target",
       .fallback = "auto",
       .choices = {"auto", "stratified", "random", "grouped", "time"}},
      Fraction("train", 0.7, "more to learn from, wider intervals on validation and test"),
      Fraction("validation", 0.15, "steadier early stopping and tuning, less to learn from"),
      Fraction("test", 0.15, "a narrower interval around the final score, less to learn from"),
      {.name = "seed",
       .type = ParamType::kInt,
       .what = "another seed deals the rows out differently",
       .fallback = 7,
       .min = 0,
       .max = 9007199254740992.0},
      {.name = "group",
       .type = ParamType::kText,
       .what = "column whose equal values stay in one part; not set: the column of role group"},
      {.name = "time",
       .type = ParamType::kText,
       .what = "column to order rows by; not set: the column of role time"},
      {.name = "folds",
       .type = ParamType::kInt,
       .what = "number of folds that the rows outside the test part are dealt into: `train` then "
               "cross-validates the recipe beside training the model; not set: none",
       .min = 2,
       .max = 1000,
       .larger = "more training rows a fold, more trainings",
       .source = "Kohavi 1995, A Study of Cross-Validation and Bootstrap"},
      {.name = "repeats",
       .type = ParamType::kInt,
       .what = "times that a cross-validation deals the rows into folds anew",
       .fallback = 1,
       .min = 1,
       .max = 1000,
       .larger = "a steadier mean; more trainings",
       .source = "Bouckaert and Frank 2004, Evaluating the Replicability of Significance Tests"},
      {.name = "keep_duplicates_together",
       .type = ParamType::kBool,
       .what = "near-duplicates never stand on both sides of a split",
       .fallback = true,
       .source = "Barz and Denzler 2020, Do We Train on Test Data?"},
      {.name = "rare_classes",
       .type = ParamType::kChoice,
       .what = "a class with too few rows for every part: train on its rows only, leave them out, "
               "or stop with an error; auto: train on them, but stop when fewer than two other "
               "classes could be scored",
       .fallback = "auto",
       .choices = {"auto", "train", "leave_out", "error"}},
      {.name = "bins",
       .type = ParamType::kInt,
       .what = "quantile bins of a numeric target that the parts are balanced over",
       .fallback = 10,
       .min = 1,
       .max = 1000,
       .larger = "the parts' targets agree more closely"},
  };
}

}  // namespace

const Spec& SplitSection() {
  static const Spec spec = {
      .kind = "section",
      .name = "split",
      .one_line = "which rows train, validate and test",
      .text =
          "Rows of one group and near-duplicates of each other are never parted, whatever the "
          "method. Where the source brings its own parts (folders `train/` and `test/`, or a "
          "column of role `part`), they are kept, a missing part is cut from train, and a "
          "train row that repeats a test row is left out.",
      .params = Params(),
      .ignored = {{"repeats", "folds", nullptr},
                  {"seed", "method", "time"},
                  {"bins", "method", "random"},
                  {"bins", "method", "time"},
                  {"time", "method", "stratified"},
                  {"time", "method", "random"},
                  {"time", "method", "grouped"},
                  {"rare_classes", "method", "random"},
                  {"rare_classes", "method", "time"}},
      .source = "Sechidis et al. 2011, On the Stratification of Multi-Label Data",
  };
  return spec;
}

}  // namespace bottega
