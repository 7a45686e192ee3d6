#include "optim/schedules_specs.h"

namespace bottega {

namespace {

Param Warmup() {
  return {.name = "warmup",
          .type = ParamType::kFloat,
          .what =
              "steps in which the rate rises linearly to its full value: a share of all steps "
              "below 1, else their number",
          .fallback = 0.0,
          .min = 0,
          .larger = "gentler start",
          .smaller = "full rate at once",
          .source = "Goyal et al. 2017, arXiv:1706.02677, section 2.2"};
}

}  // namespace

const Spec& ConstantSpec() {
  static const Spec spec = {.kind = "schedule",
                            .name = "constant",
                            .one_line = "the same learning rate throughout",
                            .text = "The simplest; compare others with it.",
                            .params = {Warmup()}};
  return spec;
}

const Spec& StepSpec() {
  static const Spec spec = {
      .kind = "schedule",
      .name = "step",
      .one_line = "multiply the rate by a factor every few epochs",
      .text = "torch.optim.lr_scheduler.StepLR, counted in epochs after the warm-up.",
      .params = {{.name = "every",
                  .type = ParamType::kFloat,
                  .what = "epochs between two drops",
                  .fallback = 10.0,
                  .min = 0,
                  .min_open = true,
                  .unit = "epochs",
                  .larger = "later drops",
                  .smaller = "earlier drops"},
                 {.name = "factor",
                  .type = ParamType::kFloat,
                  .what = "what a drop multiplies by",
                  .fallback = 0.1,
                  .min = 0,
                  .max = 1,
                  .larger = "smaller drops",
                  .smaller = "larger drops"},
                 Warmup()},
      .synonyms = {"step decay", "staircase"},
      .source = "He et al. 2015, arXiv:1512.03385, section 3.4"};
  return spec;
}

const Spec& CosineSpec() {
  static const Spec spec = {
      .kind = "schedule",
      .name = "cosine",
      .one_line = "half a cosine from the full rate down to the floor",
      .text = "Needs no knowledge of when to drop; the last steps are small and settle the model.",
      .params = {{.name = "floor",
                  .type = ParamType::kFloat,
                  .what = "share of the rate that is left at the end",
                  .fallback = 0.0,
                  .min = 0,
                  .max = 1,
                  .larger = "keeps learning to the end",
                  .smaller = "settles fully"},
                 Warmup()},
      .synonyms = {"cosine annealing"},
      .source = "Loshchilov and Hutter 2017, arXiv:1608.03983"};
  return spec;
}

const Spec& PlateauSpec() {
  static const Spec spec = {
      .kind = "schedule",
      .name = "plateau",
      .one_line = "multiply the rate by a factor when the monitored value stops improving",
      .text =
          "torch.optim.lr_scheduler.ReduceLROnPlateau with a relative threshold, once an epoch.",
      .params = {{.name = "factor",
                  .type = ParamType::kFloat,
                  .what = "what a drop multiplies by",
                  .fallback = 0.1,
                  .min = 0,
                  .max = 1,
                  .larger = "smaller drops",
                  .smaller = "larger drops"},
                 {.name = "patience",
                  .type = ParamType::kInt,
                  .what = "epochs without improvement that are forgiven before a drop",
                  .fallback = 3,
                  .min = 0,
                  .unit = "epochs",
                  .larger = "later drops",
                  .smaller = "earlier drops"},
                 {.name = "threshold",
                  .type = ParamType::kFloat,
                  .what = "relative change that counts as an improvement",
                  .fallback = 1e-4,
                  .min = 0,
                  .larger = "small gains do not count",
                  .smaller = "any gain counts"},
                 {.name = "cooldown",
                  .type = ParamType::kInt,
                  .what = "epochs after a drop in which none are counted",
                  .fallback = 0,
                  .min = 0,
                  .unit = "epochs",
                  .larger = "more time between drops",
                  .smaller = "drops may follow each other"},
                 {.name = "floor",
                  .type = ParamType::kFloat,
                  .what = "smallest factor that drops lead to",
                  .fallback = 0.0,
                  .min = 0,
                  .max = 1,
                  .larger = "keeps learning",
                  .smaller = "may stand still"},
                 Warmup()},
      .synonyms = {"reduce on plateau"},
      .source = "torch.optim.lr_scheduler.ReduceLROnPlateau"};
  return spec;
}

}  // namespace bottega
