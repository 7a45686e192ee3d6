#include "clean/clean_section_spec.h"

namespace bottega {

namespace {

std::vector<Param> Params() {
  return {
      {.name = "repairs",
       .type = ParamType::kComponentList,
       .what = "what is put right before the split, in this order",
       .fallback =
           Json::array({"strip_spaces", "merge_spellings", "convert_cells", "impossible_values",
                        "set_aside", "drop_duplicates", "drop_columns"}),
       .component = "repair"},
      {.name = "labels",
       .type = ParamType::kChoice,
       .what = "rows with a suspicious label: keep them, or set them aside; a label is never "
               "changed",
       .fallback = "keep",
       .choices = {"keep", "drop_suspicious"},
       .source = "Northcutt et al. 2021, Confident Learning"},
      {.name = "confidence",
       .type = ParamType::kFloat,
       .what = "how sure the audit must be of a suspicious label before its row is set aside",
       .fallback = 0.9,
       .min = 0,
       .max = 1,
       .larger = "fewer rows set aside"},
      {.name = "steps",
       .type = ParamType::kComponentList,
       .what = "what is learned from the training rows and applied to all, in this order",
       .fallback = Json::array({"dates", "words", "impute", "encode", "encode_numbers", "scale"}),
       .component = "step"},
  };
}

}  // namespace

const Spec& CleanSection() {
  static const Spec spec = {
      .kind = "section",
      .name = "clean",
      .one_line = "repairs before the split, fitted steps after it",
      .text =
          "Repairs learn nothing and never change the source: each is logged in "
          "`repairs.json`, what is set aside goes to `quarantine/`, and every one can be "
          "undone. Steps learn from training rows only and are kept in `plan.json`; training, "
          "predict and serve apply the same plan.",
      .params = Params(),
      .ignored = {{"confidence", "labels", "keep"}},
  };
  return spec;
}

}  // namespace bottega
