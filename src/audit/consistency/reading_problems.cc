#include <algorithm>
#include <map>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/groups.h"
#include "base/text.h"

namespace bottega {

bool IsFileIssue(const std::string& kind);  // unreadable_file.cc

namespace {

const Spec& ReadingProblemsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "reading_problems",
      .one_line = "records and cells that did not fit while reading",
      .text =
          "What reading noticed and went on: records with too many or too few fields, bytes that "
          "are not UTF-8, cells that are no number in a number column, columns mapped by position. "
          "One finding each; cells of one column together. Severity: warning for what was set "
          "aside or changed, info for "
          "choices that reading made.",
      .synonyms = {"ragged_rows", "encoding", "mixed_types"},
  };
  return spec;
}

struct Kind {
  std::string name;
  Severity severity;
  const char* fix;
};

const Kind& KindOf(const std::string& name) {
  static const std::vector<Kind> kinds = {
      {"ragged_row", Severity::kWarning,
       "correct the record in the file: quote fields that hold the delimiter or a line break"},
      {"invalid_utf8", Severity::kWarning,
       "save the file as UTF-8, or name its encoding in the recipe (data.encoding)"},
      {"nul_bytes", Severity::kWarning, "remove the NUL bytes, or name the file's encoding"},
      {"mixed_type", Severity::kWarning,
       "correct the cell, or declare the column's type in the recipe (data.types)"},
      {"infinity", Severity::kWarning, "replace infinities by real values or leave them empty"},
      {"long_line", Severity::kWarning, "look at the line: a closing quote may be missing"},
  };
  static const Kind other = {"", Severity::kInfo, "nothing to do if this is what you meant"};
  for (const Kind& kind : kinds) {
    if (kind.name == name) return kind;
  }
  return other;
}

bool IsCellKind(const std::string& kind) { return kind == "mixed_type" || kind == "infinity"; }

// Cells that were not read: infinite ones are numbers, the others are not.
bool IsOfKind(const WrittenCell& cell, const std::string& kind) {
  return !cell.read && ParseNumber(cell.text).has_value() == (kind == "infinity");
}

// The most frequent texts of such cells, as in "'empty' (167), 'n.k.' (3)".
std::string Examples(const Written& written, const std::string& kind) {
  std::map<std::string, int64_t> counts;
  for (const WrittenCell& cell : written.cells) counts[cell.text] += IsOfKind(cell, kind);
  std::vector<std::pair<int64_t, std::string>> most;
  for (const auto& [text, count] : counts) {
    if (count > 0) most.emplace_back(-count, text);
  }
  std::ranges::sort(most);
  std::vector<std::string> parts;
  for (size_t i = 0; i < std::min<size_t>(3, most.size()); ++i) {
    parts.push_back(Quote(most[i].second) + " (" + FormatCount(-most[i].first) + ")");
  }
  return Join(parts, ", ");
}

// Many cells of one column as one finding.
void AddCells(const AuditContext& context, const std::vector<const ReadIssue*>& issues,
              Findings& findings) {
  const ReadIssue& first = *issues[0];
  const Kind& kind = KindOf(first.kind);
  std::vector<int64_t> rows;
  for (const ReadIssue* issue : issues) {
    if (issue->place.row >= 0) rows.push_back(issue->place.row);
  }
  const int column = context.data.Find(first.place.column);
  const Written* written = column < 0 ? nullptr : WrittenOf(context.data, column);
  std::string message = first.message;
  int64_t count = static_cast<int64_t>(rows.size());
  if (written != nullptr && !written->cells.empty()) {
    const int64_t all = std::ranges::count_if(
        written->cells, [&](const WrittenCell& cell) { return IsOfKind(cell, first.kind); });
    count = std::max(count, all);
  }
  if (count > 1) {
    message = FormatCount(count) + " cells of '" + first.place.column + "' could not be read" +
              (written != nullptr ? ", as " + Examples(*written, first.kind) : "") +
              "; they were read as missing";
  }
  Finding& finding = findings.Add(kind.severity, first.place, message, kind.fix);
  finding.detail = {{"kind", first.kind}, {"count", count}, {"rows", rows}};
}

void Run(const AuditContext& context, Findings& findings) {
  std::map<std::pair<std::string, std::string>, std::vector<const ReadIssue*>> cells;
  for (const ReadIssue& issue : context.data.issues) {
    if (IsCellKind(issue.kind)) cells[{issue.kind, issue.place.column}].push_back(&issue);
  }
  for (const ReadIssue& issue : context.data.issues) {
    if (IsFileIssue(issue.kind)) continue;
    if (IsCellKind(issue.kind)) {
      auto& together = cells[{issue.kind, issue.place.column}];
      if (together.front() == &issue) AddCells(context, together, findings);
      continue;
    }
    const Kind& kind = KindOf(issue.kind);
    Finding& finding = findings.Add(kind.severity, issue.place, issue.message, kind.fix);
    finding.detail = {{"kind", issue.kind}};
  }
}

}  // namespace

const Check& ReadingProblems() {
  static const Check check = {&ReadingProblemsSpec, &Run};
  return check;
}

}  // namespace bottega
