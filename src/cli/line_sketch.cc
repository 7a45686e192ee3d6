#include "cli/line_sketch.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/text.h"

namespace bottega {

namespace {

constexpr size_t kMargin = 10;  // for the numbers at the left

struct Extent {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  void Add(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  // Cell 0 .. cells - 1.
  size_t At(double value, size_t cells) const {
    const double share = high > low ? (value - low) / (high - low) : 0.5;
    return static_cast<size_t>(std::llround(share * static_cast<double>(cells - 1)));
  }
};

std::string Left(const std::string& text) {
  const size_t width = static_cast<size_t>(DisplayWidth(text));
  return std::string(width < kMargin - 2 ? kMargin - 2 - width : 0, ' ') + text;
}

std::string Footer(const LineSketch& sketch, const Extent& across, size_t columns) {
  const auto number = [&](double v) { return FormatNumber(sketch.log_x ? std::pow(10, v) : v, 3); };
  const std::string low = number(across.low), high = number(across.high);
  std::string line = low + std::string(columns, ' ');
  const size_t middle = columns / 2, half = sketch.x_label.size() / 2;
  if (middle > half + low.size()) {
    line.replace(middle - half, sketch.x_label.size(), sketch.x_label);
  }
  line.resize(columns > high.size() ? columns - high.size() : 0, ' ');
  return std::string(kMargin, ' ') + line + high + "\n";
}

}  // namespace

std::string DrawSketch(const LineSketch& sketch) {
  const auto place = [&](double x) { return sketch.log_x ? std::log10(x) : x; };
  Extent across, up;
  for (size_t i = 0; i < sketch.x.size(); ++i) {
    if (!std::isfinite(sketch.y[i])) continue;
    across.Add(place(sketch.x[i]));
    up.Add(sketch.y[i]);
  }
  if (!(across.low <= across.high)) return "";
  const size_t columns = static_cast<size_t>(std::max(24, sketch.width)) - kMargin - 1;
  const size_t rows = static_cast<size_t>(std::max(3, sketch.height - 2));
  std::vector<std::string> cells(rows, std::string(columns, ' '));
  if (sketch.mark_x > 0) {
    for (std::string& row : cells) row[across.At(place(sketch.mark_x), columns)] = '|';
  }
  for (size_t i = 0; i < sketch.x.size(); ++i) {
    if (!std::isfinite(sketch.y[i])) continue;
    cells[rows - 1 - up.At(sketch.y[i], rows)][across.At(place(sketch.x[i]), columns)] = '*';
  }
  std::string text;
  if (!sketch.y_label.empty()) text += Left(sketch.y_label) + "\n";
  for (size_t row = 0; row < rows; ++row) {
    const double value =
        up.high - (up.high - up.low) * static_cast<double>(row) / static_cast<double>(rows - 1);
    const bool labelled = row == 0 || row + 1 == rows || row == rows / 2;
    std::string line = Left(labelled ? FormatNumber(value, 3) : "") + " |" + cells[row];
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  text += std::string(kMargin - 1, ' ') + "+" + std::string(columns, '-') + "\n";
  return text + Footer(sketch, across, columns);
}

}  // namespace bottega
