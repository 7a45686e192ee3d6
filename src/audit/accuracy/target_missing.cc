#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& TargetMissingSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "target_missing",
      .one_line = "rows without a label",
      .text =
          "Rows whose target is missing cannot be learned from or scored. One finding. Severity: "
          "error when more than `share` of the rows lack it, else warning.",
      .params = {{.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of rows from which on it is an error",
                  .fallback = 0.2,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"missing_labels"},
  };
  return spec;
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const int target = TargetIndex(data);
  if (target < 0) {
    findings.Skip("no column is the target");
    return;
  }
  const CellColumn& cells = context.shared.CellsOfColumn(target);
  if (cells.missing == 0) return;
  std::vector<int64_t> rows;
  for (int64_t i = 0; i < data.size() && rows.size() < 1000; ++i) {
    if (cells.code[static_cast<size_t>(i)] < 0) rows.push_back(i);
  }
  const double share = static_cast<double>(cells.missing) / static_cast<double>(data.size());
  const Severity severity =
      share > context.settings.at("share").get<double>() ? Severity::kError : Severity::kWarning;
  Place place = PlaceOf(data, rows[0], target);
  Finding& finding = findings.Add(
      severity, place,
      CountOf(data, cells.missing) + " of " + FormatCount(data.size()) + " (" + Percent(share) +
          ") have no '" + data.columns[static_cast<size_t>(target)].name +
          "': " + NameRows(data, rows),
      "fill in the labels or leave the rows out; training and scoring skip them");
  finding.detail = {{"count", cells.missing}, {"rows", RecordNumbers(data, rows)}};
}

}  // namespace

const Check& TargetMissing() {
  static const Check check = {&TargetMissingSpec, &Run};
  return check;
}

}  // namespace bottega
