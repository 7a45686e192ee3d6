#include "cli/sketch.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/text.h"

namespace bottega {

namespace {

constexpr size_t kMargin = 10;  // for the numbers at the left
constexpr size_t kNarrowest = 24;

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

class Canvas {
 public:
  explicit Canvas(const Sketch& sketch) : sketch_(sketch) {
    size_t most = 0;
    for (const SketchedCurve& curve : sketch.curves) {
      most = std::max(most, curve.x.size());
      for (size_t i = 0; i < curve.x.size(); ++i) {
        if (!std::isfinite(curve.y[i])) continue;
        across_.Add(Place(curve.x[i]));
        up_.Add(curve.y[i]);
        ++points_;
      }
    }
    const size_t room = static_cast<size_t>(std::max(0, sketch.width));
    columns_ = std::max(kNarrowest, std::min(most, room > kMargin ? room - kMargin - 1 : 0));
    cells_.assign(static_cast<size_t>(std::max(3, sketch.height - 2)), std::string(columns_, ' '));
  }

  size_t points() const { return points_; }

  void Draw() {
    if (sketch_.mark_x > 0) {
      for (std::string& row : cells_) row[across_.At(Place(sketch_.mark_x), columns_)] = '|';
    }
    for (const SketchedCurve& curve : sketch_.curves) {
      for (size_t i = 0; i < curve.x.size(); ++i) {
        if (!std::isfinite(curve.y[i])) continue;
        cells_[cells_.size() - 1 - up_.At(curve.y[i], cells_.size())]
              [across_.At(Place(curve.x[i]), columns_)] = curve.mark;
      }
    }
  }

  std::string Text() const {
    std::string text = sketch_.y_label.empty() ? "" : Left(sketch_.y_label) + "\n";
    const size_t rows = cells_.size();
    for (size_t row = 0; row < rows; ++row) {
      const double share = static_cast<double>(row) / static_cast<double>(rows - 1);
      const bool labelled = row == 0 || row + 1 == rows || row == rows / 2;
      const double value = up_.high - (up_.high - up_.low) * share;
      std::string line = Left(labelled ? FormatNumber(value, 3) : "") + " |" + cells_[row];
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n";
    }
    return text + std::string(kMargin - 1, ' ') + "+" + std::string(columns_, '-') + "\n" +
           Footer() + Names();
  }

 private:
  double Place(double x) const { return sketch_.log_x ? std::log10(x) : x; }

  std::string Footer() const {
    const auto number = [&](double v) {
      return FormatNumber(sketch_.log_x ? std::pow(10, v) : v, 3);
    };
    const std::string low = number(across_.low), high = number(across_.high);
    std::string line = low + std::string(columns_, ' ');
    const size_t middle = columns_ / 2, half = sketch_.x_label.size() / 2;
    if (middle > half + low.size()) {
      line.replace(middle - half, sketch_.x_label.size(), sketch_.x_label);
    }
    line.resize(columns_ > high.size() ? columns_ - high.size() : 0, ' ');
    return std::string(kMargin, ' ') + line + high + "\n";
  }

  std::string Names() const {
    if (sketch_.curves.size() < 2) return "";
    std::string line(kMargin - 3, ' ');
    for (const SketchedCurve& curve : sketch_.curves) {
      line += "   " + std::string(1, curve.mark) + " " + curve.name;
    }
    return line + "\n";
  }

  const Sketch& sketch_;
  Extent across_, up_;
  size_t points_ = 0, columns_ = 0;
  std::vector<std::string> cells_;
};

}  // namespace

std::string DrawSketch(const Sketch& sketch) {
  Canvas canvas(sketch);
  if (canvas.points() < 2) return "";
  canvas.Draw();
  return canvas.Text();
}

}  // namespace bottega
