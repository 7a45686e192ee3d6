#include "report/plot_parts.h"

#include <cmath>

#include "base/text.h"

namespace bottega {

std::vector<double> RoundTicks(double low, double high, int count) {
  if (!(high > low)) {
    const double room = low == 0 ? 1 : std::abs(low) * 0.1;
    low -= room;
    high += room;
  }
  const double rough = (high - low) / count;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double factor : {5.0, 2.0, 1.0}) {
    if (rough <= factor * power * 1.0001) step = factor * power;
  }
  std::vector<double> ticks;
  const double first = std::floor(low / step + 1e-9) * step;
  for (int i = 0; i < 50; ++i) {
    // Multiplying keeps 0 exactly 0.
    const double tick = std::round(first / step + i) * step;
    ticks.push_back(tick);
    if (tick >= high - step * 1e-9) break;
  }
  return ticks;
}

std::string SvgNumber(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.2f", value);
  std::string text = buffer;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string SvgLine(double x1, double y1, double x2, double y2, const std::string& attributes) {
  return "<line x1=\"" + SvgNumber(x1) + "\" y1=\"" + SvgNumber(y1) + "\" x2=\"" + SvgNumber(x2) +
         "\" y2=\"" + SvgNumber(y2) + "\" " + attributes + "/>";
}

std::string SvgText(double x, double y, const std::string& text, const std::string& anchor,
                    const std::string& attributes) {
  return "<text x=\"" + SvgNumber(x) + "\" y=\"" + SvgNumber(y) + "\" text-anchor=\"" + anchor +
         "\" " + attributes + ">" + EscapeHtml(text) + "</text>";
}

std::string SvgRect(double x, double y, double width, double height,
                    const std::string& attributes) {
  return "<rect x=\"" + SvgNumber(x) + "\" y=\"" + SvgNumber(y) + "\" width=\"" + SvgNumber(width) +
         "\" height=\"" + SvgNumber(height) + "\" " + attributes + "/>";
}

std::string SeriesColor(size_t index) { return "var(--s" + std::to_string(index % 8 + 1) + ")"; }

std::string Legend(const std::vector<std::string>& names) {
  if (names.size() < 2) return "";
  std::string html = "<p class=\"legend\">";
  for (size_t i = 0; i < names.size(); ++i) {
    html += "<span><i style=\"background:" + SeriesColor(i) + "\"></i>" + EscapeHtml(names[i]) +
            "</span>";
  }
  return html + "</p>";
}

std::string Figure(const std::string& title, double height, const std::string& svg,
                   const std::string& legend, const std::string& caption) {
  std::string html = "<figure class=\"plot\"><p class=\"plot-title\">" + EscapeHtml(title) +
                     "</p>" + legend + "<svg viewBox=\"0 0 " + SvgNumber(kPlotWidth) + " " +
                     SvgNumber(height) + "\" role=\"img\" aria-label=\"" + EscapeHtml(title) +
                     "\"><title>" + EscapeHtml(title) + "</title>" + svg + "</svg>";
  if (!caption.empty()) html += "<figcaption>" + EscapeHtml(caption) + "</figcaption>";
  return html + "</figure>\n";
}

}  // namespace bottega
