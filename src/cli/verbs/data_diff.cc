#include <algorithm>
#include <map>

#include "audit/baseline.h"
#include "audit/run_audit.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/output.h"
#include "cli/print.h"
#include "cli/recipe.h"
#include "cli/verbs/verbs.h"
#include "profile/drift.h"
#include "profile/row_match.h"
#include "report/page.h"

namespace bottega {

const Spec& DataDiffSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "data diff",
      .one_line = "compare two states of a table: rows, labels, drift, defects",
      .text =
          "Rows are matched by `--key`, else by an identifier column that both have, else by their "
          "content. Drift is tested column by column (Kolmogorov-Smirnov for numbers and dates, "
          "chi-square for values, shares of empty cells), adjusted for the number of columns "
          "(Benjamini-Hochberg), and reported only from a least effect on. Both tables are "
          "audited: "
          "which findings are new, which are gone.",
      .params =
          {{.name = "before", .what = "the table as it was", .required = true, .positional = true},
           {.name = "after", .what = "the table as it is", .required = true, .positional = true},
           {.name = "key",
            .type = ParamType::kTextList,
            .what = "columns that name a row in both",
            .fallback = Json::array(),
            .unit = "COLUMN,..."},
           {.name = "target", .what = "the column to predict", .unit = "COLUMN"},
           {.name = "false_discoveries",
            .type = ParamType::kFloat,
            .what = "share of false alarms among the columns that are said to drift",
            .fallback = 0.05,
            .min = 1e-6,
            .max = 0.5},
           {.name = "least_effect",
            .type = ParamType::kFloat,
            .what = "least Kolmogorov-Smirnov distance or Cramer's V that counts as drift",
            .fallback = 0.1,
            .min = 0,
            .max = 1},
           {.name = "audit",
            .type = ParamType::kBool,
            .what = "audit both tables (--no-audit leaves it out)",
            .fallback = true},
           {.name = "fail_on",
            .type = ParamType::kChoice,
            .what = "exit with 3 when there is drift, when columns changed, or either",
            .fallback = "none",
            .choices = {"none", "drift", "columns", "any"},
            .unit = "WHAT"},
           {.name = "html", .what = "write a page here", .unit = "FILE"}},
      .examples = {"bottega data diff loans.csv loans.csv --no-audit"}};
  return spec;
}

namespace {

struct TableDiff {
  std::vector<std::string> columns_added, columns_removed;
  std::map<std::string, std::pair<std::string, std::string>> retyped;
  RowMatch rows;
  int64_t relabelled = 0;
  std::map<std::string, int64_t> changed_cells;  // per column
  std::vector<ColumnDrift> drift;
  std::optional<BaselineOutcome> audited;
  std::vector<std::string> new_findings;  // messages

  bool columns_changed() const {
    return !columns_added.empty() || !columns_removed.empty() || !retyped.empty();
  }
  bool drifted() const {
    return std::ranges::any_of(drift,
                               [](const ColumnDrift& d) { return d.drifted || d.missing_drifted; });
  }
};

AuditResult AuditOf(const Inference& inference, const std::string& source, const Json& given) {
  const Recipe recipe = ResolveRecipe(InitialRecipe(inference, source, given), source, {});
  return RunAudit(inference.data, recipe["audit"], {.recipe = &recipe.value});
}

// The table as it is, with the target of the other where it has that column.
Inference InferAfter(const std::string& source, const std::string& target, bool given) {
  try {
    return InferDataset(source, target);
  } catch (const Error& error) {
    if (given || (error.kind() != ErrorKind::kUsage && error.kind() != ErrorKind::kRecipe)) throw;
    return InferDataset(source, "");
  }
}

TableDiff Compare(const Invocation& call) {
  const Json given = Json::object();
  const std::string target = call.Text("target");
  const Inference a = InferDataset(call.Text("before"), target, given);
  const Inference b = InferAfter(call.Text("after"), a.target, !target.empty());
  TableDiff diff;
  for (const Column& column : a.data.columns) {
    const int at = b.data.Find(column.name);
    if (at < 0) {
      diff.columns_removed.push_back(column.name);
    } else if (const Column& other = b.data.columns[static_cast<size_t>(at)];
               other.type != column.type) {
      diff.retyped[column.name] = {std::string(FeatureTypeName(column.type)),
                                   std::string(FeatureTypeName(other.type))};
    }
  }
  for (const Column& column : b.data.columns) {
    if (a.data.Find(column.name) < 0) diff.columns_added.push_back(column.name);
  }
  diff.rows =
      MatchRows(a.data, b.data, call.args.at("key").get<std::vector<std::string>>(), a.target);
  for (const ChangedRow& row : diff.rows.changed) {
    for (const std::string& column : row.columns) ++diff.changed_cells[column];
  }
  diff.relabelled = diff.changed_cells.contains(a.target) ? diff.changed_cells[a.target] : 0;
  diff.drift = FindDrift(a.data, b.data,
                         {.q = call.args.at("false_discoveries").get<double>(),
                          .least_size = call.args.at("least_effect").get<double>()});
  if (!call.Flag("audit")) return diff;
  const AuditResult before = AuditOf(a, call.Text("before"), given);
  AuditResult after = AuditOf(b, call.Text("after"), given);
  diff.audited = ApplyBaseline(before, &after);
  for (const Finding& finding : after.findings) {
    if (!finding.known && finding.severity != Severity::kInfo && diff.new_findings.size() < 20) {
      diff.new_findings.push_back(finding.check + ": " + finding.message);
    }
  }
  return diff;
}

std::string Number(double value) { return FormatNumber(value, 3); }

std::string Probability(double p) { return p < 1e-4 ? "below 0.0001" : Number(p); }

std::vector<std::vector<std::string>> DriftRows(const TableDiff& diff) {
  std::vector<std::vector<std::string>> rows;
  for (const ColumnDrift& drift : diff.drift) {
    if (drift.drifted) {
      rows.push_back({drift.column, drift.effect + " " + Number(drift.size), Number(drift.psi),
                      Probability(drift.adjusted),
                      drift.new_values.empty()
                          ? ""
                          : FormatCount(drift.rows_with_new_values) + " rows with new values"});
    }
    if (drift.missing_drifted) {
      rows.push_back({drift.column, "missing", "", Probability(drift.missing_adjusted),
                      FormatPercent(drift.missing_before) + " before, " +
                          FormatPercent(drift.missing_after) + " after"});
    }
  }
  return rows;
}

std::vector<std::vector<std::string>> CountRows(const TableDiff& diff) {
  const auto count = [](size_t n) { return FormatCount(static_cast<int64_t>(n)); };
  std::vector<std::vector<std::string>> rows = {
      {"rows added", count(diff.rows.added.size())},
      {"rows removed", count(diff.rows.removed.size())},
      {"rows changed", count(diff.rows.changed.size())},
      {"of them relabelled", FormatCount(diff.relabelled)},
      {"rows that are the same", count(diff.rows.same.size())},
      {"rows matched by", diff.rows.key.empty() ? "content" : Join(diff.rows.key, ", ")}};
  if (!diff.columns_added.empty())
    rows.push_back({"columns added", Join(diff.columns_added, ", ")});
  if (!diff.columns_removed.empty()) {
    rows.push_back({"columns removed", Join(diff.columns_removed, ", ")});
  }
  for (const auto& [name, types] : diff.retyped) {
    rows.push_back({"column of another type", name + ": " + types.first + ", now " + types.second});
  }
  if (diff.audited) {
    rows.push_back({"findings", FormatCount(diff.audited->fresh) + " new, " +
                                    FormatCount(diff.audited->fixed) + " gone, " +
                                    FormatCount(diff.audited->known) + " as before"});
  }
  return rows;
}

void Print(std::ostream& out, const TableDiff& diff) {
  std::vector<std::vector<std::string>> counts = CountRows(diff);
  counts.insert(counts.begin(), {"what", ""});
  PrintTable(out, counts, TerminalWidth(1));
  std::vector<std::vector<std::string>> drift = DriftRows(diff);
  if (drift.empty()) {
    out << "no column drifts (" << diff.drift.size() << " compared)\n";
  } else {
    out << "\n";
    drift.insert(drift.begin(), {"drift of", "effect", "PSI", "p (adjusted)", ""});
    PrintTable(out, drift, TerminalWidth(1));
  }
  for (const std::string& finding : diff.new_findings) out << "new  " << finding << "\n";
}

Json DriftJson(const ColumnDrift& drift) {
  return {{"column", drift.column},
          {"test", drift.test},
          {"effect", drift.effect},
          {"size", drift.size},
          {"psi", drift.psi},
          {"p", drift.p},
          {"adjusted", drift.adjusted},
          {"drifted", drift.drifted},
          {"missing",
           {{"before", drift.missing_before},
            {"after", drift.missing_after},
            {"adjusted", drift.missing_adjusted},
            {"drifted", drift.missing_drifted}}},
          {"new_values", drift.new_values},
          {"rows_with_new_values", drift.rows_with_new_values}};
}

Json ToJson(const TableDiff& diff) {
  Json changed = Json::array(), drift = Json::array(), retyped = Json::object();
  for (const ChangedRow& row : diff.rows.changed) {
    if (changed.size() == 1'000) break;
    changed.push_back({{"before", row.before}, {"after", row.after}, {"columns", row.columns}});
  }
  for (const ColumnDrift& column : diff.drift) drift.push_back(DriftJson(column));
  for (const auto& [name, types] : diff.retyped) retyped[name] = {types.first, types.second};
  Json json = {
      {"columns",
       {{"added", diff.columns_added}, {"removed", diff.columns_removed}, {"retyped", retyped}}},
      {"rows",
       {{"key", diff.rows.key},
        {"added", diff.rows.added.size()},
        {"removed", diff.rows.removed.size()},
        {"changed", diff.rows.changed.size()},
        {"relabelled", diff.relabelled},
        {"same", diff.rows.same.size()},
        {"changes", changed}}},
      {"changed_cells", diff.changed_cells},
      {"drift", drift}};
  if (diff.audited) {
    json["findings"] = {{"new", diff.audited->fresh},
                        {"fixed", diff.audited->fixed},
                        {"known", diff.audited->known}};
  }
  return json;
}

std::string PageOf(const TableDiff& diff, const Invocation& call) {
  Page page{.title = "Data diff",
            .kicker = call.Text("before") + " → " + call.Text("after"),
            .footer = std::string("bottega ") + kVersion + " · " + NowUtc()};
  page.sections.push_back(
      {"rows", "Rows and columns", HtmlTable({"What", "How many"}, CountRows(diff))});
  const auto drift = DriftRows(diff);
  page.sections.push_back(
      {"drift", "Drift",
       drift.empty() ? "<p class=\"lead\">No column drifts.</p>"
                     : HtmlTable({"Column", "Effect", "PSI", "p (adjusted)", "Remark"}, drift)});
  if (!diff.new_findings.empty()) {
    std::vector<std::vector<std::string>> rows;
    for (const std::string& finding : diff.new_findings) rows.push_back({finding});
    page.sections.push_back({"findings", "New findings", HtmlTable({"Finding"}, rows)});
  }
  return RenderPage(page);
}

}  // namespace

Json RunDataDiff(Invocation& call) {
  const std::string html = call.Text("html"), fail_on = call.Text("fail_on");
  CheckOutput({.path = html,
               .endings = {".html"},
               .inputs = {call.Text("before"), call.Text("after")},
               .command = "bottega data diff " + ShellQuote(call.Text("before")) + " " +
                          ShellQuote(call.Text("after")) + " --html "});
  const TableDiff diff = Compare(call);
  if (!html.empty()) WriteFileAtomic(html, PageOf(diff, call));
  if (!call.json) Print(*call.out, diff);
  const bool drift = diff.drifted() && (fail_on == "drift" || fail_on == "any");
  const bool columns = diff.columns_changed() && (fail_on == "columns" || fail_on == "any");
  if (drift || columns) {
    call.failure = Error(ErrorKind::kGate, drift ? "there is drift" : "columns changed",
                         {.file = call.Text("after")},
                         "bottega data diff " + ShellQuote(call.Text("before")) + " " +
                             ShellQuote(call.Text("after")));
  }
  return ToJson(diff);
}

}  // namespace bottega
