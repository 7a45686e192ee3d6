#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/plot.h"
#include "report/plot_parts.h"

namespace bottega {

namespace {

std::string CellText(double value) {
  return value == static_cast<double>(static_cast<int64_t>(value))
             ? FormatCount(static_cast<int64_t>(value))
             : FormatNumber(value, 3);
}

}  // namespace

std::string Draw(const Heatmap& plot) {
  constexpr double kLeft = 112, kRight = 396, kTop = 40;
  const double count = static_cast<double>(plot.labels.size());
  const double side = std::min(64.0, (kRight - kLeft) / std::max(1.0, count));
  const bool numbers = side >= 24, all_labels = side >= 11;
  std::string svg;
  for (size_t r = 0; r < plot.values.size(); ++r) {
    double total = 0;
    for (const double v : plot.values[r]) total += v;
    const double y = kTop + side * static_cast<double>(r);
    if (all_labels) {
      svg += SvgText(kLeft - 7, y + side / 2 + 4, Shorten(plot.labels[r], 16), "end",
                     "class=\"strong\"");
    }
    for (size_t c = 0; c < plot.values[r].size(); ++c) {
      const double share = total > 0 ? plot.values[r][c] / total : 0;
      const double x = kLeft + side * static_cast<double>(c);
      // Square root: rare confusions stay visible beside a strong diagonal. Never so dark that the
      // number on it cannot be read.
      const std::string alpha = SvgNumber(0.04 + 0.56 * std::sqrt(share));
      const std::string edge = r == c ? " stroke=\"var(--ink)\" stroke-width=\"1\"" : "";
      svg += "<g><title>" +
             EscapeHtml(plot.labels[r] + " → " + plot.labels[c] + ": " +
                        CellText(plot.values[r][c]) + " (" + FormatPercent(share) + ")") +
             "</title>" +
             SvgRect(x + 1, y + 1, side - 2, side - 2,
                     "fill=\"rgba(var(--heat)," + alpha + ")\"" + edge) +
             "</g>";
      if (numbers && plot.values[r][c] > 0) {
        svg += SvgText(x + side / 2, y + side / 2 + 4, CellText(plot.values[r][c]), "middle",
                       "class=\"strong\"");
      }
    }
  }
  const double bottom = kTop + side * count;
  if (all_labels) {
    const int cells = std::max(3, static_cast<int>(side / 6.2));
    for (size_t c = 0; c < plot.labels.size(); ++c) {
      const double x = kLeft + side * (static_cast<double>(c) + 0.5);
      svg += SvgText(x, kTop - 6, Shorten(plot.labels[c], cells), "middle", "class=\"strong\"");
    }
  }
  svg += SvgText(kLeft + side * count / 2, 14, plot.x_label, "middle");
  const double middle = (kTop + bottom) / 2;
  svg += SvgText(11, middle, plot.y_label, "middle",
                 "transform=\"rotate(-90 11 " + SvgNumber(middle) + ")\"");
  return Figure(plot.title, bottom + 6, svg, "", plot.caption);
}

}  // namespace bottega
