#include "cli/verbs/prepare_verb_specs.h"

namespace bottega {

namespace {

Param PlotParam() {
  return {.name = "out",
          .what = "where to write the plot (.svg) or a page with it (.html)",
          .unit = "FILE",
          .letter = 'o'};
}

}  // namespace

const Spec& LrFindSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "lr find",
      .one_line = "try learning rates on your data and model, and suggest one",
      .text =
          "The learning-rate range test (Smith 2017, arXiv:1506.01186): the rate rises step by "
          "step, "
          "geometrically, while the loss is watched. It trains a model of its own from the "
          "recipe's "
          "seed and keeps nothing of it: no run is made or touched. The suggestion is where the "
          "loss "
          "falls fastest, kept away from the rate of the lowest loss, which is nearly too large.",
      .params = {{.name = "low",
                  .type = ParamType::kFloat,
                  .what = "first learning rate",
                  .fallback = 1e-6,
                  .min = 0,
                  .min_open = true},
                 {.name = "high",
                  .type = ParamType::kFloat,
                  .what = "last learning rate, if the loss does not diverge before",
                  .fallback = 10.0,
                  .min = 0,
                  .min_open = true},
                 {.name = "steps",
                  .type = ParamType::kInt,
                  .what = "steps from the first to the last",
                  .fallback = 150,
                  .min = 20,
                  .max = 100000,
                  .larger = "finer, longer",
                  .smaller = "quicker, noisier"},
                 PlotParam()},
      .source = "Smith 2017, arXiv:1506.01186",
      .examples = {"bottega lr find", "bottega lr find --set train.optimizer=sgd -o rates.html"},
      .sets = {"*"}};
  return spec;
}

const Spec& LrShowSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "lr show",
      .one_line = "draw the learning rate of every step, before training",
      .text = "From the recipe's optimizer, schedule, epochs and batch, and the rows there are.",
      .params = {PlotParam()},
      .examples = {"bottega lr show",
                   "bottega lr show --set train.schedule=one_cycle -o schedule.svg"},
      .sets = {"*"}};
  return spec;
}

const Spec& OptimRaceSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "optim race",
      .one_line = "give each optimizer the same small budget on your data, and rank them",
      .text =
          "Each optimizer tries the same number of learning rates around its default (the recipe's "
          "for the recipe's own), on the recipe's seed; at its best rate it is then trained with "
          "other seeds. All trainings have the same budget in evaluations of a batch, which counts "
          "against those that look at a batch more than once. The score is what "
          "`train.early_stopping` watches, of the best epoch. What each is behind the winner is an "
          "interval paired over seeds: where it includes 0, the race did not tell them apart. "
          "Nothing is kept; no run is made.",
      .params = {{.name = "optimizers",
                  .type = ParamType::kTextList,
                  .what = "which ones; default: all",
                  .fallback = Json::array(),
                  .component = "optimizer",
                  .unit = "NAME,..."},
                 {.name = "epochs",
                  .type = ParamType::kInt,
                  .what = "budget of each training, in passes over the training rows",
                  .fallback = 3,
                  .min = 1,
                  .max = 1000,
                  .larger = "closer to what a whole training gives",
                  .smaller = "quicker"},
                 {.name = "tries",
                  .type = ParamType::kInt,
                  .what = "learning rates that each may try; 1: its default alone",
                  .fallback = 5,
                  .min = 1,
                  .max = 25,
                  .larger = "fairer to those that need tuning",
                  .smaller = "quicker"},
                 {.name = "spacing",
                  .type = ParamType::kFloat,
                  .what = "factor between two rates that are tried",
                  .fallback = 4.0,
                  .min = 1.1,
                  .max = 1000,
                  .larger = "wider",
                  .smaller = "finer"},
                 {.name = "seeds",
                  .type = ParamType::kInt,
                  .what = "trainings at the best rate",
                  .fallback = 5,
                  .min = 2,
                  .max = 100,
                  .larger = "narrower intervals",
                  .smaller = "quicker"},
                 {.name = "html", .what = "write a page here", .unit = "FILE"}},
      .source =
          "Schmidt et al. 2021, arXiv:2007.01547: no optimizer wins everywhere, and trying "
          "several at their defaults does about as well as tuning one",
      .examples = {"bottega optim race",
                   "bottega optim race --optimizers sgd,adamw,lion --html race.html"},
      .sets = {"*"}};
  return spec;
}

}  // namespace bottega
