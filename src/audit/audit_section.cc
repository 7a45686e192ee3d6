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
          "findings are (the gate compares with that).",
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
