#include "report/audit_html.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "report/audit_areas.h"
#include "report/audit_findings.h"
#include "report/page.h"

namespace bottega {

namespace {

constexpr size_t kMostGone = 50;

constexpr const char* kCss = R"(
.areas{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(13.5rem,100%),1fr));gap:1rem;
margin:0 0 1.4rem}
.area{border:1px solid var(--line);border-top:4px solid var(--line);border-radius:8px;
padding:.8rem 1rem;background:var(--panel);min-width:0}
.area.error{border-top-color:var(--bad)}.area.warning{border-top-color:var(--warn)}
.area.info{border-top-color:var(--accent)}.area.good{border-top-color:var(--good)}
.area h3{margin:0 0 .35rem}.area p{margin:.25rem 0}.area ul{margin:.4rem 0 0;padding:0;
list-style:none;font-size:.9rem}
.area li{display:flex;gap:.6rem;justify-content:space-between}
.area li a{min-width:0;overflow-wrap:anywhere}
.area li span{color:var(--muted);font-variant-numeric:tabular-nums}
)";

std::string TitleOf(const std::string& source) {
  const std::filesystem::path path = std::filesystem::path(source).lexically_normal();
  const std::string name = (path.has_filename() ? path : path.parent_path()).filename().string();
  return Shorten(name.empty() ? source : name, 120);
}

int64_t Sum(const SeverityCounts& open) { return open[0] + open[1] + open[2]; }

std::string Callout(const std::string& kind, const std::string& html) {
  return "<div class=\"callout " + kind + "\"><p>" + html + "</p></div>";
}

// Open findings at least as grave as the gate; 0 where there is none.
int64_t GatedCount(const AuditResult& result, const std::string& gate) {
  if (gate == "none") return 0;
  const SeverityCounts open = OpenCounts(result);
  int64_t grave = 0;
  for (auto s = static_cast<size_t>(ParseSeverity(gate)); s < open.size(); ++s) grave += open[s];
  return grave;
}

std::string Verdict(const AuditResult& result, const AuditPageFacts& facts) {
  std::string html;
  for (const CheckOutcome& check : result.checks) {
    if (!check.fault) continue;
    html +=
        Callout("error", "The check <strong>" + EscapeHtml(Replace(check.name, "_", " ")) +
                             "</strong> did not run: " + EscapeHtml(Shorten(check.reason, 300)));
  }
  const int64_t grave = GatedCount(result, facts.gate);
  const std::string gate = "<strong>" + EscapeHtml(facts.gate) + "</strong>.";
  if (facts.gate == "none") {
    html += "<p class=\"note\">No gate was set: findings do not stop a run.</p>";
  } else if (grave == 0) {
    html += Callout("good", "The gate is passed: nothing is as grave as " + gate);
  } else {
    html += Callout("error", "The gate fails: " + Plural(grave, "finding") +
                                 (grave == 1 ? " is" : " are") + " at least as grave as " + gate);
  }
  return html;
}

std::string CountsText(const SeverityCounts& open) {
  std::vector<std::string> parts;
  if (open[2] > 0) parts.push_back(Plural(open[2], "error"));
  if (open[1] > 0) parts.push_back(Plural(open[1], "warning"));
  if (open[0] > 0) parts.push_back(Plural(open[0], "remark"));
  return parts.empty() ? "no findings" : Join(parts, ", ");
}

std::string AreaHtml(const AuditArea& area) {
  std::string name = area.name;
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  std::string html = "<div class=\"area " + area.verdict_kind() + "\"><h3>" + name + "</h3><p>" +
                     area.verdict() + "</p><p class=\"note\">" + CountsText(area.open);
  if (area.waived > 0) html += " · " + FormatCount(area.waived) + " waived";
  if (area.known > 0) html += " · " + FormatCount(area.known) + " known";
  html += "<br>" + Plural(area.ran, "check") + " looked";
  if (area.skipped > 0) html += ", " + FormatCount(area.skipped) + " did not apply";
  if (area.faults > 0) html += ", " + FormatCount(area.faults) + " broke off";
  html += "</p>";
  if (!area.found.empty()) html += "<ul>";
  for (const CheckOutcome* check : area.found) {
    html += "<li><a href=\"#check-" + EscapeHtml(check->name) + "\">" +
            EscapeHtml(Replace(check->name, "_", " ")) + "</a><span>" +
            FormatCount(Sum(check->open)) + "</span></li>";
  }
  if (!area.found.empty()) html += "</ul>";
  return html + "</div>";
}

std::string Summary(const AuditResult& result, const AuditPageFacts& facts) {
  std::string html = Verdict(result, facts);
  if (!facts.baseline.empty()) {
    html += "<p>Compared with " + EscapeHtml(Shorten(facts.baseline, 120)) + ": " +
            FormatCount(facts.compared.fresh) + " new, " + FormatCount(facts.compared.known) +
            " known, " + FormatCount(facts.compared.fixed) + " fixed. Only what is new counts.</p>";
  }
  html += "<div class=\"areas\">";
  for (const AuditArea& area : SumUpAreas(result)) html += AreaHtml(area);
  return html + "</div>";
}

std::string PolicyHtml(const Json& policy) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& topic : policy.at("topics")) {
    const auto count = topic.at("findings").get<int64_t>();
    const std::string remark = topic.at("remark").get<std::string>();
    std::string state = count > 0 ? Plural(count, "finding")
                                  : Replace(topic.at("state").get<std::string>(), "_", " ");
    if (count == 0 && !remark.empty()) state += ": " + Shorten(remark, 200);
    rows.push_back({topic.at("topic").get<std::string>(), topic.at("section").get<std::string>(),
                    topic.at("asks").get<std::string>(), state});
  }
  return "<p>" + EscapeHtml(policy.at("title").get<std::string>()) + "</p>" +
         HtmlTable({"Topic", "Section", "Asks for", "State"}, rows) + "<p class=\"note\">" +
         EscapeHtml(policy.at("notice").get<std::string>()) + "</p>";
}

std::string Gone(const AuditPageFacts& facts) {
  std::vector<std::vector<std::string>> rows;
  for (const Finding& finding : facts.compared.gone) {
    if (rows.size() == kMostGone) break;
    rows.push_back({Replace(finding.check, "_", " "), Shorten(finding.message, 300)});
  }
  std::string html = HtmlTable({"Check", "What it was"}, rows);
  const int64_t more = facts.compared.fixed - static_cast<int64_t>(rows.size());
  if (more > 0) html += "<p class=\"note\">And " + FormatCount(more) + " more.</p>";
  return html;
}

// How much a page spells out.
struct Extent {
  int64_t findings = 100;
  bool figures = true;
};

std::string Render(const AuditResult& result, const AuditPageFacts& facts, const Extent& extent,
                   bool cut) {
  const int64_t open = Sum(OpenCounts(result));
  Page page{.title = TitleOf(facts.source),
            .kicker = "Data audit",
            .subtitle = Plural(open, "finding") + " in " + Plural(result.rows, "row"),
            .css = kCss + std::string(FindingsCss()),
            .footer = "bottega " + facts.version + " · " + facts.time};
  page.sections.push_back({"summary", "Summary", Summary(result, facts)});
  if (extent.figures && !facts.figures.empty()) {
    page.sections.push_back(
        {"data", "The data", "<div class=\"figures\">" + Join(facts.figures, "") + "</div>"});
  }
  std::string findings;
  if (cut) {
    findings = "<p class=\"note\">To stay below " + FormatBytes(kMostPageBytes) +
               ", this page spells out at most " + Plural(extent.findings, "finding") +
               " of each check" + (extent.figures ? "" : " and draws no plots") + ".</p>";
  }
  page.sections.push_back(
      {"findings", "Findings", findings + FindingsHtml(result, extent.findings)});
  if (result.policy.is_object()) {
    page.sections.push_back({"policy", "What the law asks", PolicyHtml(result.policy)});
  }
  if (facts.compared.fixed > 0) {
    page.sections.push_back({"fixed", "Fixed since the baseline", Gone(facts)});
  }
  std::vector<std::vector<std::string>> quiet;
  for (const CheckOutcome& check : result.checks) {
    if (check.count > 0) continue;
    quiet.push_back(
        {Replace(check.name, "_", " "), check.ran ? "found nothing" : Shorten(check.reason, 300)});
  }
  if (!quiet.empty()) {
    page.sections.push_back(
        {"quiet", "Checks without findings", HtmlTable({"Check", "Outcome"}, quiet)});
  }
  return RenderPage(page);
}

}  // namespace

std::string AuditHtml(const AuditResult& result, const AuditPageFacts& facts,
                      int64_t most_per_check) {
  const Extent full{.findings = most_per_check};
  std::string html = Render(result, facts, full, false);
  for (const Extent& extent : {Extent{50}, Extent{20}, Extent{8}, Extent{3}, Extent{3, false},
                               Extent{1, false}, Extent{0, false}}) {
    if (html.size() <= kMostPageBytes) break;
    if (extent.findings < most_per_check) html = Render(result, facts, extent, true);
  }
  return html;
}

}  // namespace bottega
