#include "report/plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "report/plot_parts.h"
#include "report/score.h"

namespace bottega {

namespace {

constexpr double kLeft = 58, kRight = 390, kTop = 8, kBottom = 222, kHeight = 262;

struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void Add(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  void FallBack() {
    if (low > high) low = 0, high = 1;
  }
};

// Ticks need as many digits as tell neighbours apart.
std::string TickText(double value, double step) {
  if (std::abs(value) >= 1000 && value == std::round(value)) {
    return FormatCount(static_cast<int64_t>(value));
  }
  const int decimals = std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 6);
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
  return buffer;
}

enum class TickStyle { kNumber, kPercent, kPowerOfTen };

std::string XTick(double tick, double step, TickStyle style) {
  if (style == TickStyle::kPercent) return FormatPercent(tick, step < 0.0099 ? 1 : 0);
  return style == TickStyle::kPowerOfTen ? FormatNumber(std::pow(10, tick), 2)
                                         : TickText(tick, step);
}

std::string XAxis(const Scale& x, const std::vector<double>& ticks, double bottom,
                  const std::string& label, TickStyle style) {
  std::string svg;
  const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : 1;
  for (const double tick : ticks) {
    const std::string text = XTick(tick, step, style);
    svg += SvgLine(x.At(tick), bottom, x.At(tick), bottom + 4, "class=\"axis\"");
    // A label at the edge stays inside the drawing.
    const bool edge = x.At(tick) + 3.6 * static_cast<double>(text.size()) > kPlotWidth;
    svg += SvgText(edge ? kPlotWidth - 1 : x.At(tick), bottom + 16, text, edge ? "end" : "middle");
  }
  svg += SvgLine(x.from, bottom, x.to, bottom, "class=\"axis\"");
  return svg + SvgText((x.from + x.to) / 2, bottom + 34, label, "middle");
}

std::string YAxis(const Scale& y, const std::vector<double>& ticks, const std::string& label) {
  std::string svg;
  const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : 1;
  for (const double tick : ticks) {
    svg += SvgLine(kLeft, y.At(tick), kRight, y.At(tick), "class=\"grid\"");
    svg += SvgText(kLeft - 6, y.At(tick) + 4, TickText(tick, step), "end");
  }
  const double middle = (kTop + kBottom) / 2;
  return svg + SvgText(11, middle, label, "middle",
                       "transform=\"rotate(-90 11 " + SvgNumber(middle) + ")\"");
}

std::string Path(const Series& series, const Scale& x, const Scale& y, const std::string& color) {
  std::string path, points;
  bool pen_down = false;
  for (size_t i = 0; i < series.x.size(); ++i) {
    if (!std::isfinite(series.y[i])) {
      pen_down = false;
      continue;
    }
    const std::string at = SvgNumber(x.At(series.x[i])) + " " + SvgNumber(y.At(series.y[i]));
    path += (pen_down ? "L" : "M") + at;
    pen_down = true;
    if (series.points || series.x.size() == 1) {
      points += "<circle cx=\"" + SvgNumber(x.At(series.x[i])) + "\" cy=\"" +
                SvgNumber(y.At(series.y[i])) + "\" r=\"3\" fill=\"" + color + "\"/>";
    }
  }
  return "<path d=\"" + path + "\" fill=\"none\" stroke=\"" + color +
         "\" stroke-width=\"2\" stroke-linejoin=\"round\"" +
         (series.dashed ? " stroke-dasharray=\"5 4\"" : "") + "/>" + points;
}

constexpr int kLongestLabel = 26;  // characters

// For the labels at the left: what the longest needs, within limits.
template <class Row>
double LabelSpace(const std::vector<Row>& rows) {
  constexpr double kLeast = 90, kCharacter = 7, kGap = 10;
  int longest = 0;
  for (const Row& row : rows) longest = std::max(longest, DisplayWidth(row.label));
  longest = std::min(longest, kLongestLabel);
  return std::max(kLeast, kGap + kCharacter * longest);
}

}  // namespace

std::string Draw(LinePlot plot) {
  if (plot.log_x) {
    for (Series& series : plot.series) {
      for (double& v : series.x) v = std::log10(v);
    }
    plot.mark_x = std::log10(plot.mark_x);
  }
  Extent across, up;
  std::vector<std::string> names;
  const auto whole = [](double v) { return v == std::floor(v); };
  bool counted = !plot.unit_square;  // epochs, audits: there is nothing between them
  for (const Series& series : plot.series) {
    for (const double v : series.x) across.Add(v);
    counted = counted && std::ranges::all_of(series.x, whole);
    for (const double v : series.y) up.Add(v);
    names.push_back(series.name);
  }
  if (plot.unit_square) across = up = {0, 1};
  across.FallBack();
  up.FallBack();
  const std::vector<double> y_ticks = RoundTicks(up.low, up.high, 5);
  std::vector<double> x_ticks = RoundTicks(across.low, across.high, 6);
  std::erase_if(x_ticks, [&](double t) {
    return t < across.low || t > across.high || (counted && !whole(t));
  });
  if (across.low == across.high) across = {across.low - 0.5, across.high + 0.5};
  const Scale x{across.low, across.high, kLeft, kRight};
  const Scale y{y_ticks.front(), y_ticks.back(), kBottom, kTop};
  std::string svg = YAxis(y, y_ticks, plot.y_label) +
                    XAxis(x, x_ticks, kBottom, plot.x_label,
                          plot.log_x ? TickStyle::kPowerOfTen : TickStyle::kNumber);
  if (plot.diagonal) {
    svg += SvgLine(x.At(0), y.At(0), x.At(1), y.At(1), "class=\"axis\" stroke-dasharray=\"3 3\"");
  }
  if (!plot.mark_label.empty()) {
    const bool left = x.At(plot.mark_x) > (kLeft + kRight) / 2;
    svg += SvgLine(x.At(plot.mark_x), kTop, x.At(plot.mark_x), kBottom,
                   "class=\"axis\" stroke-dasharray=\"2 3\"");
    svg += SvgText(x.At(plot.mark_x) + (left ? -5 : 5), kTop + 10, plot.mark_label,
                   left ? "end" : "start");
  }
  for (size_t i = 0; i < plot.series.size(); ++i) {
    svg += Path(plot.series[i], x, y, SeriesColor(i));
  }
  return Figure(plot.title, kHeight, svg, Legend(names), plot.caption);
}

std::string Draw(const IntervalPlot& plot) {
  constexpr double kRow = 26, kValues = 344, kTickWidth = 55;
  const double labels = LabelSpace(plot.rows);
  Extent extent;
  for (const IntervalRow& row : plot.rows) {
    for (const double v : {row.value, row.low, row.high}) extent.Add(v);
  }
  if (!plot.reference_label.empty()) extent.Add(plot.reference);
  extent.FallBack();
  const int places = std::max(2, static_cast<int>((kValues - labels) / kTickWidth));
  const std::vector<double> ticks = RoundTicks(extent.low, extent.high, places);
  const Scale x{ticks.front(), ticks.back(), labels, kValues - 8};
  const double head = plot.reference_label.empty() ? 6 : 20;
  const double bottom = head + kRow * static_cast<double>(plot.rows.size());
  std::string svg;
  for (const double tick : ticks) {
    svg += SvgLine(x.At(tick), head, x.At(tick), bottom, "class=\"grid\"");
  }
  svg += XAxis(x, ticks, bottom, plot.x_label,
               plot.percent ? TickStyle::kPercent : TickStyle::kNumber);
  if (!plot.reference_label.empty()) {
    const double at = x.At(plot.reference);
    svg += SvgLine(at, head - 4, at, bottom, "stroke=\"var(--muted)\" stroke-dasharray=\"4 3\"");
    const std::string anchor = at > 300 ? "end" : at < 180 ? "start" : "middle";
    svg += SvgText(at, head - 8, plot.reference_label, anchor);
  }
  for (size_t i = 0; i < plot.rows.size(); ++i) {
    const IntervalRow& row = plot.rows[i];
    const double y = head + kRow * (static_cast<double>(i) + 0.5);
    const std::string color = SeriesColor(static_cast<size_t>(row.series));
    svg += SvgText(labels - 8, y + 4, Shorten(row.label, kLongestLabel), "end", "class=\"strong\"");
    if (std::isfinite(row.low) && std::isfinite(row.high)) {
      svg += SvgLine(x.At(row.low), y, x.At(row.high), y,
                     "stroke=\"" + color +
                         "\" stroke-width=\"3\" stroke-linecap=\"round\" "
                         "opacity=\".55\"");
    }
    if (!std::isfinite(row.value)) {
      svg += SvgText(kRight, y + 4, "–", "end");
      continue;
    }
    svg += "<circle cx=\"" + SvgNumber(x.At(row.value)) + "\" cy=\"" + SvgNumber(y) +
           "\" r=\"5\" fill=\"" + color + "\"/>";
    svg += SvgText(kRight + 6, y + 4,
                   plot.percent ? FormatPercent(row.value) : ScoreText("", row.value), "end",
                   "class=\"strong\"");
  }
  return Figure(plot.title, bottom + 42, svg, "", plot.caption);
}

std::string Draw(const BarPlot& plot) {
  constexpr double kBar = 15, kGap = 9;
  const double labels = LabelSpace(plot.groups);
  double largest = 0;
  for (const BarGroup& group : plot.groups) {
    for (const double v : group.values) largest = std::max(largest, v);
  }
  const std::vector<double> ticks = RoundTicks(0, std::max(largest, 1e-12), 4);
  const Scale x{0, ticks.back(), labels, kRight - 30};
  std::string svg, bars;
  double y = 4;
  for (const BarGroup& group : plot.groups) {
    const double top = y;
    for (size_t s = 0; s < group.values.size(); ++s) {
      bars += SvgRect(x.from, y, std::max(1.0, x.At(group.values[s]) - x.from), kBar - 2,
                      "fill=\"" + SeriesColor(s) + "\"");
      bars += SvgText(x.At(group.values[s]) + 4, y + kBar - 4,
                      FormatCount(static_cast<int64_t>(group.values[s])), "start");
      y += kBar;
    }
    bars += SvgText(labels - 8, (top + y) / 2 + 3, Shorten(group.label, kLongestLabel), "end",
                    "class=\"strong\"");
    y += kGap;
  }
  for (const double tick : ticks) {
    svg += SvgLine(x.At(tick), 2, x.At(tick), y, "class=\"grid\"");
  }
  svg += bars + XAxis(x, ticks, y, plot.x_label, TickStyle::kNumber);
  return Figure(plot.title, y + 42, svg, Legend(plot.series), plot.caption);
}

std::string Draw(const Histogram& plot) {
  Extent extent;
  for (const double v : plot.values) extent.Add(v);
  extent.FallBack();
  std::vector<double> ticks = RoundTicks(extent.low, extent.high, 6);
  const double low = ticks.front(), high = ticks.back();
  std::vector<double> counts(static_cast<size_t>(plot.bins), 0);
  for (const double v : plot.values) {
    if (!std::isfinite(v)) continue;
    const int bin = static_cast<int>((v - low) / (high - low) * plot.bins);
    counts[static_cast<size_t>(std::clamp(bin, 0, plot.bins - 1))] += 1;
  }
  const double most = *std::max_element(counts.begin(), counts.end());
  const std::vector<double> y_ticks = RoundTicks(0, std::max(1.0, most), 4);
  const Scale x{low, high, kLeft, kRight}, y{0, y_ticks.back(), kBottom, kTop};
  std::string svg = YAxis(y, y_ticks, "rows");
  const double width = (kRight - kLeft) / plot.bins;
  for (size_t b = 0; b < counts.size(); ++b) {
    svg += SvgRect(kLeft + static_cast<double>(b) * width + 0.5, y.At(counts[b]), width - 1,
                   kBottom - y.At(counts[b]), "fill=\"var(--s1)\"");
  }
  svg += XAxis(x, ticks, kBottom, plot.x_label, TickStyle::kNumber);
  return Figure(plot.title, kHeight, svg, "", plot.caption);
}

}  // namespace bottega
