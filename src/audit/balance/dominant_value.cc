#include <algorithm>
#include <cmath>

#include "audit/all_rows.h"
#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& DominantValueSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "dominant_value",
      .one_line = "features in which one value outweighs all others",
      .text =
          "Where one value fills most rows, the others leave too little to learn from, and scores "
          "say how the many fare. Of numbers with more than ten different values: one that fills "
          "at least `share` of the cells, as the zeros of a zero-inflated column do. Of categories "
          "and numbers with few values: those whose shares are uneven, 1 - H / log k of at least "
          "`uneven`, where H is the entropy of the k values' shares (0: all alike, 1: one has "
          "all). Empty cells are left out. Columns with nearly nothing but one value are named by "
          "constant_column, the target by class_balance. Severity: info.",
      .params = {{.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of the most frequent of many numbers from which on it is told",
                  .fallback = 0.5,
                  .min = 0.1,
                  .max = 1},
                 {.name = "uneven",
                  .type = ParamType::kFloat,
                  .what = "unevenness of categories from which on a column is told; 0.5 is a share "
                          "of 0.89 among two",
                  .fallback = 0.5,
                  .min = 0.05,
                  .max = 1},
                 {.name = "most",
                  .type = ParamType::kFloat,
                  .what = "share of the most frequent value from which on the column is left to "
                          "constant_column",
                  .fallback = 0.999,
                  .min = 0.5,
                  .max = 1}},
      .synonyms = {"zeros", "zero_inflated", "near_zero_variance", "imbalanced_features"},
      .source =
          "Pielou, The measurement of diversity in different types of biological "
          "collections, J. Theoretical Biology 13, 1966",
  };
  return spec;
}

constexpr int64_t kFewestRows = 50;
constexpr int64_t kFewValues = 10;

// 1 - entropy of the shares over that of as many equal ones. Values of a large source that were not
// counted one by one share what is left.
double UnevennessOf(const ValueCounts& all, double filled) {
  double entropy = 0, left = filled;
  const auto add = [&](double count, double times) {
    if (count > 0) entropy -= times * count / filled * std::log(count / filled);
  };
  for (const int64_t count : all.counts) {
    add(static_cast<double>(count), 1);
    left -= static_cast<double>(count);
  }
  const double others = static_cast<double>(all.distinct) - static_cast<double>(all.counts.size());
  if (others > 0 && left > 0) add(left / others, others);
  return 1 - entropy / std::log(static_cast<double>(all.distinct));
}

void LookAt(const AuditContext& context, int column, Findings& findings) {
  const Dataset& data = context.data;
  const Column& described = data.columns[static_cast<size_t>(column)];
  const bool number =
      described.type == FeatureType::kNumber || described.type == FeatureType::kDate;
  if (!number && !HasCategories(context, column)) return;
  const ValueCounts all = AllValues(context, column);
  const int64_t filled = AllRows(context) - AllMissing(context, column);
  if (all.distinct < 2 || all.counts.empty() || filled < kFewestRows) return;
  const auto top = static_cast<size_t>(std::ranges::max_element(all.counts) - all.counts.begin());
  const double share = static_cast<double>(all.counts[top]) / static_cast<double>(filled);
  if (share >= context.settings.at("most").get<double>()) return;
  const bool many = number && all.distinct > kFewValues;
  const double uneven = many ? 0 : UnevennessOf(all, static_cast<double>(filled));
  if (many ? share < context.settings.at("share").get<double>()
           : uneven < context.settings.at("uneven").get<double>()) {
    return;
  }
  const std::string value = all.Text(top);
  Finding& finding = findings.Add(
      Severity::kInfo, PlaceOfColumn(data, column),
      "'" + described.name + "' is " + QuoteCell(data, column, value) + " in " +
          CountOf(data, all.counts[top]) + " (" + Percent(share) + "); its " +
          FormatCount(all.distinct - 1) + " other value" + (all.distinct == 2 ? "" : "s") +
          " share" + (all.distinct == 2 ? "s" : "") + " the rest",
      many ? "score the rows with another value apart (audit.scenarios), and see whether the "
             "column says more as two: whether it is " +
                 QuoteCell(data, column, value) + ", and how much it is otherwise"
           : "score the rows with other values apart (audit.scenarios); gather more of them if "
             "they matter");
  finding.detail = {{"share", share}, {"count", all.counts[top]}, {"distinct", all.distinct}};
  if (!many) finding.detail["unevenness"] = uneven;
}

void Run(const AuditContext& context, Findings& findings) {
  if (context.data.size() < kFewestRows) {
    findings.Skip("there are fewer than 50 rows");
    return;
  }
  for (const int column : FeatureColumns(context.data)) LookAt(context, column, findings);
}

}  // namespace

const Check& DominantValue() {
  static const Check check = {&DominantValueSpec, &Run};
  return check;
}

}  // namespace bottega
