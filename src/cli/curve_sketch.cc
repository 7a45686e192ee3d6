#include "cli/curve_sketch.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace bottega {

namespace {

struct Range {
  double low = INFINITY, high = -INFINITY;
  size_t points = 0, length = 0;
};

Range RangeOf(const std::vector<SketchedCurve>& curves) {
  Range range;
  for (const SketchedCurve& curve : curves) {
    range.length = std::max(range.length, curve.y.size());
    for (const double y : curve.y) {
      if (!std::isfinite(y)) continue;
      range.low = std::min(range.low, y);
      range.high = std::max(range.high, y);
      ++range.points;
    }
  }
  return range;
}

std::string Padded(const std::string& text, int width) {
  return std::string(static_cast<size_t>(std::max(0, width - DisplayWidth(text))), ' ') + text;
}

}  // namespace

std::string SketchCurves(const std::vector<SketchedCurve>& curves, int width, int height) {
  const Range range = RangeOf(curves);
  if (range.points < 2 || height < 2) return "";
  const std::string top = FormatNumber(range.high, 3), bottom = FormatNumber(range.low, 3);
  const int margin = std::max(DisplayWidth(top), DisplayWidth(bottom));
  const auto columns = static_cast<size_t>(
      std::clamp<int>(width - margin - 3, 8, static_cast<int>(std::max<size_t>(range.length, 8))));
  std::vector<std::vector<std::string>> cells(static_cast<size_t>(height),
                                              std::vector<std::string>(columns, " "));
  const double spread = range.high > range.low ? range.high - range.low : 1;
  for (const SketchedCurve& curve : curves) {
    for (size_t i = 0; i < curve.y.size(); ++i) {
      if (!std::isfinite(curve.y[i])) continue;
      const size_t column = range.length < 2 ? 0 : i * (columns - 1) / (range.length - 1);
      const auto row =
          static_cast<size_t>(std::lround((range.high - curve.y[i]) / spread * (height - 1)));
      cells[row][column] = curve.mark;
    }
  }
  std::string text;
  for (int row = 0; row < height; ++row) {
    const std::string label = row == 0 ? top : row == height - 1 ? bottom : "";
    std::string line = Padded(label, margin) + " |";
    for (const std::string& cell : cells[static_cast<size_t>(row)]) line += cell;
    while (line.ends_with(' ')) line.pop_back();
    text += line + "\n";
  }
  text += Padded("", margin) + "  epoch 1 to " + std::to_string(range.length);
  for (const SketchedCurve& curve : curves) text += "   " + curve.mark + " " + curve.name;
  return text + "\n";
}

}  // namespace bottega
