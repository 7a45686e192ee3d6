#include "report/audit_history_html.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <set>

#include "audit/check.h"
#include "base/text.h"
#include "report/page.h"
#include "report/plot.h"

namespace bottega {

namespace {

constexpr size_t kMostDrawn = 500, kMostRows = 200, kMostChecks = 8;
constexpr double kDay = 86'400;

struct Axis {
  std::vector<double> x;
  std::string label;
};

// Days since the first audit that is drawn; where all lie within a day, their numbers.
Axis AxisOf(const std::vector<AuditSummary>& history) {
  Axis axis;
  const int64_t first = UnixOf(history.front().time), last = UnixOf(history.back().time);
  const bool days = static_cast<double>(last - first) >= kDay;
  for (size_t i = 0; i < history.size(); ++i) {
    const double since = static_cast<double>(UnixOf(history[i].time) - first);
    axis.x.push_back(days ? since / kDay : static_cast<double>(i + 1));
  }
  axis.label = days ? "days since " + history.front().time.substr(0, 10) : "audit";
  return axis;
}

// One line a severity, gravest first; NaN where the check did not run.
std::string Trend(const std::string& title, const Axis& axis,
                  const std::vector<const SeverityCounts*>& counts) {
  LinePlot plot{.title = title, .x_label = axis.label, .y_label = "findings"};
  static const char* names[] = {"remarks", "warnings", "errors"};
  for (const size_t severity : {2, 1, 0}) {
    Series series{.name = names[severity], .x = axis.x, .points = counts.size() <= 60};
    bool any = false;
    for (const SeverityCounts* open : counts) {
      series.y.push_back(open == nullptr ? std::numeric_limits<double>::quiet_NaN()
                                         : static_cast<double>((*open)[severity]));
      any |= open != nullptr && (*open)[severity] > 0;
    }
    if (any || severity == 2) plot.series.push_back(std::move(series));
  }
  return Draw(plot);
}

const SeverityCounts* CountsOf(const AuditSummary& summary, const std::string& check) {
  const auto at = summary.checks.find(check);
  return at == summary.checks.end() ? nullptr : &at->second;
}

// Checks by how far their errors and warnings moved, errors counting most.
std::vector<std::string> MostChanged(const std::vector<AuditSummary>& history) {
  std::map<std::string, std::pair<SeverityCounts, SeverityCounts>> ranges;
  std::set<std::string> about_audits;
  for (const Check& check : Checks()) {
    if (check.last) about_audits.insert(check.spec().name);
  }
  for (const AuditSummary& summary : history) {
    for (const auto& [name, open] : summary.checks) {
      if (about_audits.contains(name)) continue;
      const auto [at, fresh] = ranges.try_emplace(name, open, open);
      for (size_t s = 0; s < open.size(); ++s) {
        at->second.first[s] = std::min(at->second.first[s], open[s]);
        at->second.second[s] = std::max(at->second.second[s], open[s]);
      }
    }
  }
  const auto moved = [&](const std::string& name) {
    const auto& [low, high] = ranges.at(name);
    return std::array{high[2] - low[2], high[1] - low[1]};
  };
  std::vector<std::string> names;
  for (const auto& [name, range] : ranges) {
    if (moved(name) != std::array<int64_t, 2>{}) names.push_back(name);
  }
  std::ranges::stable_sort(names, std::greater<>(), moved);
  if (names.size() > kMostChecks) names.resize(kMostChecks);
  return names;
}

std::string Plots(const std::vector<AuditSummary>& history) {
  const Axis axis = AxisOf(history);
  std::vector<SeverityCounts> totals;
  for (const AuditSummary& summary : history) totals.push_back(summary.Total());
  std::vector<const SeverityCounts*> counts;
  size_t most = 0;
  for (size_t i = 0; i < history.size(); ++i) {
    most = std::max(most, history[i].checks.size());
    const bool whole = history[i].checks.size() * 10 >= most * 9;
    counts.push_back(whole ? &totals[i] : nullptr);
  }
  std::string html = "<div class=\"figures\">" + Trend("All checks", axis, counts);
  for (const std::string& check : MostChanged(history)) {
    counts.clear();
    for (const AuditSummary& summary : history) counts.push_back(CountsOf(summary, check));
    html += Trend(Replace(check, "_", " "), axis, counts);
  }
  return html + "</div>";
}

std::string Table(const std::vector<AuditSummary>& history) {
  std::vector<std::vector<std::string>> rows;
  for (size_t i = history.size(); i-- > 0 && rows.size() < kMostRows;) {
    const AuditSummary& summary = history[i];
    const SeverityCounts total = summary.Total();
    const bool changed = i > 0 && summary.sha256 != history[i - 1].sha256;
    const std::string worse = i > 0 ? WorseText(history[i - 1], summary) : "";
    rows.push_back({Replace(summary.time.substr(0, 16), "T", " "), FormatCount(summary.rows),
                    i == 0    ? "first"
                    : changed ? "changed"
                              : "same",
                    FormatCount(static_cast<int64_t>(summary.checks.size())), FormatCount(total[2]),
                    FormatCount(total[1]), FormatCount(total[0]), FormatCount(summary.waived),
                    Join(summary.faults, ", "), Shorten(worse, 200)});
  }
  std::string html = HtmlTable({"Audit (UTC)", "Rows", "Data", "Checks", "Errors", "Warnings",
                                "Remarks", "Waived", "Broke off", "What became worse"},
                               rows, {0, 1, 3, 4, 5, 6, 7}, "The latest first");
  const auto left = static_cast<int64_t>(history.size()) - static_cast<int64_t>(rows.size());
  if (left > 0) html += "<p class=\"note\">And " + FormatCount(left) + " before.</p>";
  return html;
}

}  // namespace

std::string WorseText(const AuditSummary& then, const AuditSummary& now) {
  std::vector<std::string> parts;
  for (const Worse& change : WorseThan(then, now)) {
    const int64_t errors = change.now[2] - change.then[2];
    parts.push_back(change.check + (change.new_kind() ? ": new"
                                                      : ": " + FormatCount(errors) + " more error" +
                                                            (errors == 1 ? "" : "s")));
  }
  return Join(parts, ", ");
}

std::string AuditHistoryHtml(const std::vector<AuditSummary>& history, const HistoryFacts& facts) {
  const auto count = static_cast<int64_t>(history.size());
  Page page{.title = std::filesystem::path(facts.source).filename().string(),
            .kicker = "Audits over time",
            .subtitle = FormatCount(count) + (count == 1 ? " audit" : " audits"),
            .footer = "bottega " + facts.version + " · " + facts.time};
  if (page.title.empty()) page.title = facts.source;
  if (history.empty()) {
    page.sections.push_back(
        {"audits", "Audits", "<p class=\"lead\">These data were never audited.</p>"});
    return RenderPage(page);
  }
  std::vector<AuditSummary> drawn = history;
  if (drawn.size() > kMostDrawn) {
    drawn.erase(drawn.begin(), drawn.end() - static_cast<std::ptrdiff_t>(kMostDrawn));
  }
  page.sections.push_back({"trends", "Trends", Plots(drawn)});
  page.sections.push_back({"audits", "Audits", Table(history)});
  return RenderPage(page);
}

}  // namespace bottega
