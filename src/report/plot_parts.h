// What the plots share: scales with round ticks, and SVG elements.
#pragma once

#include <string>
#include <vector>

#include "report/plot.h"

namespace bottega {

inline constexpr double kPlotWidth = 400;

// Maps [low, high] to [from, to] in drawing units.
struct Scale {
  double low = 0, high = 1, from = 0, to = 1;
  double At(double value) const { return from + (value - low) / (high - low) * (to - from); }
};

// Round values (1, 2, 5 times a power of ten) that cover [low, high], about `count` of them; the
// first and last lie at or outside the ends.
std::vector<double> RoundTicks(double low, double high, int count);

std::string SvgNumber(double value);  // two decimals at most
std::string SvgLine(double x1, double y1, double x2, double y2, const std::string& attributes);
// `anchor`: "start", "middle", "end".
std::string SvgText(double x, double y, const std::string& text, const std::string& anchor,
                    const std::string& attributes = {});
std::string SvgRect(double x, double y, double width, double height, const std::string& attributes);
// var(--s1) ... var(--s8), again from the start after the eighth.
std::string SeriesColor(size_t index);

// The figure around an SVG of the given height.
std::string Figure(const std::string& title, double height, const std::string& svg,
                   const std::string& legend, const std::string& caption);
std::string Legend(const std::vector<std::string>& names);

}  // namespace bottega
