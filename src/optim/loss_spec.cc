#include <algorithm>

#include "base/error.h"
#include "optim/losses_specs.h"

namespace bottega {

namespace {

Param ClassWeights() {
  return {.name = "class_weights",
          .type = ParamType::kFloatList,
          .what = "weight of each class's samples, in the order of the classes; not set: 1",
          .fallback = nullptr,
          .min = 0,
          .larger = "that class's mistakes cost more",
          .smaller = "that class's mistakes cost less"};
}

Param Costs(const std::string& what) {
  return {.name = "costs",
          .type = ParamType::kMap,
          .what = what +
                  ", as in {fraud: {ok: 50}} (fraud taken for ok), or {false_positive: 1, "
                  "false_negative: 5} for two classes; what is not given costs 1",
          .fallback = Json::object(),
          .synonyms = {"cost matrix", "cost-sensitive", "error costs"}};
}

Param UseErrorCosts() {
  return {.name = "use_error_costs",
          .type = ParamType::kBool,
          .what = "take the costs from `use.error_costs`",
          .fallback = false};
}

}  // namespace

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
                 ClassWeights(),
                 Costs("what each mistake costs: classes are weighted by the mean cost of their "
                       "mistakes"),
                 UseErrorCosts()},
      .synonyms = {"log loss", "softmax loss", "negative log likelihood"},
      .source = "Good 1952"};
  return spec;
}

const Spec& FocalSpec() {
  static const Spec spec = {
      .kind = "loss",
      .name = "focal",
      .one_line = "cross-entropy that counts rows less the surer they are right",
      .text =
          "Each row's cross-entropy times (1 - p)^gamma, where p is the probability given to its "
          "class. Helps where easy rows of one class drown the rest, as background does in "
          "detection; probabilities come out too modest, because it is no proper score "
          "(Charoenphakdee et al. 2021, arXiv:2011.09172). The paper's alpha is `class_weights`.",
      .params = {{.name = "gamma",
                  .type = ParamType::kFloat,
                  .what = "power of one minus the probability; 0: cross-entropy",
                  .fallback = 2.0,
                  .min = 0,
                  .max = 20,
                  .larger = "only the hard rows count, mislabelled ones too",
                  .smaller = "closer to cross-entropy",
                  .source = "Lin et al. 2017, arXiv:1708.02002, section 3.2"},
                 ClassWeights()},
      .synonyms = {"focal loss"},
      .source = "Lin et al. 2017, arXiv:1708.02002"};
  return spec;
}

const Spec& OrdinalSpec() {
  static const Spec spec = {
      .kind = "loss",
      .name = "ordinal",
      .one_line = "cross-entropy of being above each class, for classes with an order",
      .text =
          "For grades, stars and severities: a mistake costs more the farther it is off. The "
          "model's probabilities are added up from the lowest class, and the log losses of the "
          "questions \"above class k?\" are averaged; so they never contradict each other "
          "(as in CORAL, Cao et al. 2020, arXiv:1901.07884), each log loss is proper, and with two "
          "classes it is cross-entropy. The order is `order`, or the value of class names that are "
          "numbers.",
      .params = {{.name = "order",
                  .type = ParamType::kTextList,
                  .what = "classes from the lowest to the highest; needed where their names are no "
                          "numbers",
                  .fallback = Json::array()}},
      .synonyms = {"cumulative link", "coral", "ordinal regression"},
      .source = "McCullagh 1980, JRSS B 42; Niu et al. 2016, CVPR"};
  return spec;
}

const Spec& ExpectedCostSpec() {
  static const Spec spec = {
      .kind = "loss",
      .name = "expected_cost",
      .one_line = "what the model's answers would cost, were they drawn from its probabilities",
      .text =
          "The sum of each class's probability times the cost of taking the row for it. Learns to "
          "decide, not to estimate: probabilities are driven to 0 and 1. For probabilities that "
          "stay usable, weight `cross_entropy` by `costs`.",
      .params = {Costs("what each mistake costs"), UseErrorCosts()},
      .synonyms = {"cost-sensitive loss"},
      .source = "Kukar and Kononenko 1998, ECAI"};
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

const Spec& QuantileSpec() {
  static const Spec spec = {
      .kind = "loss",
      .name = "quantile",
      .one_line = "pinball loss, for numbers: learns a quantile",
      .text =
          "Answers that are too low cost q times their error, those too high 1 - q times. Two "
          "models, of 0.05 and 0.95, give a 90 % interval.",
      .params = {{.name = "q",
                  .type = ParamType::kFloat,
                  .what = "share of targets that should lie below the answer",
                  .fallback = 0.5,
                  .min = 0.001,
                  .max = 0.999,
                  .larger = "higher answers",
                  .smaller = "lower answers"}},
      .synonyms = {"pinball", "pinball loss", "quantile regression"},
      .source = "Koenker and Bassett 1978, Econometrica 46"};
  return spec;
}

namespace {

bool IsForClasses(const std::string& name) {
  return std::ranges::count(
             std::vector<std::string>{"cross_entropy", "focal", "ordinal", "expected_cost"}, name) >
         0;
}

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
  if (classification != IsForClasses(name)) {
    throw Error(
        ErrorKind::kRecipe,
        "loss '" + name + "' does not fit a " + (classification ? "classification" : "regression"),
        {}, "bottega train --set train.loss=auto");
  }
  return loss;
}

}  // namespace bottega
