#include "learn/table_models_specs.h"

namespace bottega {

SpecList TableModelSpecs() {
  return {&MajoritySpec(), &LinearSpec(), &KnnSpec(), &BoostedTreesSpec()};
}

const Spec& MajoritySpec() {
  static const Spec spec = {
      .kind = "model",
      .name = "majority",
      .one_line = "answers the same for every row: the floor under every model",
      .text =
          "Its probabilities are the shares of the classes among the training rows; its value is "
          "their mean or median. What does no better has learned nothing.",
      .params = {{.name = "of_values",
                  .type = ParamType::kChoice,
                  .what = "what a regression answers: the mean leaves the least squared error, the "
                          "median the least absolute one",
                  .fallback = "mean",
                  .choices = {"mean", "median"}}},
      .synonyms = {"dummy", "most frequent", "baseline", "constant", "mean", "median"}};
  return spec;
}

const Spec& LinearSpec() {
  static const Spec spec = {
      .kind = "model",
      .name = "linear",
      .one_line = "logistic, softmax or ridge regression for tables",
      .text =
          "Two classes get a logistic regression, more a softmax, values a ridge regression, over "
          "the scaled numbers and one column a category; fitted to convergence by L-BFGS. It wins "
          "on few rows and where effects add up, is quick, and its weights can be read. It cannot "
          "see that one column matters only given another.",
      .params = {{.name = "l2",
                  .type = ParamType::kFloat,
                  .what = "strength of the squared penalty on weights, beside the sum of the rows' "
                          "losses: scikit-learn's 1 / C, and alpha of its Ridge",
                  .fallback = 1.0,
                  .min = 0,
                  .larger = "smaller weights, smoother answers",
                  .smaller = "closer fit; may not converge on classes that can be parted",
                  .source = "Hoerl and Kennard 1970, Technometrics 12"},
                 {.name = "iterations",
                  .type = ParamType::kInt,
                  .what = "most iterations of the solver",
                  .fallback = 500,
                  .min = 1,
                  .max = 100000},
                 {.name = "tolerance",
                  .type = ParamType::kFloat,
                  .what = "the fit has converged when no derivative of the mean loss is larger",
                  .fallback = 1e-4,
                  .min = 0,
                  .larger = "earlier end, less exact",
                  .smaller = "more iterations"}},
      .synonyms = {"logistic regression", "softmax regression", "ridge regression",
                   "linear regression", "logit", "ridge"},
      .source = "Nocedal and Wright, Numerical Optimization, 2006, algorithm 7.5"};
  return spec;
}

const Spec& KnnSpec() {
  static const Spec spec = {
      .kind = "model",
      .name = "knn",
      .one_line = "the k nearest training rows vote, for tables",
      .text =
          "Distances are Euclidean over the standardized numbers; two different categories are as "
          "far apart as numbers that differ by one deviation. It needs no training, and each "
          "answer takes a pass over all training rows, which the model holds: whoever has the "
          "model has the data.",
      .params = {{.name = "k",
                  .type = ParamType::kInt,
                  .what = "neighbours that vote",
                  .fallback = 15,
                  .min = 1,
                  .max = 10000,
                  .unit = "rows",
                  .larger = "smoother; small classes are outvoted",
                  .smaller = "finer structure, and noise"},
                 {.name = "weights",
                  .type = ParamType::kChoice,
                  .what = "a vote counts the same, or as one over its distance",
                  .fallback = "uniform",
                  .choices = {"uniform", "distance"}}},
      .synonyms = {"nearest neighbours", "nearest neighbors", "k-nearest neighbors"},
      .source = "Cover and Hart 1967, IEEE Transactions on Information Theory 13"};
  return spec;
}

}  // namespace bottega
