#include <algorithm>
#include <map>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/completeness/stand_ins.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "data/values.h"
#include "profile/cells.h"
#include "profile/sorted_values.h"

namespace bottega {
namespace {

const Spec& HiddenMissingSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "hidden_missing",
      .one_line = "values that stand for missing ones: -1, 999, 'unknown', 1900-01-01",
      .text =
          "Judged by the distribution, not by a list alone. A number such as -1, 999 or 9999 is "
          "named when it is repeated at the edge of the column and lies far from all other "
          "numbers, or is the only negative one among many that are not; 0 when all other numbers "
          "stay clear of it, as in a blood pressure of 0; a date such as 1900-01-01 or 9999-12-31 "
          "when it lies apart or is repeated far more often than its neighbours; a code of one "
          "digit repeated, as 00000 or 999-999-9999, among codes that are not; words such as "
          "'unknown', 'not available' or '-', more surely where the other values are numbers, the "
          "same word stands in other columns, or other cells of the same rows are missing, too. "
          "Each finding tells its evidence. Severity: warning above `some` of the rows or when "
          "sure (confidence 0.9), else info.",
      .params = {{.name = "some",
                  .type = ParamType::kFloat,
                  .what = "share of the rows from which on it is a warning however sure",
                  .fallback = 0.05,
                  .min = 0,
                  .max = 1},
                 {.name = "confidence",
                  .type = ParamType::kFloat,
                  .what = "how surely a value must stand for a missing one to be named",
                  .fallback = 0.6,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"sentinels", "disguised_missing", "placeholders", "stand_ins"},
      .source = "Pearson, The problem of disguised missing data, SIGKDD Explorations 8(1), 2006",
  };
  return spec;
}

constexpr int64_t kMostValues = 20'000;  // distinct texts of a column that is looked at

bool HasDigit(const std::string& text) { return text.find_first_of("0123456789") != text.npos; }

// How many columns hold each word, for all columns of text.
std::map<std::string, int> ColumnsByWord(const AuditContext& context) {
  std::map<std::string, int> columns;
  for (const int column : FeatureColumns(context.data)) {
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    if (cells.distinct() > kMostValues) continue;
    for (const std::string& text : cells.text) {
      if (IsMissingWord(text)) ++columns[FoldText(text)];
    }
  }
  return columns;
}

// Share of the rows (those with `code`, and all) in which the column beside it is missing.
double MissingBeside(const AuditContext& context, int column, int32_t code, double* overall) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  int64_t with = 0, with_missing = 0, all_missing = 0;
  std::vector<const CellColumn*> others;
  for (const int other : FeatureColumns(context.data)) {
    if (other == column || others.size() == 8) continue;
    const CellColumn& beside = context.shared.CellsOfColumn(other);
    if (beside.missing > 0) others.push_back(&beside);
  }
  for (size_t i = 0; i < cells.code.size() && !others.empty(); ++i) {
    const bool missing =
        std::ranges::any_of(others, [&](const CellColumn* other) { return other->code[i] < 0; });
    with += cells.code[i] == code;
    with_missing += cells.code[i] == code && missing;
    all_missing += missing;
  }
  *overall = static_cast<double>(all_missing) / static_cast<double>(cells.code.size());
  return with == 0 ? 0 : static_cast<double>(with_missing) / static_cast<double>(with);
}

void Words(const AuditContext& context, int column, const std::map<std::string, int>& by_word,
           std::vector<StandIn>* suspects) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  const bool signs = std::ranges::find(cells.text, "+") != cells.text.end();
  int64_t rows = 0, with_digits = 0;
  for (size_t code = 0; code < cells.text.size(); ++code) {
    rows += cells.count[code];
    with_digits += HasDigit(cells.text[code]) ? cells.count[code] : 0;
  }
  for (size_t code = 0; code < cells.text.size(); ++code) {
    const std::string& value = cells.text[code];
    const auto at = static_cast<int32_t>(code);
    if (IsOneDigit(value) && with_digits * 10 >= rows * 9 && cells.distinct() >= 10) {
      suspects->push_back({at, 0.85, "one digit repeated, among codes that are not"});
      continue;
    }
    if (!IsMissingWord(value) || (signs && value == "-")) continue;
    StandIn suspect{at, 0.7, "the word says so"};
    const int64_t others = rows - cells.count[code];
    if (others > 0 && with_digits * 10 >= others * 8) {
      suspect.confidence += 0.2;
      suspect.evidence += ", and the other values hold numbers";
    }
    if (const auto found = by_word.find(FoldText(value));
        found != by_word.end() && found->second > 1) {
      suspect.confidence += 0.1;
      suspect.evidence += ", it stands in " + std::to_string(found->second) + " columns";
    }
    double overall = 0;
    const double beside = MissingBeside(context, column, at, &overall);
    if (cells.count[code] >= 5 && beside > 2 * overall && beside > 0.3) {
      suspect.confidence += 0.1;
      suspect.evidence += ", and other cells of these rows are missing in " + Percent(beside);
    }
    suspect.confidence = std::min(suspect.confidence, 0.97);
    suspects->push_back(suspect);
  }
}

void Report(const AuditContext& context, int column, const StandIn& suspect, Findings& findings) {
  const Dataset& data = context.data;
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  const int64_t count = cells.count[static_cast<size_t>(suspect.code)];
  const double share = static_cast<double>(count) / static_cast<double>(data.size());
  const bool warn = share > context.settings.at("some").get<double>() || suspect.confidence >= 0.9;
  const std::string value = ExactText(cells, suspect.code);
  Finding& finding = findings.Add(
      warn ? Severity::kWarning : Severity::kInfo, {},
      "'" + data.columns[static_cast<size_t>(column)].name + "' holds " + Quote(value) + " in " +
          CountOf(data, count) + " (" + Percent(share) +
          "): it looks like a stand-in for a missing value; " + suspect.evidence,
      "if it means missing, empty those cells (`bottega clean` does), or list it under "
      "data.missing in the recipe");
  ListCells(data,
            CellsWith(context, column,
                      {{suspect.code, {std::nullopt, true, suspect.confidence, suspect.evidence}}}),
            &finding);
  finding.place.row = -1;
  finding.detail["value"] = value;
  finding.detail["share"] = share;
}

// "empty" among numbers was read as missing; the words are worth knowing.
void UnreadWords(const AuditContext& context, int column, Findings& findings) {
  const Written* written = WrittenOf(context.data, column);
  if (written == nullptr) return;
  std::map<std::string, int64_t> words;
  for (const WrittenCell& cell : written->cells) {
    if (!cell.read && IsMissingWord(cell.text)) ++words[cell.text];
  }
  for (const auto& [word, count] : words) {
    Finding& finding = findings.Add(Severity::kInfo, PlaceOfColumn(context.data, column),
                                    "'" + context.data.columns[static_cast<size_t>(column)].name +
                                        "' says " + Quote(word) + " in " +
                                        CountOf(context.data, count) + "; it was read as missing",
                                    "list it under data.missing in the recipe");
    finding.detail = {{"value", word}, {"count", count}, {"read_as_missing", true}};
  }
}

void Run(const AuditContext& context, Findings& findings) {
  const std::map<std::string, int> by_word = ColumnsByWord(context);
  const double least = context.settings.at("confidence").get<double>();
  for (const int column : FeatureColumns(context.data)) {
    const Column& about = context.data.columns[static_cast<size_t>(column)];
    if (about.type == FeatureType::kPicture) continue;
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    std::vector<StandIn> suspects;
    if (cells.is_number()) {
      const SortedValues sorted(cells);
      if (about.type == FeatureType::kDate) {
        FindRoundDates(sorted, &suspects);
      } else {
        FindNumberCodes(sorted, &suspects);
        FindImpossibleZero(sorted, about.name, &suspects);
      }
    } else if (cells.distinct() <= kMostValues) {
      Words(context, column, by_word, &suspects);
    }
    for (const StandIn& suspect : suspects) {
      if (suspect.confidence >= least) Report(context, column, suspect, findings);
    }
    if (about.type == FeatureType::kNumber) UnreadWords(context, column, findings);
  }
}

}  // namespace

const Check& HiddenMissing() {
  static const Check check = {&HiddenMissingSpec, &Run};
  return check;
}

}  // namespace bottega
