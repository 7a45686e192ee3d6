#include <algorithm>
#include <cmath>
#include <set>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& ConflictingLabelsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "conflicting_labels",
      .one_line = "the same thing with different labels",
      .text =
          "Groups of equal rows, and of equal or near-equal pictures, whose labels differ: at "
          "least "
          "one of them is wrong, or the columns do not say what matters. For a number to predict, "
          "values that differ by more than `deviations` standard deviations. Severity: error for "
          "pictures, warning for rows.",
      .params = {{.name = "deviations",
                  .type = ParamType::kFloat,
                  .what = "difference of numeric targets that counts, in standard deviations",
                  .fallback = 1,
                  .min = 0}},
      .synonyms = {"contradictions", "label_conflicts"},
  };
  return spec;
}

double DeviationOf(const std::vector<double>& values) {
  double n = 0, mean = 0, squares = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    n += 1;
    const double delta = value - mean;
    mean += delta / n;
    squares += delta * (value - mean);
  }
  return n > 1 ? std::sqrt(squares / (n - 1)) : 0;
}

void AddClassConflict(const AuditContext& context, const DuplicateGroup& group, bool exact,
                      Findings& findings) {
  const Dataset& data = context.data;
  const Codes& classes = context.shared.CodesOfColumn(TargetIndex(data));
  std::set<int32_t> found;
  std::vector<int64_t> rows;
  for (const int64_t row : group.rows) {
    const int32_t code = classes.code[static_cast<size_t>(row)];
    if (code < 0) continue;
    if (found.insert(code).second || rows.size() < 50) rows.push_back(row);
  }
  if (found.size() < 2) return;
  std::vector<std::string> names;
  for (const int32_t code : found)
    names.push_back(Quote(classes.values[static_cast<size_t>(code)]));
  Finding& finding = findings.Add(
      data.HasPictures() ? Severity::kError : Severity::kWarning, PlaceOf(data, rows[1]),
      NameRows(data, rows) + (exact ? " are the same" : " show the same picture") +
          " but are labelled " + Join(names, " and "),
      "decide which label is right and correct the others, or set all of them aside");
  finding.confidence = exact ? 1 : 0.85;
  finding.detail = {{"rows", RecordNumbers(data, rows)}, {"labels", Json::array()}};
  for (const int64_t row : rows) {
    const int32_t code = classes.code[static_cast<size_t>(row)];
    finding.detail["labels"].push_back(classes.values[static_cast<size_t>(code)]);
  }
}

void AddNumberConflict(const AuditContext& context, const DuplicateGroup& group, double deviation,
                       Findings& findings) {
  const Dataset& data = context.data;
  const std::vector<double>& values = context.shared.NumbersOfColumn(TargetIndex(data));
  double low = INFINITY, high = -INFINITY;
  for (const int64_t row : group.rows) {
    const double value = values[static_cast<size_t>(row)];
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (!(high - low > context.settings.at("deviations").get<double>() * deviation)) return;
  Finding& finding = findings.Add(
      Severity::kWarning, PlaceOf(data, group.rows[1]),
      NameRows(data, group.rows) + " are the same in every feature but their targets go from " +
          FormatNumber(low) + " to " + FormatNumber(high),
      "check the targets; if both are right, the columns lack what makes the difference");
  finding.detail = {{"rows", RecordNumbers(data, group.rows)}, {"low", low}, {"high", high}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const int target = TargetIndex(data);
  if (target < 0) {
    findings.Skip("no column is the target");
    return;
  }
  const Duplicates& duplicates = data.HasPictures() ? context.shared.DuplicatesOfData()
                                                    : context.shared.ExactDuplicatesOfData();
  const bool classes = IsClassTarget(data);
  const double deviation = classes ? 0 : DeviationOf(context.shared.NumbersOfColumn(target));
  for (const DuplicateGroup& group : GroupsOfKind(duplicates, true)) {
    if (classes) {
      AddClassConflict(context, group, true, findings);
    } else {
      AddNumberConflict(context, group, deviation, findings);
    }
  }
  if (!classes || !data.HasPictures()) return;
  for (const DuplicateGroup& group : GroupsOfKind(duplicates, false)) {
    AddClassConflict(context, group, false, findings);
  }
}

}  // namespace

const Check& ConflictingLabels() {
  static const Check check = {&ConflictingLabelsSpec, &Run};
  return check;
}

}  // namespace bottega
