// A curve drawn with characters, for a terminal.
#pragma once

#include <string>
#include <vector>

namespace bottega {

struct LineSketch {
  std::vector<double> x, y;  // NaN leaves a gap
  bool log_x = false;
  double mark_x = 0;  // a column of `|` there, where above 0
  std::string x_label, y_label;
  int width = 80, height = 12;  // of the whole, in cells
};

// Lines that end in a newline; "" where there is nothing finite to draw.
std::string DrawSketch(const LineSketch& sketch);

}  // namespace bottega
