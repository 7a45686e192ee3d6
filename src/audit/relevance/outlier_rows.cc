#include <algorithm>
#include <cmath>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "learn/row_outliers.h"

namespace bottega {
namespace {

const Spec& OutlierRowsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "outlier_rows",
      .one_line = "rows of a table that are unlike the others",
      .text =
          "Looks at each row in four ways: is a number far from what the row's other columns let "
          "expect; do its numbers go together at all; does it hold two values that hardly ever "
          "meet; is it far from every other row. Each way is measured against its own tail in this "
          "table, so that the number of rows that a table without mistakes would have so far out "
          "is known, and only rows beyond `expected` are reported, with the columns that make them "
          "odd. The target is left out (see suspicious_labels). Severity: warning; one info where "
          "over `share` of the rows are odd, which is a second population.",
      .params = {{.name = "expected",
                  .type = ParamType::kFloat,
                  .what = "rows so odd that a table of this size has without mistakes",
                  .fallback = 1,
                  .min = 0,
                  .max = 1000,
                  .min_open = true,
                  .larger = "reports milder rows, with more false alarms",
                  .smaller = "reports only what is very odd"},
                 {.name = "rare",
                  .type = ParamType::kFloat,
                  .what = "a pair of values is odd when one makes the other so much rarer: its "
                          "probability beside it over that in all rows",
                  .fallback = 0.04,
                  .min = 0,
                  .max = 0.5},
                 {.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of odd rows from which on they are reported only once",
                  .fallback = 0.03,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"anomalies", "isolation_forest", "out_of_distribution", "mahalanobis"},
      .source =
          "Rousseeuw & Van Driessen, A fast algorithm for the minimum covariance determinant, "
          "Technometrics 1999; Ramaswamy, Rastogi & Shim, SIGMOD 2000",
  };
  return spec;
}

class Reporter {
 public:
  Reporter(const AuditContext& context, const std::vector<const CellColumn*>& cells,
           Findings& findings)
      : context_(context), cells_(cells), findings_(findings) {}

  void Add(const OddRow& odd) {
    const Dataset& data = context_.data;
    const int first = odd.columns.empty() ? -1 : ColumnOf(odd.columns.back());
    Finding& finding = findings_.Add(
        Severity::kWarning, PlaceOf(data, odd.row, odd.kind == OddKind::kFar ? -1 : first),
        NameRow(data, odd.row) + " is unlike the others: " + Reason(odd),
        "look at it: correct what is wrong, or keep it if it is merely rare");
    finding.confidence = std::clamp(1 - odd.expected, 0.5, 0.9);
    finding.detail = {{"kind", KindName(odd.kind)}, {"expected", odd.expected}};
    finding.detail["columns"] = Json::array();
    for (const int column : odd.columns) finding.detail["columns"].push_back(Name(column));
  }

 private:
  int ColumnOf(int cell) const { return cells_[static_cast<size_t>(cell)]->column; }
  const Column& Described(int cell) const {
    return context_.data.columns[static_cast<size_t>(ColumnOf(cell))];
  }
  std::string Name(int cell) const { return Described(cell).name; }
  // "'age' 17", without the value where the column is sensitive.
  std::string Cell(int cell, int64_t row) const {
    const CellColumn& cells = *cells_[static_cast<size_t>(cell)];
    const int32_t code = cells.code[static_cast<size_t>(row)];
    const std::string name = "'" + Name(cell) + "'";
    if (Described(cell).sensitive) return name;
    if (code < 0) return name + " missing";
    const std::string text = CellText(cells, code);
    return name + " " + (cells.is_number() ? text : Quote(text));
  }
  static std::string KindName(OddKind kind) {
    switch (kind) {
      case OddKind::kNumber:
        return "number";
      case OddKind::kNumbers:
        return "numbers";
      case OddKind::kPair:
        return "pair";
      case OddKind::kFar:
        return "far";
    }
    return "";
  }
  std::string Reason(const OddRow& odd) const {
    switch (odd.kind) {
      case OddKind::kNumber:
        return Cell(odd.columns[0], odd.row) + " is far " + (odd.high ? "above" : "below") +
               " what its other columns let expect";
      case OddKind::kNumbers:
        return Cell(odd.columns[0], odd.row) + " and " + Cell(odd.columns[1], odd.row) +
               " do not go together";
      case OddKind::kPair:
        return Cell(odd.columns[1], odd.row) + " hardly ever stands beside " +
               Cell(odd.columns[0], odd.row);
      case OddKind::kFar:
        return "no other row is near it";
    }
    return "";
  }

  const AuditContext& context_;
  const std::vector<const CellColumn*>& cells_;
  Findings& findings_;
};

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  std::vector<const CellColumn*> cells;
  for (const int column : ComparedColumns(data)) {
    const FeatureType type = data.columns[static_cast<size_t>(column)].type;
    if (type == FeatureType::kText || type == FeatureType::kPicture) continue;
    cells.push_back(&context.shared.CellsOfColumn(column));
  }
  if (cells.size() < 2 || data.size() < 50) {
    findings.Skip(cells.size() < 2 ? "there are fewer than two columns to compare"
                                   : "there are fewer than 50 rows");
    return;
  }
  RowOutliers outliers =
      FindRowOutliers(cells, {.expected = context.settings.at("expected").get<double>(),
                              .rare = context.settings.at("rare").get<double>(),
                              .seed = context.seed});
  const double share = static_cast<double>(outliers.odd.size()) / static_cast<double>(data.size());
  if (share > context.settings.at("share").get<double>() && outliers.odd.size() > 5) {
    const int64_t count = static_cast<int64_t>(outliers.odd.size());
    Finding& finding = findings.Add(
        Severity::kInfo, {.file = data.source.filename().string()},
        FormatCount(count) + " of " + CountOf(data, data.size()) +
            " are unlike the others: a second population, not single mistakes",
        "find out what they have in common; if they are a source of their own, train and score "
        "with and without it");
    finding.confidence = 0.6;
    finding.detail = {{"count", count}};
  } else {
    Reporter reporter(context, cells, findings);
    for (const OddRow& odd : outliers.odd) reporter.Add(odd);
  }
  findings.Score(std::move(outliers.expected));
}

}  // namespace

const Check& OutlierRows() {
  static const Check check = {&OutlierRowsSpec, &Run};
  return check;
}

}  // namespace bottega
