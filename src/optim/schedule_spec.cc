#include "optim/schedules_specs.h"
#include "optim/shared_schedule_params_spec.h"

namespace bottega {

const Spec& ConstantSpec() {
  static const Spec spec = {.kind = "schedule",
                            .name = "constant",
                            .one_line = "the same learning rate throughout",
                            .text =
                                "Wins where the length of the training is not known, and as what "
                                "others are compared with. Fails to settle: the noise of the "
                                "batches keeps the model at a distance from the minimum that grows "
                                "with the rate (Bottou, Curtis and Nocedal 2018, "
                                "arXiv:1606.04838, section 4).",
                            .params = {WarmupParam()},
                            .source = "Robbins and Monro 1951"};
  return spec;
}

const Spec& StepSpec() {
  static const Spec spec = {
      .kind = "schedule",
      .name = "step",
      .one_line = "multiply the rate by a factor every few epochs",
      .text =
          "Wins on picture models in long trainings, where each drop is followed by a fall of the "
          "loss (He et al. 2015). Fails where the time of the drops is not known. Equal to "
          "torch.optim.lr_scheduler.StepLR, counted in epochs after the warm-up.",
      .params = {{.name = "every",
                  .type = ParamType::kFloat,
                  .what = "epochs between two drops",
                  .fallback = 10.0,
                  .min = 0,
                  .min_open = true,
                  .unit = "epochs",
                  .larger = "later drops",
                  .smaller = "earlier drops"},
                 DropFactorParam(),
                 WarmupParam()},
      .synonyms = {"step decay", "staircase"},
      .source = "He et al. 2015, arXiv:1512.03385, section 3.4"};
  return spec;
}

const Spec& MultiStepSpec() {
  static const Spec spec = {
      .kind = "schedule",
      .name = "multi_step",
      .one_line = "multiply the rate by a factor at given epochs",
      .text =
          "Wins where a published recipe says when to drop, as those of residual networks do. "
          "Fails "
          "where it is carried over to another length of training. Equal to "
          "torch.optim.lr_scheduler.MultiStepLR, counted in epochs after the warm-up.",
      .params = {{.name = "at",
                  .type = ParamType::kFloatList,
                  .what = "epochs of the drops",
                  .fallback = Json::array({10.0, 20.0}),
                  .min = 0,
                  .unit = "epochs"},
                 DropFactorParam(),
                 WarmupParam()},
      .synonyms = {"milestones", "piecewise constant"},
      .source = "He et al. 2015, arXiv:1512.03385, section 4.2"};
  return spec;
}

const Spec& ExponentialSpec() {
  static const Spec spec = {
      .kind = "schedule",
      .name = "exponential",
      .one_line = "multiply the rate by a factor an epoch, a little each step",
      .text =
          "Wins as a smooth `step` where the length is open. Fails when the factor is far from "
          "what "
          "the length needs: the rate is soon nothing, or never small. Equal to "
          "torch.optim.lr_scheduler.ExponentialLR with gamma = factor ^ (1 / steps an epoch).",
      .params = {{.name = "factor",
                  .type = ParamType::kFloat,
                  .what = "what an epoch multiplies by",
                  .fallback = 0.9,
                  .min = 0,
                  .max = 1,
                  .min_open = true,
                  .larger = "slower fall",
                  .smaller = "faster fall"},
                 WarmupParam()},
      .synonyms = {"exponential decay"},
      .source = "torch.optim.lr_scheduler.ExponentialLR"};
  return spec;
}

const Spec& CosineSpec() {
  static const Spec spec = {
      .kind = "schedule",
      .name = "cosine",
      .one_line = "half a cosine from the full rate down to the floor",
      .text =
          "Wins as a default: it has nothing to tune but its length, and the last steps are small "
          "and settle the model. Fails when training stops before its end, early or by a budget: "
          "the rate is then still high (Hoffmann et al. 2022, arXiv:2203.15556, appendix B); `wsd` "
          "can be stopped. Equal to torch.optim.lr_scheduler.CosineAnnealingLR.",
      .params = {FloorParam(), WarmupParam()},
      .synonyms = {"cosine annealing"},
      .source = "Loshchilov and Hutter 2017, arXiv:1608.03983"};
  return spec;
}

const Spec& PolynomialSpec() {
  static const Spec spec = {
      .kind = "schedule",
      .name = "polynomial",
      .one_line = "a power of the share of steps that are left; linear at power 1",
      .text =
          "Wins at power 1 (linear to zero): for language models it is as good as cosine or better "
          "(Bergsma et al. 2025, arXiv:2502.15938). Fails when training stops before its end, as "
          "`cosine` does. Equal to torch.optim.lr_scheduler.PolynomialLR.",
      .params = {{.name = "power",
                  .type = ParamType::kFloat,
                  .what = "power of the share that is left",
                  .fallback = 1.0,
                  .min = 0,
                  .max = 20,
                  .min_open = true,
                  .larger = "falls early",
                  .smaller = "falls late"},
                 FloorParam(),
                 WarmupParam()},
      .synonyms = {"linear", "linear decay", "poly"},
      .source = "Chen et al. 2017, arXiv:1606.00915, section 4.1"};
  return spec;
}

const Spec& PlateauSpec() {
  static const Spec spec = {
      .kind = "schedule",
      .name = "plateau",
      .one_line = "multiply the rate by a factor when the monitored value stops improving",
      .text =
          "Wins where the length of the training is not known and the score is steady. Fails on "
          "noisy scores of few rows, which it takes for a standstill, and drops too early; it "
          "follows the score that `early_stopping` watches, so its patience must be the smaller "
          "one. Equal to torch.optim.lr_scheduler.ReduceLROnPlateau with a relative threshold, "
          "once an epoch.",
      .params = {DropFactorParam(),
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
                 WarmupParam()},
      .synonyms = {"reduce on plateau"},
      .source = "torch.optim.lr_scheduler.ReduceLROnPlateau"};
  return spec;
}

}  // namespace bottega
