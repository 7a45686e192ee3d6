// Curves drawn with characters, for a terminal.
#pragma once

#include <string>
#include <vector>

namespace bottega {

struct SketchedCurve {
  std::string name;
  char mark = '*';
  std::vector<double> x, y;  // NaN leaves a gap
};

struct Sketch {
  std::vector<SketchedCurve> curves;  // later ones are drawn over earlier ones
  bool log_x = false;
  double mark_x = 0;  // a column of `|` there, where above 0
  std::string x_label, y_label;
  int width = 80, height = 12;  // of the whole, in cells; narrower where there are few points
};

// Lines that end in a newline: the curves over an axis, and where there are several a line that
// names their marks. "" where fewer than two points are finite.
std::string DrawSketch(const Sketch& sketch);

}  // namespace bottega
