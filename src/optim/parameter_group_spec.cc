#include "optim/parameter_group_spec.h"

namespace bottega {

const Spec& ParameterGroupSection() {
  static const Spec spec = {
      .kind = "section",
      .name = "parameter_group",
      .one_line = "parameters of the model by name, and what is different for them in an update",
      .text =
          "An entry of `train.groups`, as in `train.groups: [{match: \"head.*\", lr_scale: 10}, "
          "{match: \"embeddings.*\", weight_decay: 0}]`. Entries act in their order, on what the "
          "optimizer, `train.no_decay` and `train.layer_decay` have set: `l2` and `weight_decay` "
          "replace it, `lr_scale` multiplies. A pattern that matches nothing is an error.",
      .params = {{.name = "match",
                  .type = ParamType::kText,
                  .what = "pattern over whole names of parameters: * is any text, ? any character",
                  .required = true},
                 {.name = "lr_scale",
                  .type = ParamType::kFloat,
                  .what = "factor of the learning rate; 0 freezes",
                  .fallback = 1.0,
                  .min = 0,
                  .larger = "these learn faster",
                  .smaller = "these keep what they are"},
                 {.name = "l2",
                  .type = ParamType::kFloat,
                  .what = "coupled decay of these; null: as set elsewhere",
                  .fallback = nullptr,
                  .min = 0,
                  .larger = "smaller weights",
                  .smaller = "freer weights"},
                 {.name = "weight_decay",
                  .type = ParamType::kFloat,
                  .what = "decoupled decay of these; null: as set elsewhere",
                  .fallback = nullptr,
                  .min = 0,
                  .larger = "smaller weights",
                  .smaller = "freer weights"}},
      .synonyms = {"param groups", "parameter groups"}};
  return spec;
}

}  // namespace bottega
