#include "audit/audit_section.h"

#include "audit/check.h"

namespace bottega {

namespace {

Json AllChecks() {
  Json names = Json::array();
  for (const Check& check : Checks()) names.push_back(check.spec().name);
  return names;
}

}  // namespace

const Spec& AuditSection() {
  static const Spec spec = {
      .kind = "section",
      .name = "audit",
      .one_line = "which checks look at the data, how strict they are",
      .text =
          "The audit reads the data and writes findings; it never changes anything. Every check "
          "runs by default; one that has nothing to look at says why. `adjust` changes settings of "
          "single checks, `skip` leaves checks out, `severity` overrides how grave a check's "
          "findings are (the gate compares with that). `waivers` accept single findings until a "
          "day; "
          "`every` says how often the data are to be audited.",
      .params =
          {
              {.name = "checks",
               .type = ParamType::kComponentList,
               .what = "checks to run, in this order",
               .fallback = AllChecks(),
               .component = "check"},
              {.name = "adjust",
               .type = ParamType::kComponentList,
               .what = "checks with settings of their own, as in {suspicious_labels: {neighbors: "
                       "20}}; the others keep their defaults",
               .fallback = Json::array(),
               .component = "check"},
              {.name = "skip",
               .type = ParamType::kTextList,
               .what = "names of checks to leave out",
               .fallback = Json::array(),
               .component = "check"},
              {.name = "severity",
               .type = ParamType::kMap,
               .what = "check to severity (info, warning, error) of all its findings",
               .fallback = Json::object(),
               .choices = {"info", "warning", "error"},
               .component = "check"},
              {.name = "scenarios",
               .type = ParamType::kMap,
               .what = "situation to the condition that its rows meet, as in {night: 'brightness < "
                       "60'}, over columns and properties of pictures and texts; rows of each are "
                       "asked for",
               .fallback = Json::object()},
              {.name = "margin",
               .type = ParamType::kFloat,
               .what = "half width of the interval of a share that `--collect` plans rows for",
               .fallback = 0.05,
               .min = 0.005,
               .max = 0.5,
               .larger = "asks for fewer rows: 0.1 needs about a quarter of 0.05",
               .smaller = "asks for more rows"},
              {.name = "waivers",
               .type = ParamType::kMap,
               .what = "findings that are accepted, by id or CHECK:COLUMN, as in "
                       "{missing_values:age: {reason: asked for since 2025, until: 2027-01-31, by: "
                       "Ada}}; waivers.yaml beside the recipe holds more of them",
               .fallback = Json::object()},
              {.name = "every",
               .what = "how often the data are to be audited, as in 12h, 30d or 2w; `bottega audit "
                       "--due` tells whether it is time",
               .unit = "INTERVAL"},
              {.name = "max_age",
               .type = ParamType::kText,
               .what = "how old a record may be, as in 36h, 365d, 52w, 18mo or 2y (stale_rows)"},
              {.name = "date_column",
               .type = ParamType::kText,
               .what = "column that dates the records (the one whose role is time when not set)"},
              {.name = "sample",
               .type = ParamType::kInt,
               .what = "rows that the costly comparisons (suspicious labels) look at",
               .fallback = 50'000,
               .min = 100,
               .unit = "rows",
               .larger = "looks at more rows of big tables and takes longer",
               .smaller = "is faster and may miss wrong labels"},
              {.name = "large",
               .type = ParamType::kInt,
               .what = "size from which a table is read piece by piece: missing cells, constant "
                       "columns, classes and copies are counted over all rows, the other checks "
                       "look at `large_sample` rows",
               .fallback = 256,
               .min = 1,
               .unit = "MB",
               .larger = "holds larger tables whole, in about six times their size of memory",
               .smaller = "needs less memory"},
              {.name = "large_sample",
               .type = ParamType::kInt,
               .what = "rows of a large table that checks look at, drawn evenly",
               .fallback = 200'000,
               .min = 100,
               .unit = "rows",
               .larger = "finds rarer defects and takes more time and memory",
               .smaller = "is faster and may miss rare defects"},
              {.name = "level",
               .type = ParamType::kFloat,
               .what = "level of the intervals in findings",
               .fallback = 0.95,
               .min = 0.5,
               .max = 0.9999},
              {.name = "seed",
               .type = ParamType::kInt,
               .what = "seed of samples and resampling",
               .fallback = 7,
               .min = 0},
          },
  };
  return spec;
}

}  // namespace bottega
