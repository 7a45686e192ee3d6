#include <algorithm>
#include <cmath>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/association.h"
#include "profile/coarse_codes.h"

namespace bottega {
namespace {

const Spec& UninformativeColumnsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "uninformative_columns",
      .one_line = "columns that tell nothing of the target",
      .text =
          "Each feature, cut into parts of equal size where it is a number, against the classes of "
          "the target (a number: cut into parts too) by Pearson's chi-square, so that dependence "
          "of "
          "any form counts, and by a test of order. Having found nothing is no proof: a column is "
          "reported only where both tests find nothing after Benjamini and Hochberg's correction "
          "for the number of columns, and where the rows are enough to exclude an effect of "
          "`effect`: the upper end of its interval lies below. Each column is looked at alone; one "
          "that matters only together with another (as in exclusive or) looks like noise here. "
          "Severity: info.",
      .params =
          {{.name = "effect",
            .type = ParamType::kFloat,
            .what = "effect size (Cohen's w: 0.1 is small) that must be excluded",
            .fallback = 0.1,
            .min = 0.01,
            .max = 1,
            .larger = "calls weak columns uninformative",
            .smaller = "asks for more rows before it says anything"},
           {.name = "level",
            .type = ParamType::kFloat,
            .what = "level of the interval; the tests' false discovery rate is a tenth of what is "
                    "left to 1",
            .fallback = 0.9,
            .min = 0.5,
            .max = 0.999}},
      .synonyms = {"irrelevant_features", "mutual_information", "feature_selection", "noise"},
      .source =
          "Benjamini & Hochberg, Controlling the false discovery rate, JRSS B 1995; Steiger & "
          "Fouladi, Noncentrality interval estimation, 1997",
  };
  return spec;
}

constexpr int64_t kFewestRows = 200;
constexpr int64_t kMostCodes = 12;

struct Tested {
  int column = -1;
  double p = 1;  // the smaller of both tests, times two
  ChiSquare parts;
  double rows = 0;
};

double OrderP(const AuditContext& context, int column, const CoarseCodes& target, bool classes) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  if (!cells.is_number()) return 1;
  const std::vector<double>& values = context.shared.NumbersOfColumn(column);
  if (classes) return AnovaP(target.code, target.size, values);
  const std::vector<double>& other = context.shared.NumbersOfColumn(TargetIndex(context.data));
  const Estimate r = RankCorrelation(values, other, 0.95);
  const double n = static_cast<double>(values.size());
  const double z =
      std::atanh(std::clamp(r.value, -0.999999, 0.999999)) * std::sqrt(std::max(1.0, n - 3));
  return std::erfc(std::abs(z) / std::sqrt(2.0));
}

// The columns that no test finds related, at false discovery rate `rate`.
std::vector<Tested> NotRelated(std::vector<Tested> tested, double rate) {
  std::ranges::sort(tested, {}, &Tested::p);
  size_t related = 0;
  for (size_t i = 0; i < tested.size(); ++i) {
    const double rank = static_cast<double>(i + 1) / static_cast<double>(tested.size());
    if (tested[i].p <= rank * rate) related = i + 1;
  }
  tested.erase(tested.begin(), tested.begin() + static_cast<int64_t>(related));
  std::ranges::sort(tested, {}, &Tested::column);
  return tested;
}

std::vector<Tested> TestColumns(const AuditContext& context) {
  const Dataset& data = context.data;
  const int64_t parts = std::clamp<int64_t>(data.size() / 400, 3, 8);
  const CoarseCodes answer = CoarseCodesOf(context.shared.CellsOfColumn(TargetIndex(data)),
                                           std::min<int64_t>(parts, 5), parts, kMostCodes);
  std::vector<Tested> tested;
  for (const int column : FeatureColumns(data)) {
    const FeatureType type = data.columns[static_cast<size_t>(column)].type;
    const bool number = type == FeatureType::kNumber || type == FeatureType::kDate;
    if (!number && !HasCategories(context, column)) continue;
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    if (cells.distinct() < 2) continue;
    const CoarseCodes coded = WithMissing(CoarseCodesOf(cells, parts, parts, kMostCodes));
    const Contingency table = CountPairs(coded.code, coded.size, answer.code, answer.size);
    const ChiSquare test = ChiSquareOf(table);
    const double smaller = std::min(test.p, OrderP(context, column, answer, IsClassTarget(data)));
    tested.push_back({column, std::min(1.0, 2 * smaller), test, table.total()});
  }
  return tested;
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const int target = TargetIndex(data);
  if (target < 0 || data.size() < kFewestRows) {
    findings.Skip(target < 0 ? "no column is the target"
                             : "there are fewer than 200 rows: nothing can be excluded");
    return;
  }
  const double level = context.settings.at("level").get<double>();
  const double least = context.settings.at("effect").get<double>();
  for (const Tested& column : NotRelated(TestColumns(context), (1 - level) / 10)) {
    const double effect = EffectUpperEnd(column.parts, column.rows, level);
    if (effect > least) continue;
    const std::string& name = data.columns[static_cast<size_t>(column.column)].name;
    Finding& finding = findings.Add(
        Severity::kInfo, PlaceOfColumn(data, column.column),
        "'" + name + "' alone tells nothing of '" + data.columns[static_cast<size_t>(target)].name +
            "': an effect of " + FormatNumber(least, 2) + " or more (Cohen's w) is excluded by " +
            CountOf(data, static_cast<int64_t>(column.rows)),
        "see whether it matters together with others; if not, leave it out: data.roles: {" + name +
            ": ignored}");
    finding.confidence = 0.8;
    finding.detail = {{"p", column.p}, {"effect_high", effect}};
  }
}

}  // namespace

const Check& UninformativeColumns() {
  static const Check check = {&UninformativeColumnsSpec, &Run};
  return check;
}

}  // namespace bottega
