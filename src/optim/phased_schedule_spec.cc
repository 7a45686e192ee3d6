// Schedules of several phases.
#include "optim/schedules_specs.h"
#include "optim/shared_schedule_params_spec.h"

namespace bottega {

const Spec& CosineRestartsSpec() {
  static const Spec spec = {
      .kind = "schedule",
      .name = "cosine_restarts",
      .one_line = "half cosines, each starting at the full rate again",
      .text =
          "Wins where training may stop at the end of any period, and for ensembles of the models "
          "at those ends (Huang et al. 2017, arXiv:1704.00109). Fails to beat one `cosine` of the "
          "whole length on its last score; the score falls back after each restart, so early "
          "stopping needs a patience above a period. Equal to "
          "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.",
      .params = {{.name = "first",
                  .type = ParamType::kFloat,
                  .what = "length of the first period (T_0)",
                  .fallback = 10.0,
                  .min = 0,
                  .min_open = true,
                  .unit = "epochs",
                  .larger = "rarer restarts",
                  .smaller = "more restarts"},
                 {.name = "grow",
                  .type = ParamType::kInt,
                  .what = "what the length is multiplied by after each period (T_mult)",
                  .fallback = 1,
                  .min = 1,
                  .max = 100,
                  .larger = "rarer restarts later on",
                  .smaller = "even periods"},
                 FloorParam(),
                 WarmupParam()},
      .synonyms = {"sgdr", "warm restarts"},
      .source = "Loshchilov and Hutter 2017, arXiv:1608.03983"};
  return spec;
}

const Spec& OneCycleSpec() {
  static const Spec spec = {
      .kind = "schedule",
      .name = "one_cycle",
      .one_line = "up to the full rate and down to almost nothing, once",
      .text =
          "Wins in short trainings at a rate near the largest that is stable, as found by "
          "`bottega lr find` (Smith and Topin 2019). Fails at rates chosen for other schedules, "
          "which leave nothing of its gain, and when stopped before its end. Equal to "
          "torch.optim.lr_scheduler.OneCycleLR without its cycle of the momentum.",
      .params = {{.name = "rise",
                  .type = ParamType::kFloat,
                  .what = "share of the steps until the full rate",
                  .fallback = 0.3,
                  .min = 0,
                  .max = 1,
                  .larger = "gentler start",
                  .smaller = "more time to settle"},
                 {.name = "start_divisor",
                  .type = ParamType::kFloat,
                  .what = "the first rate is lr over this",
                  .fallback = 25.0,
                  .min = 1,
                  .larger = "lower start",
                  .smaller = "higher start"},
                 {.name = "end_divisor",
                  .type = ParamType::kFloat,
                  .what = "the last rate is the first over this",
                  .fallback = 1e4,
                  .min = 1,
                  .larger = "settles fully",
                  .smaller = "keeps learning"},
                 {.name = "shape",
                  .type = ParamType::kChoice,
                  .what = "of both ways",
                  .fallback = "cosine",
                  .choices = {"cosine", "linear"}}},
      .synonyms = {"super-convergence", "1cycle"},
      .source = "Smith and Topin 2019, arXiv:1708.07120"};
  return spec;
}

const Spec& WsdSpec() {
  static const Spec spec = {
      .kind = "schedule",
      .name = "wsd",
      .one_line = "warm-up, the full rate for most steps, then a short way down",
      .text =
          "Wins where the length is not settled: all but the last part is the same for every "
          "length, "
          "and it ends as well as `cosine` (Haegele et al. 2024, arXiv:2405.18392). Until then the "
          "score looks worse than cosine's, so early stopping may end it too soon.",
      .params = {{.name = "decay",
                  .type = ParamType::kFloat,
                  .what = "share of the steps after the warm-up in which the rate falls",
                  .fallback = 0.2,
                  .min = 0,
                  .max = 1,
                  .larger = "settles longer",
                  .smaller = "learns longer"},
                 {.name = "shape",
                  .type = ParamType::kChoice,
                  .what = "of the way down; sqrt: 1 - sqrt of the share done",
                  .fallback = "linear",
                  .choices = {"linear", "cosine", "sqrt"}},
                 FloorParam(),
                 WarmupParam()},
      .synonyms = {"warm-up-stable-decay", "warmup-stable-decay", "trapezoidal"},
      .source = "Hu et al. 2024, arXiv:2404.06395, section 4"};
  return spec;
}

}  // namespace bottega
