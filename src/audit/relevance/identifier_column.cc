#include <algorithm>
#include <cmath>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& IdentifierColumnSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "identifier_column",
      .one_line = "columns that name the row instead of describing it",
      .text =
          "Numbers that count the rows, and texts that are different in nearly every row: a model "
          "memorises them, and they may tell the answer (patients of one ward numbered together). "
          "Severity: info where the column is typed as an identifier and therefore not learned "
          "from, warning where a column that is used as a feature looks like one.",
      .params = {{.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of filled cells that are different from which on it is reported",
                  .fallback = 0.98,
                  .min = 0.5,
                  .max = 1}},
      .synonyms = {"id_column", "unique_key"},
  };
  return spec;
}

constexpr int64_t kFewest = 20;  // filled cells that can tell names from values

// Whole numbers, all different, that leave few gaps: a counter.
bool IsCounter(const CellColumn& cells) {
  double low = cells.number[0], high = low;
  for (const double value : cells.number) {
    if (value != std::floor(value)) return false;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  return high - low + 1 <= 1.5 * static_cast<double>(cells.number.size());
}

bool MayBeLearned(const Column& column) {
  return column.role == Role::kFeature ||
         (column.role == Role::kIgnored && column.type == FeatureType::kIdentifier);
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  if (data.size() < kFewest) {
    findings.Skip("there are fewer than 20 rows");
    return;
  }
  for (int column = 0; column < static_cast<int>(data.columns.size()); ++column) {
    const Column& described = data.columns[static_cast<size_t>(column)];
    const FeatureType type = described.type;
    if (!MayBeLearned(described) || type == FeatureType::kPicture || type == FeatureType::kDate) {
      continue;
    }
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    const int64_t filled = data.size() - cells.missing;
    const bool typed = type == FeatureType::kIdentifier;
    if (filled == 0 || (filled < kFewest && !typed)) continue;
    const double unique = static_cast<double>(cells.distinct()) / static_cast<double>(filled);
    const bool counter = cells.is_number() && cells.distinct() == filled && IsCounter(cells);
    const bool texts = !cells.is_number() && type != FeatureType::kText &&
                       unique >= context.settings.at("share").get<double>();
    if (!typed && !counter && !texts) continue;
    const std::string what = counter ? "counts the rows"
                                     : "has " + FormatCount(cells.distinct()) +
                                           " different values in " + CountOf(data, filled);
    Finding& finding = findings.Add(
        typed ? Severity::kInfo : Severity::kWarning, PlaceOfColumn(data, column),
        "'" + described.name + "' " + what + ": it names rows and describes nothing" +
            (typed ? "; it is not learned from" : ""),
        typed ? "nothing to do; if it does describe something, declare its type: data.types: {" +
                    described.name + ": category}"
              : "leave it out: data.roles: {" + described.name + ": ignored} in the recipe");
    finding.detail = {{"distinct", cells.distinct()}, {"counter", counter}};
    finding.confidence = typed || counter ? 0.95 : 0.8;
  }
}

}  // namespace

const Check& IdentifierColumn() {
  static const Check check = {&IdentifierColumnSpec, &Run};
  return check;
}

}  // namespace bottega
