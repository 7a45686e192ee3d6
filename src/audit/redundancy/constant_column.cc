#include <algorithm>

#include "audit/all_rows.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& ConstantColumnSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "constant_column",
      .one_line = "columns that hold one value only, or nothing",
      .text =
          "A column in which every filled cell is the same tells a model nothing. Severity: "
          "warning "
          "for a constant or empty column, info for one whose most frequent value fills at least "
          "`share` of the rows.",
      .params = {{.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of the most frequent value from which on a column is reported",
                  .fallback = 0.999,
                  .min = 0.5,
                  .max = 1}},
      .synonyms = {"zero_variance"},
  };
  return spec;
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  if (data.size() < 2) {
    findings.Skip("there are fewer than two rows");
    return;
  }
  for (const int column : FeatureColumns(data)) {
    const Column& described = data.columns[static_cast<size_t>(column)];
    if (described.type == FeatureType::kPicture) continue;
    const ValueCounts all = AllValues(context, column);
    const std::string fix =
        "leave it out: data.roles: {" + described.name + ": ignored} in the recipe";
    if (all.distinct == 0) {
      findings.Add(Severity::kWarning, PlaceOfColumn(data, column),
                   "'" + described.name + "' is empty in every row", fix);
      continue;
    }
    const size_t top =
        static_cast<size_t>(std::ranges::max_element(all.counts) - all.counts.begin());
    const int64_t rows = AllRows(context);
    const double share = static_cast<double>(all.counts[top]) / static_cast<double>(rows);
    const std::string value = Quote(all.Text(top));
    if (all.distinct == 1) {
      findings.Add(Severity::kWarning, PlaceOfColumn(data, column),
                   "'" + described.name + "' holds nothing but " + value, fix);
    } else if (share >= context.settings.at("share").get<double>()) {
      findings.Add(Severity::kInfo, PlaceOfColumn(data, column),
                   "'" + described.name + "' is " + value + " in " +
                       CountOf(data, all.counts[top]) + " of " + FormatCount(rows),
                   "see whether the few other rows matter; if not, " + fix);
    }
  }
}

}  // namespace

const Check& ConstantColumn() {
  static const Check check = {&ConstantColumnSpec, &Run};
  return check;
}

}  // namespace bottega
