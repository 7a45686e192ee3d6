// Curves drawn with characters, for a terminal.
#pragma once

#include <string>
#include <vector>

namespace bottega {

struct SketchedCurve {
  std::string name;
  std::string mark;       // one cell wide
  std::vector<double> y;  // one an epoch; NaN leaves a gap
};

// `height` rows and a line of names, each line at most `width` cells; the first and last value of
// the vertical axis stand at its ends. Later curves are drawn over earlier ones. "" where fewer
// than two numbers are finite.
std::string SketchCurves(const std::vector<SketchedCurve>& curves, int width, int height);

}  // namespace bottega
