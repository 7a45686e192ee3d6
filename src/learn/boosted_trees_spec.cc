#include "learn/table_models_specs.h"

namespace bottega {

namespace {

constexpr const char* kSource =
    "Chen and Guestrin, XGBoost: A Scalable Tree Boosting System, KDD 2016";

std::vector<Param> LengthParams() {
  return {
      {.name = "rounds",
       .type = ParamType::kInt,
       .what = "most rounds; each adds a tree, or one a class",
       .fallback = 500,
       .min = 1,
       .max = 100000,
       .larger = "closer fit, slower; early stopping ends it",
       .smaller = "may stop before it has learned all"},
      {.name = "learning_rate",
       .type = ParamType::kFloat,
       .what = "share of each tree that is added",
       .fallback = 0.1,
       .min = 0,
       .max = 1,
       .min_open = true,
       .larger = "fewer rounds, coarser",
       .smaller = "more rounds, mostly a little better",
       .source = "Friedman 2001, Annals of Statistics 29"},
      {.name = "patience",
       .type = ParamType::kInt,
       .what = "rounds without a better validation score after which it stops; the trees up to the "
               "best round become the model. null: all rounds",
       .fallback = 25,
       .min = 1,
       .max = 100000,
       .unit = "rounds",
       .larger = "longer fit, fewer missed gains",
       .smaller = "earlier stop"},
  };
}

std::vector<Param> TreeParams() {
  return {
      {.name = "max_depth",
       .type = ParamType::kInt,
       .what = "most questions from a tree's root to a leaf",
       .fallback = 6,
       .min = 1,
       .max = 20,
       .larger = "columns that matter only together are seen; overfits sooner",
       .smaller = "smoother"},
      {.name = "min_child_weight",
       .type = ParamType::kFloat,
       .what = "least sum of second derivatives in a leaf: rows for values, rows times p (1 - p) "
               "for classes",
       .fallback = 1.0,
       .min = 0,
       .larger = "no leaf for a few rows; smoother",
       .smaller = "finer structure, and noise"},
      {.name = "min_gain",
       .type = ParamType::kFloat,
       .what = "least gain of the loss for which a leaf is split (gamma)",
       .fallback = 0.0,
       .min = 0,
       .larger = "smaller trees",
       .smaller = "larger trees"},
      {.name = "bins",
       .type = ParamType::kInt,
       .what = "values that a number is told apart by",
       .fallback = 256,
       .min = 2,
       .max = 65536,
       .larger = "finer thresholds, slower",
       .smaller = "faster"},
  };
}

std::vector<Param> PenaltyParams() {
  return {
      {.name = "subsample",
       .type = ParamType::kFloat,
       .what = "share of the rows that each round learns from",
       .fallback = 1.0,
       .min = 0,
       .max = 1,
       .min_open = true,
       .smaller = "less overfitting, noisier rounds",
       .source = "Friedman 2002, Computational Statistics and Data Analysis 38"},
      {.name = "column_share",
       .type = ParamType::kFloat,
       .what = "share of the columns that each tree may ask about",
       .fallback = 1.0,
       .min = 0,
       .max = 1,
       .min_open = true,
       .smaller = "trees differ more; helps where many columns say the same"},
      {.name = "l2",
       .type = ParamType::kFloat,
       .what = "squared penalty on the leaves' values (lambda)",
       .fallback = 1.0,
       .min = 0,
       .larger = "smaller steps where rows are few",
       .smaller = "closer fit"},
      {.name = "l1",
       .type = ParamType::kFloat,
       .what = "absolute penalty on the leaves' values (alpha)",
       .fallback = 0.0,
       .min = 0,
       .larger = "more leaves that say nothing",
       .smaller = "closer fit"},
  };
}

Spec MakeSpec() {
  Spec spec = {
      .kind = "model",
      .name = "boosted_trees",
      .one_line = "gradient-boosted decision trees of XGBoost's library, for tables",
      .text =
          "Each round adds a tree that corrects what the trees before it get wrong. Categories are "
          "XGBoost's own, split by sets of values. Hard to beat on tables of some hundred to some "
          "hundred thousand rows; networks need tuning to match it. Its answers jump at thresholds "
          "and never leave the range of the training targets. The trees lie in model/trees.ubj, "
          "which XGBoost's other interfaces read."};
  for (const auto& group : {LengthParams(), TreeParams(), PenaltyParams()}) {
    spec.params.insert(spec.params.end(), group.begin(), group.end());
  }
  spec.synonyms = {"xgboost", "gradient boosting", "gbdt", "gbm", "boosting", "lightgbm", "trees"};
  spec.source = kSource;
  return spec;
}

}  // namespace

const Spec& BoostedTreesSpec() {
  static const Spec spec = MakeSpec();
  return spec;
}

}  // namespace bottega
