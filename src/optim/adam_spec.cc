#include "optim/optimizers_specs.h"
#include "optim/shared_params_spec.h"

namespace bottega {

const Spec& AdamSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "adam",
      .one_line = "steps scaled by running means of the gradient and of its square",
      .text =
          "Wins where gradients are noisy or of unequal scale, and needs little tuning (Schmidt et "
          "al. 2021, arXiv:2007.01547). Fails with l2: it is divided by the gradient's scale, so "
          "that weights with large gradients hardly decay; `adamw` mends that. Can fail to "
          "converge "
          "where rare gradients matter most; `amsgrad` mends that (Reddi et al. 2018).",
      .params = {LearningRateParam(1e-3), Beta1Param(0.9), Beta2Param(0.999), EpsilonParam(1e-8),
                 L2Param(), AmsgradParam()},
      .source = "Kingma and Ba 2015, arXiv:1412.6980",
      .renamed = {CoupledDecayRenamed("adamw")}};
  return spec;
}

const Spec& AdamwSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "adamw",
      .one_line = "Adam with weight decay apart from the gradient; a good default",
      .text =
          "Wins as a default: it trains tables, pictures and transformers at rates near 1e-3, and "
          "its decay does not depend on the gradient's scale (Loshchilov and Hutter 2019). Fails "
          "against well-tuned SGD on small convolutional networks (Wilson et al. 2017, "
          "arXiv:1705.08292), and needs two numbers a weight. By default norms and biases do not "
          "decay; `train.no_decay: none` lets all decay, as torch.optim.AdamW does.",
      .params = {LearningRateParam(1e-3), Beta1Param(0.9), Beta2Param(0.999), EpsilonParam(1e-8),
                 Decoupled(WeightDecayParam(0.01)), AmsgradParam()},
      .synonyms = {"adam with decoupled weight decay"},
      .source = "Loshchilov and Hutter 2019, arXiv:1711.05101"};
  return spec;
}

const Spec& NadamSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "nadam",
      .one_line = "Adam that looks ahead along its momentum, as Nesterov's method does",
      .text =
          "Wins a little speed over Adam early in training (Dozat 2016), and was among the best of "
          "a benchmark at its defaults (Schmidt et al. 2021, arXiv:2007.01547). Fails where Adam "
          "fails; with large batches the look-ahead gains nothing.",
      .params = {LearningRateParam(2e-3),
                 Beta1Param(0.9),
                 Beta2Param(0.999),
                 EpsilonParam(1e-8),
                 {.name = "momentum_decay",
                  .type = ParamType::kFloat,
                  .what = "how fast the momentum warms up from half of beta1",
                  .fallback = 4e-3,
                  .min = 0,
                  .larger = "full momentum sooner",
                  .smaller = "longer with half the momentum"},
                 L2Param(),
                 WeightDecayParam(0.0)},
      .synonyms = {"nesterov adam"},
      .source = "Dozat 2016, Incorporating Nesterov Momentum into Adam, ICLR workshop"};
  return spec;
}

const Spec& RadamSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "radam",
      .one_line = "Adam whose first steps wait until the scale of gradients is known",
      .text =
          "Wins where Adam needs a warm-up: the variance of its scale is large in the first steps, "
          "and this takes plain momentum steps until it is not (Liu et al. 2020). Fails to gain "
          "anything where a warm-up is set already (Ma and Yarats 2021, arXiv:1910.04209): it acts "
          "as one of about 2 / (1 - beta2) steps.",
      .params = {LearningRateParam(1e-3), Beta1Param(0.9), Beta2Param(0.999), EpsilonParam(1e-8),
                 L2Param(), WeightDecayParam(0.0)},
      .synonyms = {"rectified adam"},
      .source = "Liu et al. 2020, arXiv:1908.03265"};
  return spec;
}

const Spec& AdamaxSpec() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "adamax",
      .one_line = "Adam with the largest recent gradient in place of the mean square",
      .text =
          "Wins on sparse gradients, as of embeddings: a rare large gradient bounds the step and "
          "is remembered (Kingma and Ba 2015, section 7.1). Fails to be quick after one outlier: "
          "steps stay small until it is forgotten.",
      .params = {LearningRateParam(2e-3), Beta1Param(0.9), Beta2Param(0.999), EpsilonParam(1e-8),
                 L2Param(), WeightDecayParam(0.0)},
      .source = "Kingma and Ba 2015, arXiv:1412.6980, section 7.1"};
  return spec;
}

}  // namespace bottega
