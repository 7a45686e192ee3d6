#include "audit/check.h"
#include "audit/check_list.h"

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
          "One finding each. Severity: warning for what was set aside or changed, info for "
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
      {"infinite", Severity::kWarning, "replace infinities by real values or leave them empty"},
      {"long_line", Severity::kWarning, "look at the line: a closing quote may be missing"},
  };
  static const Kind other = {"", Severity::kInfo, "nothing to do if this is what you meant"};
  for (const Kind& kind : kinds) {
    if (kind.name == name) return kind;
  }
  return other;
}

void Run(const AuditContext& context, Findings& findings) {
  for (const ReadIssue& issue : context.data.issues) {
    if (IsFileIssue(issue.kind)) continue;
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
