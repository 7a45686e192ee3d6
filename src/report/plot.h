// Plots as inline SVG: labelled axes, a title for screen readers, colours from the page's custom
// properties (so that light and dark follow the page). Drawn 400 units wide, so that text keeps its
// size on a telephone. NaN values leave gaps. All text is escaped.
#pragma once

#include <string>
#include <vector>

namespace bottega {

struct Series {
  std::string name;
  std::vector<double> x, y;
  bool dashed = false;
  bool points = false;  // mark each point
};

struct LinePlot {
  std::string title, x_label, y_label, caption;
  std::vector<Series> series;
  double mark_x = 0;  // a vertical line with `mark_label`, when that is not empty
  std::string mark_label;
  bool diagonal = false;     // from (0, 0) to (1, 1)
  bool unit_square = false;  // both axes from 0 to 1
  bool log_x = false;        // powers of ten across; x above 0
};

struct IntervalRow {
  std::string label;
  double value = 0, low = 0, high = 0;  // NaN bounds: no whiskers
  int series = 0;                       // colour, from 0
};

struct IntervalPlot {
  std::string title, x_label, caption;
  std::vector<IntervalRow> rows;
  double reference = 0;  // a dashed vertical line with `reference_label`, when not empty
  std::string reference_label;
  bool percent = false;
};

struct BarGroup {
  std::string label;
  std::vector<double> values;  // one a series
};

struct BarPlot {
  std::string title, x_label, caption;
  std::vector<std::string> series;
  std::vector<BarGroup> groups;  // horizontal bars, one below the other
};

struct Heatmap {
  std::string title, x_label, y_label, caption;
  std::vector<std::string> labels;          // of rows and columns
  std::vector<std::vector<double>> values;  // [row][column], shown; shaded by share of the row
};

struct Histogram {
  std::string title, x_label, caption;
  std::vector<double> values;
  int bins = 24;
};

// <figure class="plot"> with the SVG, a legend where there are several series, and the caption.
std::string Draw(LinePlot plot);
std::string Draw(const IntervalPlot& plot);
std::string Draw(const BarPlot& plot);
std::string Draw(const Heatmap& plot);
std::string Draw(const Histogram& plot);

}  // namespace bottega
