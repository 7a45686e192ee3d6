#include "cli/print_cost.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "base/text.h"

namespace bottega {
namespace {

// "+1.23 (+0.50 to +1.90)"; shares in points.
std::string Interval(const Estimate& e, double unit, int digits) {
  char text[96];
  std::snprintf(text, sizeof text, "%+.*f (%+.*f to %+.*f)", digits, unit * e.value, digits,
                unit * e.low, digits, unit * e.high);
  return text;
}

std::string Padded(const std::string& text, size_t width) {
  return text + std::string(width - std::min(width, text.size()), ' ');
}

}  // namespace

void PrintCost(std::ostream& out, const AuditCost& cost) {
  if (!cost.reason.empty()) {
    out << "cost: not measured, " << cost.reason << "\n";
    return;
  }
  const bool share = cost.metric == "accuracy";
  out << "cost of defects: " << cost.probe << ", " << cost.metric << " "
      << (share ? FormatPercent(cost.with, 2) : FormatNumber(cost.with, 4)) << " on "
      << FormatCount(cost.scored) << " held-out " << cost.scored_on << " (" << cost.repeats << " x "
      << cost.folds << " folds)\n"
      << Padded("gained without", 30) << Padded("rows", 9) << Padded("cells", 9)
      << Padded(share ? "points of accuracy" : "R2", 30) << (share ? "log loss" : "") << "\n";
  for (const DefectCost& defect : cost.defects) {
    out << Padded(defect.check, 30) << Padded(FormatCount(defect.rows), 9)
        << Padded(FormatCount(defect.cells), 9)
        << Padded(Interval(defect.cost, share ? 100 : 1, share ? 2 : 4), share ? 30 : 0)
        << (share ? Interval(defect.log_loss, 1, 4) : "") << "\n";
  }
}

}  // namespace bottega
