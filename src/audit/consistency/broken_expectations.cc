#include "audit/check.h"
#include "audit/check_list.h"
#include "base/text.h"
#include "profile/expectations.h"

namespace bottega {
namespace {

const Spec& BrokenExpectationsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "broken_expectations",
      .one_line = "what the recipe's `expect` section asks for and the data do not hold",
      .text =
          "Holds the data to the recipe's expectations: columns, types, ranges, allowed values, "
          "patterns, shares of empty cells. `bottega schema infer` writes them from data that are "
          "right. Severity: error, for a missing column, another type or a wrong number of rows; "
          "else warning.",
      .params = {},
      .synonyms = {"schema", "constraints", "validation"},
  };
  return spec;
}

bool IsOfTable(const Violation& violation) {
  return violation.count == 0 || violation.rule == "type";
}

void Run(const AuditContext& context, Findings& findings) {
  const auto section = context.recipe.find("expect");
  const Expectations expectations =
      section == context.recipe.end() ? Expectations() : ParseExpectations(*section);
  if (expectations.empty()) {
    findings.Skip("the recipe expects nothing (`bottega schema infer` writes what to expect)");
    return;
  }
  for (const Violation& violation : CheckExpectations(expectations, context.data)) {
    Place place{.file = context.data.source.filename().string(), .column = violation.column};
    if (!violation.rows.empty()) place.row = violation.rows[0];
    Finding& finding = findings.Add(
        IsOfTable(violation) ? Severity::kError : Severity::kWarning, std::move(place),
        (violation.column.empty() ? "" : "'" + violation.column + "': ") + violation.message,
        "correct the data at the source, or the expectation in bottega.yaml (expect)");
    finding.detail = {
        {"rule", violation.rule}, {"count", violation.count}, {"rows", violation.rows}};
  }
}

}  // namespace

const Check& BrokenExpectations() {
  static const Check check = {&BrokenExpectationsSpec, &Run};
  return check;
}

}  // namespace bottega
