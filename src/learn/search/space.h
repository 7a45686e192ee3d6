// The ranges that a search draws the recipe's settings from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"

namespace bottega {

// A point of the unit cube, one coordinate in [0, 1) a dimension.
using UnitPoint = std::vector<double>;

struct Dimension {
  std::string path;           // of the recipe, as in "train.optimizer.lr"
  std::vector<Json> choices;  // not empty: one of these, in no order
  double low = 0, high = 1;   // a range, both ends included
  bool log = false;           // even on a logarithmic scale
  bool integer = false;       // rounded to whole numbers
  int64_t points = 5;         // values that a grid takes from the range

  bool categorical() const { return !choices.empty(); }
  // The value at coordinate u. A categorical dimension has equal shares of [0, 1).
  Json Value(double u) const;
  // The choice that u falls on.
  size_t Choice(double u) const;
  // Values of a grid: every choice, or `points` values from end to end, doubles left out.
  std::vector<Json> GridValues() const;
};

class SearchSpace {
 public:
  // {path: [choices...]} or {path: {low: 1e-4, high: 0.1, log: true, integer: false, points: 5}}.
  // Errors: kRecipe naming the path, for ranges that make no sense.
  static SearchSpace FromJson(const Json& space);

  const std::vector<Dimension>& dimensions() const { return dimensions_; }
  size_t size() const { return dimensions_.size(); }
  // {path: value} at a point.
  Json Settings(const UnitPoint& point) const;
  int64_t GridSize() const;
  // Point number `number` of the grid, the last dimension fastest: its middle of each value's
  // share.
  UnitPoint GridPoint(int64_t number) const;
  // {path: value} of grid point `number`.
  Json GridSettings(int64_t number) const;

 private:
  std::vector<Dimension> dimensions_;
};

}  // namespace bottega
