// Numbers in metrics.json and fairness.json: undefined ones are null.
#pragma once

#include <cmath>

#include "base/json.h"
#include "metric/bootstrap.h"

namespace bottega {

inline Json NumberJson(double value) { return std::isfinite(value) ? Json(value) : Json(); }

inline Json ValueJson(double value, const Interval& interval) {
  return {{"value", NumberJson(value)},
          {"low", NumberJson(interval.low)},
          {"high", NumberJson(interval.high)}};
}

}  // namespace bottega
