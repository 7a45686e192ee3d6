#include <algorithm>
#include <set>

#include "audit/all_rows.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/association.h"

namespace bottega {
namespace {

const Spec& MissingValuesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "missing_values",
      .one_line = "empty cells, and words that stand for empty ones",
      .text =
          "One finding for each feature column with empty cells, and one for each text that looks "
          "like a stand-in for a missing value ('unknown', 'none', '-', 'not available', ...). "
          "Where the target is a class, the finding says whether cells are missing more often in "
          "some classes (chi-square test, p below 0.001): then the gap itself tells the answer. "
          "Severity: error above `most`, warning above `some`, else info.",
      .params = {{.name = "some",
                  .type = ParamType::kFloat,
                  .what = "share of missing cells from which on it is a warning",
                  .fallback = 0.05,
                  .min = 0,
                  .max = 1},
                 {.name = "most",
                  .type = ParamType::kFloat,
                  .what = "share of missing cells from which on it is an error",
                  .fallback = 0.95,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"nulls", "nan", "empty_cells"},
  };
  return spec;
}

bool LooksMissing(const std::string& value) {
  static const std::set<std::string> words = {
      "na",      "n a",     "nan",  "null",        "none",          "nil",           "unknown",
      "missing", "empty",   "void", "unk",         "not available", "not known",     "not given",
      "unknwon", "no data", "tbd",  "unspecified", "blank",         "not specified", "undefined"};
  const std::string folded = FoldText(value);
  // Other signs mean something: '+', '<', '%'.
  if (folded.empty()) return !value.empty() && value.find_first_not_of("-._?*/# ") == value.npos;
  return words.contains(folded);
}

// "; it is missing in 30.1 % of 'a' but 2.0 % of 'b'" when the classes truly differ.
std::string ByClass(const AuditContext& context, const CellColumn& cells, Json* detail) {
  if (!IsClassTarget(context.data)) return "";
  const int target = TargetIndex(context.data);
  const Codes& classes = context.shared.CodesOfColumn(target);
  if (classes.values.size() < 2 || classes.values.size() > 50) return "";
  std::vector<int32_t> missing(cells.code.size());
  for (size_t i = 0; i < missing.size(); ++i) missing[i] = cells.code[i] < 0;
  const int64_t k = static_cast<int64_t>(classes.values.size());
  const Contingency table = CountPairs(classes.code, k, missing, 2);
  const ChiSquare test = ChiSquareOf(table);
  const double v = CramersV(table);
  (*detail)["class_p"] = test.p;
  if (test.p >= 0.001 || v < 0.05) return "";
  const auto share = [&](int64_t c) {
    const double n = table.at(c, 0) + table.at(c, 1);
    return n > 0 ? table.at(c, 1) / n : 0;
  };
  int64_t low = 0, high = 0;
  for (int64_t c = 1; c < k; ++c) {
    if (share(c) < share(low)) low = c;
    if (share(c) > share(high)) high = c;
  }
  const auto name = [&](int64_t c) { return Quote(classes.values[static_cast<size_t>(c)]); };
  return "; it is missing in " + Percent(share(high)) + " of " + name(high) + " but " +
         Percent(share(low)) + " of " + name(low);
}

void AddEmpty(const AuditContext& context, int column, Findings& findings) {
  const Dataset& data = context.data;
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  const int64_t missing = AllMissing(context, column), rows = AllRows(context);
  const double share = static_cast<double>(missing) / static_cast<double>(rows);
  const double some = context.settings.at("some").get<double>();
  const double most = context.settings.at("most").get<double>();
  const std::string& name = data.columns[static_cast<size_t>(column)].name;
  Json detail = {{"count", missing}, {"share", share}};
  const std::string by_class = ByClass(context, cells, &detail);
  const Severity severity = share > most                        ? Severity::kError
                            : share > some || !by_class.empty() ? Severity::kWarning
                                                                : Severity::kInfo;
  const std::string fix =
      share > most ? "leave the column out (data.roles: {" + name + ": ignored}) or fill it"
      : by_class.empty()
          ? "training fills the gaps from the training rows; fill them at the source if you can"
          : "find out why it is missing; training adds a column that marks the gaps";
  Finding& finding = findings.Add(severity, PlaceOfColumn(data, column),
                                  "'" + name + "' is missing in " + FormatCount(missing) + " of " +
                                      CountOf(data, rows) + " (" + Percent(share) + ")" + by_class,
                                  fix);
  finding.detail = std::move(detail);
}

void AddStandIns(const AuditContext& context, int column, Findings& findings) {
  const Dataset& data = context.data;
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  if (cells.text.empty() || cells.distinct() > 100'000) return;
  const std::string& name = data.columns[static_cast<size_t>(column)].name;
  const bool signs = std::ranges::find(cells.text, "+") != cells.text.end();
  for (size_t code = 0; code < cells.text.size(); ++code) {
    const std::string& value = cells.text[code];
    const int64_t count = cells.count[code];
    if (value.size() > 20 || !LooksMissing(value) || (signs && value == "-")) continue;
    const double share = static_cast<double>(count) / static_cast<double>(data.size());
    const bool warn = share > context.settings.at("some").get<double>();
    Finding& finding = findings.Add(
        warn ? Severity::kWarning : Severity::kInfo, PlaceOfColumn(data, column),
        "'" + name + "' holds " + Quote(value) + " in " + CountOf(data, count) + " (" +
            Percent(share) + "): it looks like a stand-in for a missing value",
        "if it means missing, empty those cells, or list the text under data.missing in the "
        "recipe");
    finding.confidence = 0.7;
    finding.detail = {{"value", value}, {"count", count}, {"share", share}};
  }
}

void Run(const AuditContext& context, Findings& findings) {
  for (const int column : FeatureColumns(context.data)) {
    if (context.data.columns[static_cast<size_t>(column)].type == FeatureType::kPicture) continue;
    if (AllMissing(context, column) > 0) AddEmpty(context, column, findings);
    AddStandIns(context, column, findings);
  }
}

}  // namespace

const Check& MissingValues() {
  static const Check check = {&MissingValuesSpec, &Run};
  return check;
}

}  // namespace bottega
