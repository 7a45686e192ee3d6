#include "base/error.h"
#include "optim/losses_specs.h"

namespace bottega {

const Spec& AutoLossSpec() {
  static const Spec spec = {.kind = "loss",
                            .name = "auto",
                            .one_line = "cross_entropy for classes, mse for numbers",
                            .text = "The choice is written into the run's resolved recipe."};
  return spec;
}

const Spec& CrossEntropySpec() {
  static const Spec spec = {
      .kind = "loss",
      .name = "cross_entropy",
      .one_line = "minus the logarithm of the probability given to the true class",
      .text =
          "For classification with two or more classes. A proper score: it is smallest when the "
          "probabilities are right.",
      .params = {{.name = "label_smoothing",
                  .type = ParamType::kFloat,
                  .what = "share of each label spread evenly over all classes",
                  .fallback = 0.0,
                  .min = 0,
                  .max = 0.9,
                  .larger = "less confident model, robust to wrong labels",
                  .smaller = "sharper probabilities",
                  .source = "Szegedy et al. 2016, arXiv:1512.00567, section 7",
                  .regularizer =
                      Regularizer{.helps = "overconfident probabilities, a few wrong "
                                           "labels",
                                  .costs = "probabilities are too low where the truth "
                                           "is certain",
                                  .set = "train.loss={name: cross_entropy, label_smoothing: 0.1}",
                                  .synonyms = {"soft labels", "smoothing"}}},
                 {.name = "class_weights",
                  .type = ParamType::kFloatList,
                  .what = "weight of each class's samples, in the order of the classes; not set: 1",
                  .fallback = nullptr,
                  .min = 0,
                  .larger = "that class's mistakes cost more",
                  .smaller = "that class's mistakes cost less"}},
      .synonyms = {"log loss", "softmax loss", "negative log likelihood"},
      .source = "Good 1952"};
  return spec;
}

const Spec& MseSpec() {
  static const Spec spec = {.kind = "loss",
                            .name = "mse",
                            .one_line = "squared error, for numbers: learns the mean",
                            .text = "Large errors count most, outliers included.",
                            .synonyms = {"squared error", "l2"},
                            .source = "Gauss 1809"};
  return spec;
}

const Spec& L1LossSpec() {
  static const Spec spec = {.kind = "loss",
                            .name = "l1",
                            .one_line = "absolute error, for numbers: learns the median",
                            .text = "Outliers count no more than their distance.",
                            .synonyms = {"absolute error", "mae"},
                            .source = "Laplace 1774"};
  return spec;
}

const Spec& HuberSpec() {
  static const Spec spec = {
      .kind = "loss",
      .name = "huber",
      .one_line = "squared for small errors, absolute for large ones",
      .text = "A compromise between `mse` and `l1` for targets with outliers.",
      .params = {{.name = "delta",
                  .type = ParamType::kFloat,
                  .what =
                      "error at which the square turns into a line, in deviations of the target",
                  .fallback = 1.0,
                  .min = 0,
                  .min_open = true,
                  .larger = "closer to mse",
                  .smaller = "closer to l1"}},
      .synonyms = {"smooth l1"},
      .source = "Huber 1964, Annals of Mathematical Statistics 35"};
  return spec;
}

namespace {

// No loss has a component as a parameter, so that the defaults are the fallbacks.
Json AtDefaults(const Spec& spec) {
  Json settings = {{"name", spec.name}};
  for (const Param& param : spec.params) settings[param.name] = param.fallback;
  return settings;
}

}  // namespace

Json ResolveLoss(const Json& loss, bool classification) {
  const std::string name = loss.at("name").get<std::string>();
  if (name == "auto") return AtDefaults(classification ? CrossEntropySpec() : MseSpec());
  if (classification != (name == "cross_entropy")) {
    throw Error(
        ErrorKind::kRecipe,
        "loss '" + name + "' does not fit a " + (classification ? "classification" : "regression"),
        {}, "bottega train --set train.loss=auto");
  }
  return loss;
}

}  // namespace bottega
