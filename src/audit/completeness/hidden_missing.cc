#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "data/infer/names.h"
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

struct Suspect {
  int32_t code = -1;
  double confidence = 0;
  std::string evidence;
};

// 9, 99, 999 ... and 99.9; 8s, 7s and 98, 998 stand for refused answers.
bool IsCode(double value) {
  const std::string digits = NumberText(std::abs(value));
  if (digits == "1" || digits == "9") return value < 0;
  std::string plain = Replace(digits, ".", "");
  if (plain.size() < 2) return false;
  if (plain.size() > 2 && plain.back() == '8' && plain[0] == '9') plain.back() = '9';
  const bool one = plain.find_first_not_of(plain[0]) == plain.npos;
  return one && (plain[0] == '9' || (plain.size() > 2 && (plain[0] == '8' || plain[0] == '7')));
}

// What lies around one end of the column, codes there left out.
struct Edge {
  double gap = 0;    // from the nearest other value, in multiples of the others' range
  double spike = 1;  // rows, in multiples of the typical value near it
};

Edge EdgeOf(const SortedValues& sorted, size_t at, const std::vector<bool>& is_code) {
  constexpr size_t kNear = 15;
  std::vector<size_t> others;
  for (size_t i = 0; i < sorted.value.size(); ++i) {
    if (!is_code[i]) others.push_back(i);
  }
  if (others.size() < 3) return {};
  const bool top = at > others.back();
  if (!top && at > others.front()) return {};
  // Outliers must not hide the gap: the range is that of the middle 98 %.
  const double low = sorted.value[others[others.size() / 100]];
  const double high = sorted.value[others[others.size() - 1 - others.size() / 100]];
  const double nearest = sorted.value[top ? others.back() : others.front()];
  std::vector<int64_t> counts;
  for (size_t k = 0; k < std::min(kNear, others.size()); ++k) {
    counts.push_back(sorted.count[top ? others[others.size() - 1 - k] : others[k]]);
  }
  std::ranges::nth_element(counts, counts.begin() + static_cast<int64_t>(counts.size() / 2));
  return {std::abs(sorted.value[at] - nearest) / std::max(high - low, 1e-300),
          static_cast<double>(sorted.count[at]) /
              static_cast<double>(std::max<int64_t>(1, counts[counts.size() / 2]))};
}

std::string AtEdge(const Edge& edge, double value, int64_t count) {
  return "it is repeated " + FormatCount(count) + " times, " + FormatNumber(edge.gap, 2) +
         " times the range of all others " + (value < 0 ? "below" : "away from") + " them";
}

void Codes(const SortedValues& sorted, std::vector<Suspect>* suspects) {
  const size_t n = sorted.value.size();
  std::vector<bool> is_code(n);
  for (size_t i = 0; i < n; ++i) is_code[i] = IsCode(sorted.value[i]);
  int64_t negative = 0;
  for (const double value : sorted.value) negative += value < 0;
  for (size_t i = 0; i < n; ++i) {
    const int64_t count = sorted.count[i];
    if (!is_code[i] || count < 2 || count * 10 > sorted.rows * 9) continue;
    const double value = sorted.value[i];
    const Edge edge = EdgeOf(sorted, i, is_code);
    if (edge.gap == 0) continue;
    Suspect suspect{sorted.code[i], 0, AtEdge(edge, value, count)};
    if (edge.gap >= 1 || (edge.gap >= 0.3 && edge.spike >= 4)) {
      suspect.confidence = count >= 3 ? 0.95 : 0.85;
    } else if (value < 0 && negative == 1 && n > 10 && count >= 3 && count * 1000 >= sorted.rows) {
      suspect.confidence = 0.85;
      suspect.evidence = "it is the only negative number, " + FormatCount(count) + " times";
    } else if (edge.gap >= 0.04 && edge.spike >= 10 && count >= 5) {
      suspect.confidence = 0.75;
      suspect.evidence = "it is " + FormatNumber(edge.spike, 2) +
                         " times as frequent as the values next to it, at the edge of the column";
    }
    if (suspect.confidence > 0) suspects->push_back(suspect);
  }
}

// 0 where everything else stays clear of it.
void Zero(const SortedValues& sorted, const std::string& name, std::vector<Suspect>* suspects) {
  const auto at =
      static_cast<size_t>(std::ranges::lower_bound(sorted.value, 0.0) - sorted.value.begin());
  if (at >= sorted.value.size() || sorted.value[at] != 0 || at > 0) return;
  const size_t n = sorted.value.size();
  const int64_t zeros = sorted.count[0];
  if (n < 12 || zeros < 2 || zeros * 2 > sorted.rows) return;
  if (NameHas(name, {"count", "number", "num", "children", "visits", "gain", "loss", "debt",
                     "balance", "amount", "sales", "rain", "snow", "precipitation"})) {
    return;
  }
  const double next = sorted.value[1],
               median = sorted.At(0.5 + 0.5 * double(zeros) / double(sorted.rows));
  const double low =
      sorted.At((double(zeros) + 0.02 * double(sorted.rows - zeros)) / double(sorted.rows));
  std::vector<double> steps;
  for (size_t i = 2; i < std::min<size_t>(n, 40); ++i) {
    steps.push_back(sorted.value[i] - sorted.value[i - 1]);
  }
  std::ranges::sort(steps);
  const double step = steps[steps.size() / 2];
  if (next < 0.1 * median || low < 0.25 * median || next < 5 * step) return;
  suspects->push_back({sorted.code[0], 0.75,
                       "all other numbers are " + FormatNumber(next) + " or more, 98 % of them " +
                           FormatNumber(low) + " or more"});
}

void RoundDates(const SortedValues& sorted, std::vector<Suspect>* suspects) {
  static const std::set<std::string> round = {
      "0001-01-01", "1753-01-01", "1800-01-01", "1899-12-30", "1899-12-31", "1900-01-01",
      "1901-01-01", "1970-01-01", "1980-01-01", "2099-01-01", "2099-12-31", "2100-01-01",
      "2199-12-31", "2999-01-01", "2999-12-31", "3000-01-01", "9999-12-31", "9999-01-01"};
  std::vector<bool> is_code(sorted.value.size());
  for (size_t i = 0; i < is_code.size(); ++i) is_code[i] = round.contains(DayText(sorted.value[i]));
  for (size_t i = 0; i < is_code.size(); ++i) {
    if (!is_code[i]) continue;
    const Edge edge = EdgeOf(sorted, i, is_code);
    const int64_t count = sorted.count[i];
    Suspect suspect{sorted.code[i], 0, AtEdge(edge, 0, count)};
    if (edge.gap >= 0.5 || (edge.gap >= 0.1 && count >= 3)) {
      suspect.confidence = count >= 2 ? 0.95 : 0.7;
    } else if (edge.gap > 0 && edge.spike >= 10 && count >= 5) {
      suspect.confidence = 0.8;
    }
    if (suspect.confidence > 0) suspects->push_back(suspect);
  }
}

bool IsWord(const std::string& value) {
  static const std::set<std::string> words = {"na",
                                              "n a",
                                              "nan",
                                              "null",
                                              "none",
                                              "nil",
                                              "unknown",
                                              "missing",
                                              "empty",
                                              "void",
                                              "unk",
                                              "not available",
                                              "not known",
                                              "not given",
                                              "unknwon",
                                              "no data",
                                              "tbd",
                                              "unspecified",
                                              "blank",
                                              "not specified",
                                              "undefined",
                                              "not applicable",
                                              "not recorded",
                                              "not stated",
                                              "not reported",
                                              "no answer",
                                              "no response",
                                              "no value",
                                              "refused",
                                              "unbekannt",
                                              "keine angabe",
                                              "k a",
                                              "inconnu",
                                              "desconocido",
                                              "sconosciuto",
                                              "onbekend",
                                              "desconhecido",
                                              "nicht bekannt",
                                              "dont know",
                                              "don t know",
                                              "to be determined",
                                              "invalid",
                                              "error",
                                              "ref"};
  if (value.size() > 20) return false;
  const std::string folded = FoldText(value);
  // Other signs mean something: '+', '<', '%'.
  if (folded.empty()) return !value.empty() && value.find_first_not_of("-._?*/# ") == value.npos;
  return words.contains(folded);
}

// 00000, 999-999-9999, 1111111111: one digit, five times and more.
bool IsOneDigit(const std::string& value) {
  std::string digits;
  for (const char c : value) {
    if (IsDigit(c)) {
      digits += c;
    } else if (std::string_view("-. ()/+").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return digits.size() >= 5 && digits.find_first_not_of(digits[0]) == digits.npos;
}

bool HasDigit(const std::string& text) { return text.find_first_of("0123456789") != text.npos; }

// How many columns hold each word, for all columns of text.
std::map<std::string, int> ColumnsByWord(const AuditContext& context) {
  std::map<std::string, int> columns;
  for (const int column : FeatureColumns(context.data)) {
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    if (cells.distinct() > kMostValues) continue;
    for (const std::string& text : cells.text) {
      if (IsWord(text)) ++columns[FoldText(text)];
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
           std::vector<Suspect>* suspects) {
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
    if (!IsWord(value) || (signs && value == "-")) continue;
    Suspect suspect{at, 0.7, "the word says so"};
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

void Report(const AuditContext& context, int column, const Suspect& suspect, Findings& findings) {
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
    if (!cell.read && IsWord(cell.text)) ++words[cell.text];
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
    std::vector<Suspect> suspects;
    if (cells.is_number()) {
      const SortedValues sorted(cells);
      if (about.type == FeatureType::kDate) {
        RoundDates(sorted, &suspects);
      } else {
        Codes(sorted, &suspects);
        Zero(sorted, about.name, &suspects);
      }
    } else if (cells.distinct() <= kMostValues) {
      Words(context, column, by_word, &suspects);
    }
    for (const Suspect& suspect : suspects) {
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
