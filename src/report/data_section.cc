#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "report/page.h"
#include "report/plot.h"
#include "report/score.h"
#include "report/sections.h"

namespace bottega {

namespace {

constexpr size_t kMostClassesDrawn = 30, kMostFindings = 25, kMostOfACheck = 3, kMostRefusals = 30;

std::string Fact(const std::string& name, const std::string& value) {
  return value.empty() ? "" : "<dt>" + EscapeHtml(name) + "</dt><dd>" + EscapeHtml(value) + "</dd>";
}

std::string ColumnKinds(const Json& plan) {
  std::map<std::string, int> count;
  std::vector<std::string> sensitive;
  for (const Json& column : Member(plan, "columns")) {
    if (column.value("role", "") == "feature") ++count[column.value("type", "")];
    if (column.value("sensitive", false)) sensitive.push_back(column.value("name", ""));
  }
  std::vector<std::string> parts;
  for (const auto& [type, n] : count) parts.push_back(std::to_string(n) + " " + type);
  std::string text = Join(parts, ", ");
  if (!sensitive.empty()) text += "; sensitive: " + Join(sensitive, ", ");
  return text;
}

std::string BalancePlot(const Json& split) {
  const Json& parts = Member(split, "parts");
  const Json& train = Member(Member(parts, "train"), "classes");
  if (!train.is_object() || train.empty() || train.size() > kMostClassesDrawn) return "";
  BarPlot plot{.title = "Rows of each class in each part", .x_label = "rows"};
  for (const auto& [name, part] : parts.items()) plot.series.push_back(name);
  for (const auto& [cls, rows] : train.items()) {
    BarGroup group{.label = cls};
    for (const auto& [name, part] : parts.items()) {
      group.values.push_back(Member(part, "classes").value(cls, 0.0));
    }
    plot.groups.push_back(std::move(group));
  }
  return Draw(plot);
}

std::string PartsTable(const Json& split) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, part] : Member(split, "parts").items()) {
    rows.push_back({name, FormatCount(part.value("rows", int64_t{0})),
                    FormatPercent(part.value("fraction", 0.0))});
  }
  if (rows.empty()) return "";
  return HtmlTable({"Part", "rows", "share"}, rows, {1, 2}, "How the rows were dealt out");
}

int SeverityRank(const Json& finding) {
  const std::string severity = finding.value("severity", "");
  return severity == "error" ? 0 : severity == "warning" ? 1 : 2;
}

std::string PlaceText(const Json& place) {
  Place at;
  const auto number = [&](const char* key) {
    const Json& value = Member(place, key);
    return value.is_number_integer() ? value.get<int64_t>() : int64_t{-1};
  };
  at.file = PlainText(Member(place, "file"));
  at.row = number("row");
  at.line = number("line");
  at.column = PlainText(Member(place, "column"));
  return at.ToString();
}

// Escaped, with `commands` in backticks as code.
std::string WithCode(const std::string& text) {
  std::string html;
  bool code = false;
  for (const std::string& piece : Split(text, '`')) {
    html += code ? "<code>" + EscapeHtml(piece) + "</code>" : EscapeHtml(piece);
    code = !code;
  }
  return html;
}

// The gravest first, at most a few of each check.
std::vector<Json> Gravest(std::vector<Json> findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Json& a, const Json& b) { return SeverityRank(a) < SeverityRank(b); });
  std::map<std::string, size_t> shown;
  std::vector<Json> gravest;
  for (const Json& finding : findings) {
    if (gravest.size() == kMostFindings) break;
    if (++shown[finding.value("check", "")] <= kMostOfACheck) gravest.push_back(finding);
  }
  return gravest;
}

// A number keeps its unit on the same line.
std::string Prose(const std::string& text) { return Replace(WithCode(text), " %", "&nbsp;%"); }

std::string FindingsTable(const std::vector<Json>& findings) {
  std::string html =
      "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Gravest findings\"><table "
      "class=\"stack\">"
      "<caption>The gravest findings, at most three of each check</caption><thead><tr>"
      "<th scope=\"col\">Severity</th><th scope=\"col\">What and where</th>"
      "<th scope=\"col\">What to do</th></tr></thead><tbody>";
  for (const Json& finding : findings) {
    const std::string severity = finding.value("severity", "info");
    const std::string place = PlaceText(Member(finding, "place"));
    html += "<tr><td>" + HtmlTag(severity, severity) + "</td><td class=\"wide\">" +
            Prose(finding.value("message", ""));
    if (!place.empty()) html += "<br><span class=\"note\">" + EscapeHtml(place) + "</span>";
    html += "</td><td class=\"wide\">" + Prose(finding.value("fix", "")) + "</td></tr>";
  }
  return html + "</tbody></table></div>";
}

std::string ChecksTable(const Json& audit, const std::vector<Json>& findings) {
  std::map<std::string, int> worst;
  for (const Json& finding : findings) {
    const std::string check = finding.value("check", "");
    const auto [at, fresh] = worst.try_emplace(check, SeverityRank(finding));
    if (!fresh) at->second = std::min(at->second, SeverityRank(finding));
  }
  static const char* kNames[] = {"error", "warning", "info"};
  std::string html =
      "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Checks\"><table>"
      "<caption>Every check, and what it found</caption><thead><tr><th scope=\"col\">Check</th>"
      "<th scope=\"col\" class=\"num\">findings</th><th scope=\"col\">gravest</th></tr></thead>"
      "<tbody>";
  for (const Json& check : Member(audit, "checks")) {
    const std::string name = check.value("name", "");
    const int64_t count = check.value("count", int64_t{0});
    std::string state = HtmlTag("good", "nothing found");
    if (!check.value("ran", true)) {
      state =
          "<span class=\"note\">did not run: " + EscapeHtml(check.value("reason", "")) + "</span>";
    } else if (worst.contains(name)) {
      state = HtmlTag(kNames[worst[name]], kNames[worst[name]]);
    }
    html += "<tr><td>" + EscapeHtml(Replace(name, "_", " ")) + "</td><td class=\"num\">" +
            FormatCount(count) + "</td><td>" + state + "</td></tr>";
  }
  return html + "</tbody></table></div>";
}

// Columns that do not reach the model at all, or those that one step left alone.
std::string RefusalsHtml(const Json& refused, bool unused) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& refusal : refused) {
    const std::string step = refusal.value("component", "");
    const bool out = step == "select" || step == "output";
    if (out != unused || rows.size() == kMostRefusals) continue;
    std::vector<std::string> row = {refusal.value("column", ""), refusal.value("reason", "")};
    if (!unused) row.insert(row.begin(), Replace(step, "_", " "));
    rows.push_back(std::move(row));
  }
  if (rows.empty()) return "";
  if (unused) {
    return "<h3>Columns that the model does not use</h3>" +
           HtmlTable({"Column", "why"}, rows, {}, "Columns left out");
  }
  return "<h3>Columns that a step left as they were</h3>" +
         HtmlTable({"Step", "column", "why"}, rows, {}, "Columns that a step refused");
}

}  // namespace

std::string DataHtml(const Json& facts) {
  const Json& inputs = Member(Member(facts, "manifest"), "inputs");
  const Json& split = Member(facts, "split");
  std::string html = Fact("Source", PlainText(Member(inputs, "source")));
  if (inputs.is_object()) {
    const int64_t files = inputs.value("files", int64_t{0});
    html += Fact("Size", FormatCount(files) + (files == 1 ? " file, " : " files, ") +
                             FormatBytes(inputs.value("bytes", int64_t{0})));
  }
  const Json& data = Member(Member(facts, "recipe"), "data");
  html += Fact("Consent", PlainText(Member(data, "consent")));
  html += Fact("Licence", PlainText(Member(data, "licence")));
  html += Fact("Kept until", PlainText(Member(data, "retention")));
  html += Fact("Columns", ColumnKinds(Member(facts, "plan")));
  html += Fact("Split", Replace(PlainText(Member(split, "method")), "_", " "));
  if (html.empty() && split.is_null()) return "";
  html = "<dl class=\"facts\">" + html + "</dl>";
  for (const Json& note : Member(split, "notes")) html += Paragraph(PlainText(note), "note");
  return html + "<div class=\"figures\">" + BalancePlot(split) + "<div>" + PartsTable(split) +
         "</div></div>";
}

std::string AuditSectionHtml(const Json& facts) {
  const Json& audit = Member(facts, "audit");
  if (!audit.is_object()) return "";
  std::vector<Json> findings;
  for (const Json& finding : Member(audit, "findings")) {
    if (Member(finding, "waived").is_null()) findings.push_back(finding);
  }
  int64_t total = 0, waived = 0;
  for (const Json& check : Member(audit, "checks")) {
    total += check.value("count", int64_t{0});
    waived += check.value("waived", int64_t{0});
  }
  std::string html = Paragraph(
      total == 0 ? "The checks found nothing to report."
                 : FormatCount(static_cast<int64_t>(Member(audit, "checks").size())) +
                       " checks looked at the data as they came, before any repair, and made " +
                       FormatCount(total) + (total == 1 ? " finding" : " findings") +
                       (waived == 0 ? "." : ", of which " + FormatCount(waived) + " are waived."));
  html += ChecksTable(audit, findings);
  if (findings.empty()) return html;
  const std::vector<Json> gravest = Gravest(findings);
  html += FindingsTable(gravest);
  if (findings.size() > gravest.size()) {
    html +=
        "<p class=\"note\">All of them: <code>bottega audit</code> writes them as a page and "
        "as JSON.</p>";
  }
  return html;
}

std::string RepairsHtml(const Json& facts) {
  const Json& repairs = Member(facts, "repairs");
  const Json& refused = Member(facts, "refused");
  if (!repairs.is_array() && !refused.is_array()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const Json& repair : repairs) {
    std::vector<std::string> columns;
    for (const Json& column : repair.at("columns")) columns.push_back(PlainText(column));
    const Json& example = repair.at("examples")[0];
    const std::string before = PlainText(example.at("before"));
    const std::string after = PlainText(example.at("after"));
    const std::string change =
        before.empty() && after.empty() ? "" : "“" + before + "” → “" + after + "”: ";
    const int64_t count = repair.at("rows");
    rows.push_back({Replace(PlainText(repair.at("repair")), "_", " "),
                    count == 0 ? "" : FormatCount(count), Shorten(Join(columns, ", "), 60),
                    change + PlainText(example.at("reason"))});
  }
  std::string html;
  if (rows.empty()) {
    html = Paragraph("Nothing was changed before training.");
  } else {
    html = Paragraph(
               "Repairs act on a copy; the files themselves are unchanged. What was set "
               "aside lies in quarantine/ in the run's folder.") +
           HtmlTable({"Repair", "rows", "columns", "why (first example)"}, rows, {1}, "Repairs");
  }
  return html + RefusalsHtml(refused, true) + RefusalsHtml(refused, false);
}

}  // namespace bottega
