#include "model/models_specs.h"

namespace bottega {

namespace {

constexpr int64_t kSmallPicture = 96;

}  // namespace

const Spec& AutoModelSpec() {
  static const Spec spec = {
      .kind = "model",
      .name = "auto",
      .one_line =
          "the model that fits the data: the best of several on a table, a resnet for "
          "pictures",
      .text =
          "On a table it trains each of its candidates with its defaults and keeps the one with "
          "the best score on the validation part, or a blend of them where that is better by more "
          "than `margin`. Which were trained, how they scored and what was kept stands in "
          "candidates.json; each lies in candidates/ as a training of its own. Pictures up to 96 "
          "px get `resnet_small`, larger ones `resnet18`. The recipe of the run records the "
          "choice.",
      .params =
          {
              {.name = "candidates",
               .type = ParamType::kTextList,
               .what = "models of tables that are tried, each with its defaults; not set: linear, "
                       "knn (up to 50,000 training rows), boosted_trees (where XGBoost's library "
                       "is), mlp",
               .fallback = nullptr,
               .component = "model"},
              {.name = "blend",
               .type = ParamType::kBool,
               .what = "whether a weighted mean of candidates may be kept",
               .fallback = true,
               .source = "Caruana et al., Ensemble Selection from Libraries of Models, ICML 2004"},
              {.name = "margin",
               .type = ParamType::kFloat,
               .what = "how much better than the best candidate a blend has to be, as a share of "
                       "that one's validation loss, or of 1 - score",
               .fallback = 0.01,
               .min = 0,
               .max = 1,
               .larger = "rather a single model, which is simpler and answers faster",
               .smaller = "a blend for small gains, which may be chance"},
          },
      .synonyms = {"default", "automatic", "automl", "ensemble", "blend", "stacking"},
      .source = "Caruana et al. 2004"};
  return spec;
}

Json ResolveModel(const Json& model, const ModelInput& input) {
  if (model.at("name") != "auto") return model;
  if (input.picture_size <= 0) return DefaultModel("mlp");
  return DefaultModel(input.picture_size <= kSmallPicture ? "resnet_small" : "resnet18");
}

}  // namespace bottega
