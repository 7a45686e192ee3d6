#include "data/expect_section_spec.h"

namespace bottega {

const Spec& ExpectSection() {
  static const Spec spec = {
      .kind = "section",
      .name = "expect",
      .one_line = "what the data must look like: columns, types, ranges, values",
      .text =
          "`bottega schema infer DATA` writes it from data that are right, `bottega schema check "
          "DATA` holds other data to it, and the audit does (check broken_expectations). Of a "
          "column "
          "are understood: `type`; `required` (that the column is there, true); `missing` (largest "
          "share of empty cells, 1); `unique` (false); `min` and `max` of numbers and dates; "
          "`values`, "
          "the list of those allowed; `pattern`, a regular expression (RE2) for the whole cell; "
          "`length`, [fewest, most] characters.",
      .params =
          {
              {.name = "rows",
               .type = ParamType::kMap,
               .what = "{min: ..., max: ...}: how many rows there must be",
               .fallback = Json::object()},
              {.name = "extra_columns",
               .type = ParamType::kChoice,
               .what = "whether columns that are not listed may be there",
               .fallback = "allow",
               .choices = {"allow", "refuse"}},
              {.name = "columns",
               .type = ParamType::kMap,
               .what = "column to what is expected of it, as in {age: {type: number, min: 0, max: "
                       "120, missing: 0.02}}",
               .fallback = Json::object()},
          },
  };
  return spec;
}

}  // namespace bottega
