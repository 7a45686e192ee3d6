#include "report/audit_html.h"

#include <algorithm>
#include <map>

#include "audit/check.h"
#include "base/text.h"
#include "report/page.h"

namespace bottega {

namespace {

constexpr Severity kGravestFirst[] = {Severity::kError, Severity::kWarning, Severity::kInfo};

// Hides findings of a severity whose box is not ticked; the boxes stand before the lists.
constexpr const char* kCss = R"(
.filter{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;align-items:center;margin:1rem 0}
.filter label{display:inline-flex;gap:.4rem;align-items:center;cursor:pointer;padding:.25rem 0}
main:has(#show-error:not(:checked)) .finding.error,
main:has(#show-warning:not(:checked)) .finding.warning,
main:has(#show-info:not(:checked)) .finding.info{display:none}
ul.findings{list-style:none;margin:.6rem 0 0;padding:0}
li.finding{border-top:1px solid var(--line);padding:.7rem 0}
li.finding p{margin:.25rem 0;max-width:none;overflow-wrap:anywhere}
li.finding .place,li.finding .fix{color:var(--muted);font-size:.9em}
details.check{border:1px solid var(--line);border-radius:8px;padding:.2rem .9rem;margin:.7rem 0}
details.check>summary{cursor:pointer;padding:.55rem 0;display:flex;flex-wrap:wrap;gap:.5rem}
details.check>summary .count{margin-left:auto;color:var(--muted)}
@media print{.filter{display:none}details.check{break-inside:auto}li.finding{break-inside:avoid}}
)";

std::string Plural(int64_t n, const std::string& one) {
  return FormatCount(n) + " " + one + (n == 1 ? "" : "s");
}

const Spec* SpecOf(const std::string& check) {
  for (const Spec* spec : CheckSpecs()) {
    if (spec->name == check) return spec;
  }
  return nullptr;
}

std::map<Severity, int64_t> CountsOf(const std::vector<const Finding*>& findings) {
  std::map<Severity, int64_t> counts;
  for (const Finding* finding : findings) ++counts[finding->severity];
  return counts;
}

std::string FindingHtml(const Finding& finding) {
  const std::string severity(SeverityName(finding.severity));
  const std::string place = finding.place.ToString();
  std::string html = "<li class=\"finding " + severity + "\">" + HtmlTag(severity, severity) + " " +
                     "<p>" + EscapeHtml(finding.message) + "</p>";
  html += "<p class=\"place\">" + (place.empty() ? "" : EscapeHtml(place) + " · ") +
          FormatPercent(finding.confidence, 0) + " sure</p>";
  if (!finding.fix.empty()) {
    html += "<p class=\"fix\"><strong>Fix:</strong> " + EscapeHtml(finding.fix) + "</p>";
  }
  return html + "</li>";
}

std::string CheckHtml(const std::string& name, const std::vector<const Finding*>& findings,
                      int64_t total, int64_t most, bool open) {
  const Spec* spec = SpecOf(name);
  std::string html = std::string("<details class=\"check\"") + (open ? " open" : "") +
                     "><summary><strong>" + EscapeHtml(Replace(name, "_", " ")) + "</strong>";
  for (const Severity severity : kGravestFirst) {
    const auto counts = CountsOf(findings);
    const auto found = counts.find(severity);
    if (found == counts.end()) continue;
    html += " " + HtmlTag(SeverityName(severity),
                          Plural(found->second, std::string(SeverityName(severity))));
  }
  html += "<span class=\"count\">" + Plural(total, "finding") + "</span></summary>";
  if (spec != nullptr) html += "<p class=\"note\">" + EscapeHtml(spec->one_line) + ".</p>";
  html += "<ul class=\"findings\">";
  std::vector<const Finding*> sorted = findings;
  std::ranges::stable_sort(sorted, std::greater<>(), [](const Finding* f) { return f->severity; });
  const auto shown = std::min<int64_t>(most, static_cast<int64_t>(sorted.size()));
  for (int64_t i = 0; i < shown; ++i) html += FindingHtml(*sorted[static_cast<size_t>(i)]);
  html += "</ul>";
  if (shown < total) {
    html += "<p class=\"note\">" + Plural(total - shown, "more finding") +
            " of this check: audit.json and findings.parquet hold them.</p>";
  }
  return html + "</details>";
}

std::string Verdict(const AuditResult& result, const AuditPageFacts& facts) {
  int64_t grave = 0;
  for (const Finding& finding : result.findings) {
    grave += facts.gate != "none" && finding.severity >= ParseSeverity(facts.gate);
  }
  if (facts.gate == "none")
    return "<p class=\"lead\">No gate was set: findings do not stop a run.</p>";
  if (grave == 0) {
    return "<div class=\"callout good\"><p>The gate is passed: nothing is as grave as <strong>" +
           EscapeHtml(facts.gate) + "</strong>.</p></div>";
  }
  return "<div class=\"callout error\"><p>The gate fails: " + Plural(grave, "finding") +
         (grave == 1 ? " is" : " are") + " at least as grave as <strong>" + EscapeHtml(facts.gate) +
         "</strong>.</p></div>";
}

std::string Summary(const AuditResult& result, const AuditPageFacts& facts) {
  std::map<Severity, int64_t> counts;
  for (const Finding& finding : result.findings) ++counts[finding.severity];
  std::string html = Verdict(result, facts) + "<dl class=\"facts\">";
  const auto fact = [&](const std::string& name, const std::string& value) {
    html += "<dt>" + name + "</dt><dd>" + value + "</dd>";
  };
  fact("Rows", FormatCount(result.rows));
  for (const Severity severity : kGravestFirst) {
    const std::string name(SeverityName(severity));
    fact(severity == Severity::kInfo      ? "Remarks (info)"
         : severity == Severity::kWarning ? "Warnings"
                                          : "Errors",
         FormatCount(counts[severity]));
  }
  const auto ran =
      std::ranges::count_if(result.checks, [](const CheckOutcome& c) { return c.ran; });
  fact("Checks", FormatCount(ran) + " ran, " +
                     FormatCount(static_cast<int64_t>(result.checks.size()) - ran) +
                     " did not apply");
  return html + "</dl>";
}

std::string Filter() {
  std::string html =
      "<div class=\"filter\" role=\"group\" aria-label=\"Show severities\"><span>Show</span>";
  for (const Severity severity : kGravestFirst) {
    const std::string name(SeverityName(severity));
    html +=
        "<label><input type=\"checkbox\" id=\"show-" + name + "\" checked> " + name + "</label>";
  }
  return html + "</div>";
}

}  // namespace

std::string AuditHtml(const AuditResult& result, const AuditPageFacts& facts,
                      int64_t most_per_check) {
  std::map<std::string, std::vector<const Finding*>> by_check;
  for (const Finding& finding : result.findings) by_check[finding.check].push_back(&finding);
  std::string findings = Filter();
  std::vector<std::vector<std::string>> quiet;
  bool any = false;
  for (const CheckOutcome& check : result.checks) {
    if (!by_check.contains(check.name)) {
      quiet.push_back({Replace(check.name, "_", " "), check.ran ? "found nothing" : check.reason});
      continue;
    }
    const std::vector<const Finding*>& found = by_check[check.name];
    const bool grave =
        std::ranges::any_of(found, [](const Finding* f) { return f->severity != Severity::kInfo; });
    findings +=
        CheckHtml(check.name, found, std::max(check.count, static_cast<int64_t>(found.size())),
                  most_per_check, grave);
    any = true;
  }
  if (!any) findings = "<p class=\"lead\">No check found anything.</p>";
  Page page{.title = facts.source,
            .kicker = "Data audit",
            .subtitle = Plural(static_cast<int64_t>(result.findings.size()), "finding") + " in " +
                        Plural(result.rows, "row"),
            .css = kCss,
            .footer = "bottega " + facts.version + " · " + facts.time};
  page.sections.push_back({"summary", "Summary", Summary(result, facts)});
  page.sections.push_back({"findings", "Findings", findings});
  if (!quiet.empty()) {
    page.sections.push_back(
        {"quiet", "Checks without findings", HtmlTable({"Check", "Outcome"}, quiet)});
  }
  return RenderPage(page);
}

}  // namespace bottega
