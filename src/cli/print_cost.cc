#include "cli/print_cost.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "base/text.h"

namespace bottega {
namespace {

// "+1.23": hundredths of the metric, or plain R2.
std::string Points(double value, bool share) {
  char text[32];
  std::snprintf(text, sizeof text, share ? "%+.2f" : "%+.4f", share ? 100 * value : value);
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
      << FormatCount(cost.scored) << " held-out rows in which nothing was found (" << cost.repeats
      << " x " << cost.folds << " folds)\n"
      << Padded("without", 30) << Padded("rows", 9) << Padded("cells", 9)
      << (share ? "points gained (interval)" : "R2 gained (interval)") << "\n";
  for (const DefectCost& defect : cost.defects) {
    out << Padded(defect.check, 30) << Padded(FormatCount(defect.rows), 9)
        << Padded(FormatCount(defect.cells), 9) << Points(defect.cost.value, share) << " ("
        << Points(defect.cost.low, share) << " to " << Points(defect.cost.high, share) << ")\n";
  }
}

}  // namespace bottega
