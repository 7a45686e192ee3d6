#include "metric/evaluate_section_spec.h"

namespace bottega {

const Spec& EvaluateSection() {
  static const Spec spec = {
      .kind = "section",
      .name = "evaluate",
      .one_line = "how scores, their intervals and calibration are computed",
      .text =
          "Every metric of the task is computed on every part; intervals are bootstrap "
          "percentiles over rows.",
      .params =
          {
              {.name = "primary",
               .type = ParamType::kText,
               .what = "the metric that the report leads with; auto: accuracy, or "
                       "balanced_accuracy when one class holds over 80 % of the training rows, or "
                       "r2 for a number",
               .fallback = "auto"},
              {.name = "resamples",
               .type = ParamType::kInt,
               .what = "bootstrap resamples behind each interval, fewer for parts of over 200,000 "
                       "rows; 0 for no intervals",
               .fallback = 1000,
               .min = 0,
               .max = 100000,
               .larger = "the intervals' ends vary less with the seed; the time grows with it",
               .source = "Efron and Tibshirani 1993, An Introduction to the Bootstrap"},
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
              {.name = "bins",
               .type = ParamType::kInt,
               .what = "bins of the calibration table and of ece; scores while a model is trained "
                       "or tuned, and those of `runs compare`, are of 10",
               .fallback = 10,
               .min = 2,
               .max = 100,
               .larger = "a finer curve with fewer rows a bin; ece grows by chance alone",
               .source = "Guo et al., On calibration of modern neural networks, ICML 2017"},
              {.name = "few_rows",
               .type = ParamType::kInt,
               .what = "a part with fewer rows gets a warning; so does a class with less than a "
                       "tenth of this",
               .fallback = 100,
               .min = 0,
               .max = 1000000},
          },
      .ignored = {{"level", "resamples", 0}, {"seed", "resamples", 0}},
  };
  return spec;
}

}  // namespace bottega
