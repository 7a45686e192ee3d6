#include <algorithm>
#include <cmath>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "audit/privacy/people_columns.h"
#include "base/clock.h"
#include "base/text.h"
#include "data/infer/names.h"

namespace bottega {
namespace {

const Spec& ChildrenSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "children",
      .one_line = "rows about children, by age or date of birth",
      .text =
          "Children's data ask for a parent's consent and more care. Columns of ages (by name, "
          "whole or fractional years from 0 to 120) and of dates or years of birth are read; a "
          "date counts against today, a year by the youngest possible age. Severity: warning.",
      .params = {{.name = "below",
                  .type = ParamType::kInt,
                  .what = "age from which on a person is no child",
                  .fallback = 16,
                  .min = 1,
                  .max = 21,
                  .unit = "years",
                  .larger = "counts more people as children"}},
      .synonyms = {"minors", "kids", "coppa"},
      .source = "Regulation (EU) 2016/679, article 8; California Civil Code 1798.120 (c)",
  };
  return spec;
}

constexpr double kDaysOfYear = 365.2425;

double Today() { return static_cast<double>(NowUnixSeconds()) / 86'400; }

// The age per code of the column, NaN where it tells none; empty when it is no column of ages.
std::vector<double> AgesOf(const AuditContext& context, int column) {
  const Column& described = context.data.columns[static_cast<size_t>(column)];
  const std::string attribute = PeopleAttribute(context, column);
  if (attribute != "age" && attribute != "birth") return {};
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  if (!cells.is_number() || cells.number.empty()) return {};
  std::vector<double> ages(cells.number);
  const auto [low, high] = std::ranges::minmax(cells.number);
  if (described.type == FeatureType::kDate) {
    for (double& age : ages) age = (Today() - age) / kDaysOfYear;
  } else if (low >= 1850 && high <= 2100) {
    const double year = std::floor(1970 + Today() / kDaysOfYear);
    for (double& age : ages) age = year - age - 1;
  } else if (attribute != "age" || low < 0 || high > 125 || high <= 1) {
    return {};
  }
  for (double& age : ages) {
    if (age < -1 || age > 125) age = std::nan("");
  }
  return ages;
}

// "average age of the fleet" is no person's.
bool IsOfThings(const std::string& name) {
  return NameHas(name,
                 {"average", "mean", "median", "account", "car", "vehicle", "house", "building",
                  "company", "wine", "wagen", "fleet", "credit", "loan", "device"});
}

void Run(const AuditContext& context, Findings& findings) {
  constexpr size_t kMostRows = 1000;
  const Dataset& data = context.data;
  const double limit = context.settings.at("below").get<double>();
  std::vector<float> scores(data.rows.size(), 1.0F);
  bool any = false;
  for (int column = 0; column < static_cast<int>(data.columns.size()); ++column) {
    const std::string& name = data.columns[static_cast<size_t>(column)].name;
    if (IsOfThings(name)) continue;
    const std::vector<double> ages = AgesOf(context, column);
    if (ages.empty()) continue;
    any = true;
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    std::vector<int64_t> rows;
    for (size_t row = 0; row < cells.code.size(); ++row) {
      if (cells.code[row] >= 0 && ages[static_cast<size_t>(cells.code[row])] < limit) {
        rows.push_back(static_cast<int64_t>(row));
        scores[row] = 0;
      }
    }
    if (rows.empty()) continue;
    const auto count = static_cast<int64_t>(rows.size());
    Finding& finding = findings.Add(
        Severity::kWarning, PlaceOf(data, rows[0], column),
        CountOf(data, count) + " " + (count == 1 ? "is" : "are") + " about children below " +
            FormatNumber(limit) + " by '" + name + "'",
        "make sure that a parent agreed or that another ground holds, and that the purpose needs "
        "them; data.people: {consent: COLUMN} keeps the others out");
    finding.confidence = 0.9;
    if (rows.size() > kMostRows) rows.resize(kMostRows);
    finding.detail = {{"count", count}};
    finding.detail["rows"] = RecordNumbers(data, rows);
  }
  if (!any) {
    findings.Skip("no column of ages or dates of birth was recognized");
    return;
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& Children() {
  static const Check check = {&ChildrenSpec, &Run};
  return check;
}

}  // namespace bottega
