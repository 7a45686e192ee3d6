// Parameters that several schedules declare in the same words.
#pragma once

#include "spec/spec.h"

namespace bottega {

inline Param WarmupParam() {
  return {.name = "warmup",
          .type = ParamType::kFloat,
          .what =
              "steps in which the rate rises linearly to its full value: a share of all steps "
              "below 1, else their number",
          .fallback = 0.0,
          .min = 0,
          .larger = "gentler start",
          .smaller = "full rate at once",
          .source = "Goyal et al. 2017, arXiv:1706.02677, section 2.2"};
}

inline Param FloorParam() {
  return {.name = "floor",
          .type = ParamType::kFloat,
          .what = "share of the rate that is left at the end",
          .fallback = 0.0,
          .min = 0,
          .max = 1,
          .larger = "keeps learning to the end",
          .smaller = "settles fully"};
}

inline Param DropFactorParam() {
  return {.name = "factor",
          .type = ParamType::kFloat,
          .what = "what a drop multiplies by",
          .fallback = 0.1,
          .min = 0,
          .max = 1,
          .larger = "smaller drops",
          .smaller = "larger drops"};
}

}  // namespace bottega
