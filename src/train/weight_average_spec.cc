#include "train/weight_average_spec.h"

namespace bottega {

const Spec& EmaSpec() {
  static const Spec spec = {
      .kind = "average",
      .name = "ema",
      .one_line = "exponential moving average of the weights over the steps",
      .text =
          "After step t every weight's average moves by 1 - d towards the weight, with d = decay, "
          "or during `warmup` d = min(decay, 1 - t^(-2/3)). Each epoch scores the average, "
          "which becomes the model, and beside it the weights themselves (raw.*).",
      .params = {{.name = "decay",
                  .type = ParamType::kFloat,
                  .what = "share of the average that a step keeps",
                  .fallback = 0.999,
                  .min = 0,
                  .max = 0.9999999,
                  .larger = "smoother, lags behind; needs more steps",
                  .smaller = "follows the weights"},
                 {.name = "warmup",
                  .type = ParamType::kBool,
                  .what = "forget the first steps sooner",
                  .fallback = true,
                  .source = "timm's ModelEmaV3"}},
      .synonyms = {"exponential moving average", "polyak averaging", "weight averaging",
                   "mean teacher"},
      .source = "Polyak and Juditsky 1992; the schedule of the decay: timm",
      .regularizer =
          Regularizer{.helps = "noisy steps: small batches, high learning rates, wrong labels",
                      .costs = "a copy of the weights, one more scoring an epoch; lags in short "
                               "trainings",
                      .set = "train.average=ema"}};
  return spec;
}

const Spec& SwaSpec() {
  static const Spec spec = {
      .kind = "average",
      .name = "swa",
      .one_line = "stochastic weight averaging: the equal mean of the last epochs' weights",
      .text =
          "From epoch `from` on, the mean of the weights at the ends of epochs is scored, and "
          "becomes the model where it is best. Statistics of batch norms are computed anew for "
          "it, over all training rows. Early stopping waits until the mean has begun.",
      .params = {{.name = "from",
                  .type = ParamType::kFloat,
                  .what = "where averaging begins: an epoch from 1 on, or a share of the epochs "
                          "below 1",
                  .fallback = 0.75,
                  .min = 0,
                  .min_open = true,
                  .larger = "fewer, better weights in the mean",
                  .smaller = "more weights, earlier ones too",
                  .source = "Izmailov et al. 2018, section 4.1"},
                 {.name = "lr",
                  .type = ParamType::kFloat,
                  .what = "constant learning rate while averaging; not set: the schedule's, which "
                          "should then not fall to 0",
                  .fallback = nullptr,
                  .min = 0,
                  .min_open = true,
                  .larger = "weights further apart: a wider mean",
                  .smaller = "weights closer together: the mean adds little",
                  .source = "Izmailov et al. 2018, section 3.1"}},
      .synonyms = {"stochastic weight averaging", "weight averaging"},
      .source = "Izmailov et al. 2018, arXiv:1803.05407",
      .regularizer = Regularizer{.helps = "long trainings whose late weights circle a minimum",
                                 .costs = "the last epochs at a higher learning rate, a pass over "
                                          "the rows for batch norms",
                                 .set = "train.average={swa: {lr: 0.001}}"}};
  return spec;
}

SpecList WeightAverageSpecs() { return {&EmaSpec(), &SwaSpec()}; }

}  // namespace bottega
