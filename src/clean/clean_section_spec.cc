#include "clean/clean_section_spec.h"

namespace bottega {

namespace {

std::vector<Param> Params() {
  return {
      {.name = "repairs",
       .type = ParamType::kComponentList,
       .what = "what is put right before the split, in this order",
       .fallback = Json::array({"damaged_text", "strip_spaces", "mark_missing", "plain_numbers",
                                "unify_units", "unify_dates", "move_values", "merge_spellings",
                                "follow_rules", "impossible_values", "set_aside", "drop_duplicates",
                                "drop_columns"}),
       .component = "repair"},
      {.name = "sure",
       .type = ParamType::kFloat,
       .what = "how sure a repair must be to be applied without a person's word; what is less sure "
               "is suggested",
       .fallback = 0.8,
       .min = 0,
       .max = 1,
       .larger = "fewer repairs are applied, fewer of them wrong"},
      {.name = "version",
       .what = "what later stages read: auto (the newest version that `clean --apply` wrote for "
               "these data, or else the source with the repairs above), none (never a version), or "
               "the name of a version",
       .fallback = "auto"},
      {.name = "labels",
       .type = ParamType::kChoice,
       .what = "suspicious labels: keep them, set their rows aside, or correct them",
       .fallback = "keep",
       .choices = {"keep", "drop_suspicious", "correct_suspicious"},
       .source = "Northcutt et al. 2021, Confident Learning"},
      {.name = "confidence",
       .type = ParamType::kFloat,
       .what = "how sure the audit must be of a suspicious label before `labels` acts on its row; "
               "`sure` does not matter then",
       .fallback = 0.9,
       .min = 0,
       .max = 1,
       .larger = "fewer rows set aside or corrected"},
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
          "Repairs learn nothing and never change the source: each is planned in "
          "`repairs.json` with its evidence, what is set aside goes to `quarantine/`, and every "
          "one can be refused or undone. Steps learn from training rows only and are kept in "
          "`plan.json`; training, "
          "predict and serve apply the same plan.",
      .params = Params(),
      .ignored = {{"confidence", "labels", "keep"}},
  };
  return spec;
}

}  // namespace bottega
