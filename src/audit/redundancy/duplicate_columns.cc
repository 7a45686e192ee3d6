#include <algorithm>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/column_copies.h"

namespace bottega {
namespace {

const Spec& DuplicateColumnsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "duplicate_columns",
      .one_line = "columns that say the same as another",
      .text =
          "Feature columns with the same values, with values that differ only in spelling, or "
          "recoded one to one ('m' and 'f' for 1 and 2, a name for its code). A number in another "
          "unit "
          "is the business of derivable_columns. A few rows may break the rule (`errors`). Copies "
          "split the weight that explanations give to a thing, and "
          "make linear models unstable. One finding for each copy, at the later column. Severity: "
          "warning for the same values, info for a recoding.",
      .params = {{.name = "errors",
                  .type = ParamType::kFloat,
                  .what = "share of rows in which two columns may differ and still be copies",
                  .fallback = 0.01,
                  .min = 0,
                  .max = 0.2,
                  .larger = "finds copies with many mistakes, and columns that are merely alike"}},
      .synonyms = {"copied_columns", "recoded_columns", "collinear"},
  };
  return spec;
}

// "'m' is '1', 'f' is '2'": the most frequent recodings.
std::string Recodings(const CellColumn& a, const CellColumn& b, const ColumnCopy& copy) {
  std::vector<int32_t> codes;
  for (size_t code = 0; code < copy.partner.size(); ++code) {
    if (copy.partner[code] >= 0) codes.push_back(static_cast<int32_t>(code));
  }
  std::ranges::stable_sort(codes, std::greater<>(),
                           [&](int32_t code) { return a.count[static_cast<size_t>(code)]; });
  std::vector<std::string> parts;
  for (size_t i = 0; i < std::min<size_t>(2, codes.size()); ++i) {
    parts.push_back(Quote(CellText(a, codes[i])) + " is " +
                    Quote(CellText(b, copy.partner[static_cast<size_t>(codes[i])])));
  }
  return Join(parts, ", ") + (codes.size() > 2 ? ", ..." : "");
}

std::string KindName(CopyKind kind) {
  return kind == CopyKind::kSame ? "same" : kind == CopyKind::kSpelling ? "spelling" : "recoded";
}

void Report(const AuditContext& context, const CellColumn& a, const CellColumn& b,
            const ColumnCopy& copy, Findings& findings) {
  const Dataset& data = context.data;
  const Column& first = data.columns[static_cast<size_t>(a.column)];
  const Column& second = data.columns[static_cast<size_t>(b.column)];
  // Values of people's columns are not shown.
  const bool shown = !first.sensitive && !second.sensitive;
  const std::string how =
      copy.kind == CopyKind::kSame ? "holds the same values as '" + first.name + "'"
      : copy.kind == CopyKind::kSpelling
          ? "holds the values of '" + first.name + "' in another spelling"
          : "is '" + first.name + "' recoded" + (shown ? ": " + Recodings(a, b, copy) : "");
  const std::string except = copy.differ == 0 ? "" : " (" + CountOf(data, copy.differ) + " differ)";
  Finding& finding =
      findings.Add(copy.kind == CopyKind::kRecoded ? Severity::kInfo : Severity::kWarning,
                   PlaceOfColumn(data, b.column), "'" + second.name + "' " + how + except,
                   "keep one of them: data.roles: {" + second.name + ": ignored} in the recipe" +
                       (copy.differ == 0 ? "" : ", after a look at the rows that differ"));
  finding.confidence = 1 - static_cast<double>(copy.differ) / static_cast<double>(copy.compared);
  finding.detail = {{"of", first.name},
                    {"kind", KindName(copy.kind)},
                    {"compared", copy.compared},
                    {"differ", copy.differ}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  std::vector<const CellColumn*> cells;
  for (const int column : FeatureColumns(data)) {
    if (data.columns[static_cast<size_t>(column)].type == FeatureType::kPicture) continue;
    cells.push_back(&context.shared.CellsOfColumn(column));
  }
  if (cells.size() < 2 || data.size() < 10) {
    findings.Skip(cells.size() < 2 ? "there are fewer than two columns to compare"
                                   : "there are fewer than 10 rows");
    return;
  }
  const double errors = context.settings.at("errors").get<double>();
  for (const ColumnCopy& copy : FindColumnCopies(cells, errors)) {
    if (IsConversion(*cells[copy.first], *cells[copy.second], copy)) continue;
    Report(context, *cells[copy.first], *cells[copy.second], copy, findings);
  }
}

}  // namespace

const Check& DuplicateColumns() {
  static const Check check = {&DuplicateColumnsSpec, &Run};
  return check;
}

}  // namespace bottega
