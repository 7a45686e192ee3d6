#include "report/audit_areas.h"

#include <algorithm>
#include <map>

#include "audit/check.h"
#include "base/text.h"

namespace bottega {

std::string AuditArea::verdict_kind() const {
  if (faults > 0 || open[2] > 0) return "error";
  if (open[1] > 0) return "warning";
  if (open[0] > 0) return "info";
  return ran > 0 ? "good" : "";
}

std::string AuditArea::verdict() const {
  if (faults > 0) return "Not every check could look.";
  if (open[2] > 0) return "Not to be trained on as it is.";
  if (open[1] > 0) return "Worth mending before training.";
  if (open[0] > 0) return "Fit for training; a few remarks.";
  return ran > 0 ? "Nothing speaks against it." : "Nothing was looked at.";
}

std::string_view AreaOf(std::string_view theme) {
  static const std::map<std::string_view, std::string_view> areas = {
      {"completeness", "cleaning"}, {"consistency", "cleaning"}, {"redundancy", "cleaning"},
      {"freshness", "cleaning"},    {"accuracy", "annotation"},  {"balance", "diversity"},
      {"bias", "diversity"}};
  const auto at = areas.find(theme);
  return at == areas.end() ? "quality control" : at->second;
}

std::vector<AuditArea> SumUpAreas(const AuditResult& result) {
  std::vector<AuditArea> areas = {{.name = "cleaning"},
                                  {.name = "annotation"},
                                  {.name = "diversity"},
                                  {.name = "quality control"}};
  for (const CheckOutcome& check : result.checks) {
    AuditArea& area = *std::ranges::find_if(
        areas, [&](const AuditArea& a) { return a.name == AreaOf(ThemeOf(check.name)); });
    for (size_t s = 0; s < area.open.size(); ++s) area.open[s] += check.open[s];
    area.waived += check.waived;
    area.known += check.known;
    ++(check.fault ? area.faults : check.ran ? area.ran : area.skipped);
    if (check.open[0] + check.open[1] + check.open[2] > 0) area.found.push_back(&check);
  }
  return areas;
}

}  // namespace bottega
