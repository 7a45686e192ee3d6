#include "data/use_section_spec.h"

namespace bottega {

const Spec& UseSection() {
  static const Spec spec = {
      .kind = "section",
      .name = "use",
      .one_line = "what the model is for, who is affected, who answers for it",
      .text =
          "Written before anything is trained. What is left empty shows as an open question in "
          "every report.",
      .params =
          {
              {.name = "purpose",
               .type = ParamType::kText,
               .what = "what the model is for, in one sentence",
               .fallback = ""},
              {.name = "purposes",
               .type = ParamType::kTextList,
               .what = "the same in the terms that the data's sources use (data.purposes), as in "
                       "[credit_scoring]",
               .fallback = Json::array()},
              {.name = "affected",
               .type = ParamType::kText,
               .what = "whom its answers touch",
               .fallback = ""},
              {.name = "excluded_uses",
               .type = ParamType::kTextList,
               .what = "what it must not be used for",
               .fallback = Json::array()},
              {.name = "owner",
               .type = ParamType::kText,
               .what = "who answers for it: a person or a team",
               .fallback = ""},
              {.name = "error_costs",
               .type = ParamType::kMap,
               .what =
                   "kind of error to its cost, as in {false_positive: 1, false_negative: 5}, in "
                   "any one unit",
               .fallback = Json::object()},
              {.name = "sample",
               .type = ParamType::kText,
               .what = "file with rows as they will come in deployment, relative to the recipe"},
          },
      .examples = {"bottega list section use"},
  };
  return spec;
}

}  // namespace bottega
