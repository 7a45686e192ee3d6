#include "report/audit_findings.h"

#include <algorithm>
#include <map>

#include "audit/check.h"
#include "base/text.h"
#include "report/page.h"

namespace bottega {

namespace {

constexpr Severity kGravestFirst[] = {Severity::kError, Severity::kWarning, Severity::kInfo};
constexpr int kMostText = 600, kMostPlace = 160;

const Spec* SpecOf(const std::string& check) {
  for (const Spec* spec : CheckSpecs()) {
    if (spec->name == check) return spec;
  }
  return nullptr;
}

// Escaped and cut, with `commands` in backticks as code.
std::string Prose(const std::string& text) {
  std::string html;
  bool code = false;
  for (const std::string& piece : Split(Shorten(text, kMostText), '`')) {
    html += code ? "<code>" + EscapeHtml(piece) + "</code>" : EscapeHtml(piece);
    code = !code;
  }
  return Replace(html, " %", "&nbsp;%");
}

std::string FindingHtml(const Finding& finding) {
  const std::string severity(SeverityName(finding.severity));
  const std::string place = Shorten(finding.place.ToString(), kMostPlace);
  std::string html = "<li class=\"finding " + severity + "\">" + HtmlTag(severity, severity) +
                     "<p>" + Prose(finding.message) + "</p>";
  if (!finding.fix.empty()) {
    html += "<p class=\"fix\"><strong>Fix:</strong> " + Prose(finding.fix) + "</p>";
  }
  if (const std::string policy = PolicyText(finding); !policy.empty()) {
    html += "<p class=\"fix\"><strong>Law:</strong> " + EscapeHtml(policy) + "</p>";
  }
  if (finding.waived) {
    const Waived& waived = *finding.waived;
    html += "<p class=\"fix\"><strong>Waived</strong> by " + Prose(waived.by) +
            EscapeHtml(UntilText(waived)) + ": " + Prose(waived.reason) + "</p>";
  }
  return html + "<p class=\"place\">" + (place.empty() ? "" : EscapeHtml(place) + " · ") +
         FormatPercent(finding.confidence, 0) + " sure · <code>" + EscapeHtml(finding.id) +
         "</code></p></li>";
}

// The gravest first, at most `most`, and how many are left out.
std::string ListHtml(std::vector<const Finding*> findings, int64_t total, int64_t most) {
  std::ranges::stable_sort(findings, std::greater<>(),
                           [](const Finding* f) { return f->severity; });
  const auto shown = std::min<int64_t>(most, static_cast<int64_t>(findings.size()));
  std::string html = "<ul class=\"findings\">";
  for (int64_t i = 0; i < shown; ++i) html += FindingHtml(*findings[static_cast<size_t>(i)]);
  html += "</ul>";
  if (shown < total) {
    html += "<p class=\"note\">" + Plural(total - shown, shown == 0 ? "finding" : "more finding") +
            " of this check: audit.json and findings.parquet hold them.</p>";
  }
  return html;
}

std::string Folded(const std::vector<const Finding*>& waived,
                   const std::vector<const Finding*>& known, int64_t most) {
  std::string html;
  for (const bool first : {true, false}) {
    const std::vector<const Finding*>& some = first ? waived : known;
    if (some.empty()) continue;
    const auto n = static_cast<int64_t>(some.size());
    html += "<details class=\"folded\"><summary>" + FormatCount(n) +
            (first ? " waived" : " known from the baseline") + "</summary>" +
            ListHtml(some, n, most) + "</details>";
  }
  return html;
}

std::string CheckHtml(const CheckOutcome& check, const std::vector<const Finding*>& findings,
                      int64_t most) {
  std::vector<const Finding*> open, waived, known;
  for (const Finding* finding : findings) {
    (finding->waived ? waived : finding->known ? known : open).push_back(finding);
  }
  const bool grave = check.open[1] + check.open[2] > 0;
  std::string html = "<details class=\"check\" id=\"check-" + EscapeHtml(check.name) + "\"" +
                     (grave ? " open" : "") + "><summary><strong>" +
                     EscapeHtml(Replace(check.name, "_", " ")) + "</strong>";
  for (const Severity severity : kGravestFirst) {
    const int64_t n = check.open[static_cast<size_t>(severity)];
    const std::string name(SeverityName(severity));
    if (n > 0)
      html += " " + HtmlTag(name, severity == Severity::kInfo ? FormatCount(n) + " info"
                                                              : Plural(n, name));
  }
  html += "<span class=\"count\">" + Plural(check.count, "finding") + "</span></summary>";
  if (const Spec* spec = SpecOf(check.name)) {
    html += "<p class=\"note\">" + EscapeHtml(spec->one_line) + ".</p>";
  }
  const int64_t open_count = check.open[0] + check.open[1] + check.open[2];
  if (!open.empty()) html += ListHtml(open, open_count, most);
  return html + Folded(waived, known, most) + "</details>";
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

std::string_view FindingsCss() {
  // Hides findings of a severity whose box is not ticked; the boxes stand before the lists.
  return R"(
.filter{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;align-items:center;margin:1rem 0}
.filter label{display:inline-flex;gap:.4rem;align-items:center;cursor:pointer;padding:.25rem 0}
main:has(#show-error:not(:checked)) .finding.error,
main:has(#show-warning:not(:checked)) .finding.warning,
main:has(#show-info:not(:checked)) .finding.info{display:none}
ul.findings{list-style:none;margin:.6rem 0 0;padding:0}
li.finding{border-top:1px solid var(--line);padding:.7rem 0;max-width:none}
li.finding p{margin:.25rem 0;max-width:none;overflow-wrap:anywhere}
li.finding .place,li.finding .fix{color:var(--muted);font-size:.9em}
details.check{border:1px solid var(--line);border-radius:8px;padding:.2rem .9rem;margin:.7rem 0}
details.check>summary{cursor:pointer;padding:.55rem 0;display:flex;flex-wrap:wrap;gap:.5rem;
align-items:baseline}
details.check>summary .count{margin-left:auto;color:var(--muted)}
details.folded{margin:.6rem 0;border-top:1px solid var(--line);padding-top:.5rem}
@media print{.filter{display:none}details.check{break-inside:auto}li.finding{break-inside:avoid}}
)";
}

std::string Plural(int64_t n, const std::string& one) {
  return FormatCount(n) + " " + one + (n == 1 ? "" : "s");
}

std::string FindingsHtml(const AuditResult& result, int64_t most) {
  std::map<std::string_view, std::vector<const Finding*>> by_check;
  for (const Finding& finding : result.findings) by_check[finding.check].push_back(&finding);
  if (by_check.empty()) return "<p class=\"lead\">No check found anything.</p>";
  std::string html = Filter();
  for (const CheckTheme& theme : CheckThemes()) {
    std::string of_theme;
    for (const CheckOutcome& check : result.checks) {
      const auto found = by_check.find(check.name);
      if (ThemeOf(check.name) != theme.name || found == by_check.end()) continue;
      of_theme += CheckHtml(check, found->second, most);
    }
    if (of_theme.empty()) continue;
    std::string name(theme.name);
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    html += "<h3>" + name + "</h3>" + of_theme;
  }
  return html;
}

}  // namespace bottega
