#include "report/clean_html.h"

#include <algorithm>

#include "base/text.h"
#include "clean/fixes.h"
#include "report/page.h"

namespace bottega {

namespace {

std::string Sure(const Fix& fix) {
  const std::string least = FormatPercent(fix.least, 0), most = FormatPercent(fix.most, 0);
  return least == most ? least : least + " to " + most;
}

std::string State(const Fix& fix) {
  if (fix.applied == fix.cells) return HtmlTag("good", "applied");
  if (fix.applied > 0) return HtmlTag("info", "partly applied");
  return HtmlTag("warning", fix.told ? "only when told" : "suggested");
}

std::string ChangesTable(const Fix& fix, const RepairPlan& plan, size_t most) {
  std::vector<std::vector<std::string>> rows;
  for (const size_t k : fix.members) {
    if (rows.size() == most) break;
    const Repair& repair = plan.repairs[k];
    rows.push_back({std::to_string(k), ChangeText(repair, 60),
                    FormatCount(static_cast<int64_t>(repair.rows.size())),
                    FormatPercent(repair.confidence, 0), repair.apply ? "yes" : "no",
                    repair.reason});
  }
  std::string html =
      "<div class=\"scroll\">" +
      HtmlTable({"number", "change", "rows", "sure", "applied", "evidence"}, rows, {0, 2, 3}) +
      "</div>";
  if (rows.size() < fix.members.size()) {
    html += "<p class=\"note\">" +
            FormatCount(static_cast<int64_t>(fix.members.size() - rows.size())) +
            " more: repairs.json holds them, <code>bottega clean --list</code> shows them.</p>";
  }
  return html;
}

std::string FixHtml(const Fix& fix, const RepairPlan& plan, size_t most) {
  const std::string what = fix.cells == 1 ? " change" : " changes";
  std::string html = "<details><summary>" + State(fix) + " <strong>" + EscapeHtml(fix.id) +
                     "</strong>: " + FormatCount(fix.cells) + what + ", " + Sure(fix) +
                     " sure</summary>";
  html += "<p class=\"note\"><code>bottega clean " +
          std::string(fix.applied == fix.cells ? "--undo " : "--accept ") +
          EscapeHtml(ShellQuote(fix.id)) + "</code></p>";
  return html + ChangesTable(fix, plan, most) + "</details>";
}

}  // namespace

std::string CleanHtml(const RepairPlan& plan, const CleanPageFacts& facts, size_t most_changes) {
  const std::vector<Fix> fixes = FixesOf(plan);
  int64_t applied = 0, all = 0;
  std::string chosen, suggested;
  for (const Fix& fix : fixes) {
    applied += fix.applied;
    all += fix.cells;
    (fix.applied > 0 ? chosen : suggested) += FixHtml(fix, plan, most_changes);
  }
  const std::string lead = "<p class=\"lead\">" + FormatCount(applied) + " changes are applied, " +
                           FormatCount(all - applied) + " are suggested. What is at least " +
                           FormatPercent(plan.sure, 0) +
                           " sure is applied; labels and personal data only when you say so.</p>";
  const std::string none = "<p class=\"note\">None.</p>";
  Page page{.title = "Plan of repairs",
            .kicker = "Cleaning",
            .subtitle = plan.source,
            .footer = "bottega " + facts.version + " · " + facts.time};
  page.sections.push_back({"applied", "Applied", lead + (chosen.empty() ? none : chosen)});
  page.sections.push_back({"suggested", "Suggested", suggested.empty() ? none : suggested});
  if (!plan.refused.empty()) {
    std::vector<std::vector<std::string>> rows;
    for (const Refusal& refusal : plan.refused) {
      if (rows.size() == 200) break;
      rows.push_back({refusal.component, refusal.column, refusal.reason});
    }
    page.sections.push_back(
        {"left", "Left as it is",
         "<div class=\"scroll\">" + HtmlTable({"repair", "column", "why"}, rows) + "</div>"});
  }
  return RenderPage(page);
}

}  // namespace bottega
