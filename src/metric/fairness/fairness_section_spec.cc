#include "metric/fairness/fairness_section_spec.h"

namespace bottega {

const Spec& FairnessSection() {
  static const Spec spec = {
      .kind = "section",
      .name = "fairness",
      .one_line = "how the groups of the sensitive columns (data.sensitive) are compared",
      .text =
          "Each group's scores with intervals, and the gaps between the best and the worst off "
          "group. A gap is the largest difference between any two groups, so that by chance "
          "alone it is above 0, the more so the smaller the groups.",
      .params =
          {
              {.name = "min_rows",
               .type = ParamType::kInt,
               .what = "groups with fewer rows in a part are shown, but left out of its gaps",
               .fallback = 30,
               .min = 1,
               .max = 1000000,
               .larger = "steadier gaps that say nothing of small groups",
               .smaller = "gaps that speak of every group and move by chance"},
              {.name = "resamples",
               .type = ParamType::kInt,
               .what = "bootstrap resamples behind each interval, fewer for parts of over 200,000 "
                       "rows; 0 for no intervals",
               .fallback = 1000,
               .min = 0,
               .max = 100000,
               .larger = "the intervals' ends vary less with the seed; the time grows with it"},
              {.name = "level",
               .type = ParamType::kFloat,
               .what = "confidence level of the intervals",
               .fallback = 0.95,
               .min = 0.5,
               .max = 0.999,
               .larger = "wider intervals that miss the true value less often"},
              {.name = "seed",
               .type = ParamType::kInt,
               .what = "another seed draws other resamples",
               .fallback = 7,
               .min = 0,
               .max = 9007199254740992.0},
          },
      .ignored = {{"level", "resamples", 0}, {"seed", "resamples", 0}},
      .source = "Bird et al. 2020, Fairlearn; Hardt et al. 2016, Equality of Opportunity",
  };
  return spec;
}

}  // namespace bottega
