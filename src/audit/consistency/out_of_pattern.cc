#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/quantity.h"
#include "profile/shape.h"

namespace bottega {
namespace {

const Spec& OutOfPatternSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "out_of_pattern",
      .one_line = "values that break the character pattern of their column",
      .text =
          "Codes, phone numbers, post codes and the like follow few patterns of digits, letters "
          "and separators. Where a handful of patterns covers the column, a value with letters "
          "among its digits (7x9), a lost separator or another length is named, with the one "
          "value of the column that it can be, if there is one. Cells of number columns that "
          "could not be read because letters stand among digits are named, too. `patterns` gives "
          "columns a regular expression that every value must match as a whole. Columns of free "
          "text are left alone. Severity: warning; error for a pattern that is given.",
      .params = {{.name = "patterns",
                  .type = ParamType::kMap,
                  .what = "column to the regular expression (RE2) that its values must match, as "
                          "in {zip: '[0-9]{5}'}",
                  .fallback = Json::object()},
                 {.name = "rare",
                  .type = ParamType::kFloat,
                  .what = "share of rows below which a pattern is an exception",
                  .fallback = 0.02,
                  .min = 0.0001,
                  .max = 0.2,
                  .larger = "names more, also patterns that are merely less usual"},
                 {.name = "covered",
                  .type = ParamType::kFloat,
                  .what = "share of rows that the usual patterns must cover",
                  .fallback = 0.95,
                  .min = 0.5,
                  .max = 1}},
      .synonyms = {"format", "regex", "character_pattern"},
  };
  return spec;
}

constexpr int64_t kFewestRows = 30;
constexpr size_t kMostPatterns = 8;
constexpr int64_t kMostCandidates = 20'000;  // distinct values that a repair is looked for among

using Flags = std::unordered_map<int32_t, FlaggedValue>;

struct Shapes {
  std::map<std::string, int64_t> rows;
  int64_t total = 0;

  void Add(const std::string& shape, int64_t count) {
    rows[shape] += count;
    total += count;
  }
  // Those of at least `rare` of the rows.
  std::set<std::string> Usual(double rare, double* covered) const {
    std::set<std::string> usual;
    int64_t sum = 0;
    for (const auto& [shape, count] : rows) {
      if (count < 3 || static_cast<double>(count) < rare * static_cast<double>(total)) continue;
      usual.insert(shape);
      sum += count;
    }
    *covered = total == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(total);
    return usual;
  }
};

// Few patterns, of like structure, most with digits: a code, not a text or an address.
bool IsCode(const Shapes& shapes, const std::set<std::string>& usual) {
  if (usual.empty() || usual.size() > kMostPatterns) return false;
  std::set<size_t> lengths;
  int64_t digits = 0, covered = 0;
  for (const std::string& shape : usual) {
    const int64_t rows = shapes.rows.at(shape);
    covered += rows;
    if (shape.find('9') == shape.npos) continue;
    digits += rows;
    lengths.insert(ShapeTokens(shape).size());
  }
  return lengths.size() <= 2 && digits * 10 >= covered * 6;
}

// The one usual value that `value` can be.
std::optional<std::string> OnlyMatch(const CellColumn& cells, const std::string& value,
                                     const std::vector<int32_t>& usual) {
  std::optional<std::string> match;
  for (const int32_t code : usual) {
    const std::string& whole = cells.text[static_cast<size_t>(code)];
    if (!MatchesButKinds(value, whole)) continue;
    if (match) return std::nullopt;
    match = whole;
  }
  return match;
}

Flags OddShapes(const CellColumn& cells, double rare, double covered_least, std::string* usual_as) {
  Shapes shapes;
  std::vector<std::string> of_code;
  for (size_t code = 0; code < cells.text.size(); ++code) {
    of_code.push_back(ShapeOf(cells.text[code]));
    shapes.Add(of_code.back(), cells.count[code]);
  }
  double covered = 0;
  const std::set<std::string> usual = shapes.Usual(rare, &covered);
  Flags flags;
  if (covered < covered_least || covered == 1 || !IsCode(shapes, usual)) return flags;
  std::vector<int32_t> good;
  for (size_t code = 0; code < of_code.size() && cells.distinct() <= kMostCandidates; ++code) {
    if (usual.contains(of_code[code])) good.push_back(static_cast<int32_t>(code));
  }
  *usual_as = Join({usual.begin(), usual.end()}, "', '");
  for (size_t code = 0; code < of_code.size(); ++code) {
    if (usual.contains(of_code[code])) continue;
    const auto after = OnlyMatch(cells, cells.text[code], good);
    flags[static_cast<int32_t>(code)] = {
        after, after.has_value(), after ? 0.8 : 0.75,
        after ? "the only value of the column that differs in nothing but the odd characters"
              : "pattern '" + of_code[code] + "', usual are '" + *usual_as + "'"};
  }
  return flags;
}

// One pattern with fixed lengths, as 99999: values of another length.
Flags OddLengths(const CellColumn& cells, double rare, std::string* usual_as) {
  Shapes shapes;
  std::vector<std::string> of_code;
  for (size_t code = 0; code < cells.text.size(); ++code) {
    of_code.push_back(ExactShapeOf(cells.text[code]));
    shapes.Add(of_code.back(), cells.count[code]);
  }
  Flags flags;
  const auto most =
      std::ranges::max_element(shapes.rows, {}, [](const auto& s) { return s.second; });
  if (most == shapes.rows.end() || most->first.size() < 4 ||
      most->first.find('9') == std::string::npos ||
      static_cast<double>(most->second) < (1 - 2 * rare) * static_cast<double>(shapes.total)) {
    return flags;
  }
  *usual_as = most->first;
  for (size_t code = 0; code < of_code.size(); ++code) {
    if (of_code[code] == most->first) continue;
    const bool lost_zero = most->first == "9" + of_code[code];
    FlaggedValue flag{std::nullopt, lost_zero, 0.7,
                      "pattern '" + of_code[code] + "', the column's is '" + most->first + "'"};
    if (lost_zero) {
      flag.after = "0" + cells.text[code];
      flag.evidence = "a leading zero seems lost: the column's pattern is '" + most->first + "'";
    }
    flags[static_cast<int32_t>(code)] = flag;
  }
  return flags;
}

void Report(const AuditContext& context, int column, const std::vector<FlaggedCell>& cells,
            const std::string& how, Severity severity, Findings& findings,
            std::vector<float>* scores) {
  if (cells.empty()) return;
  const FlaggedCell& first = cells[0];
  Finding& finding =
      findings.Add(severity, {},
                   "'" + context.data.columns[static_cast<size_t>(column)].name +
                       "': " + CountOf(context.data, static_cast<int64_t>(cells.size())) +
                       " break" + (cells.size() == 1 ? "s " : " ") + how + ", as " +
                       QuoteCell(context.data, column, first.Shown()) + " in " +
                       NameRow(context.data, first.position),
                   "correct the cells at the source; `bottega clean` takes what is sure");
  ListCells(context.data, cells, &finding);
  LowerScores(context.data, cells, scores);
}

bool HoldsCodes(const Column& column) {
  return column.type == FeatureType::kCategory || column.type == FeatureType::kIdentifier ||
         column.type == FeatureType::kText || column.type == FeatureType::kBinary;
}

void LookAtText(const AuditContext& context, int column, Findings& findings,
                std::vector<float>* scores) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  if (context.data.size() - cells.missing < kFewestRows) return;
  const double rare = context.settings.at("rare").get<double>();
  std::string usual;
  Flags flags = OddShapes(cells, rare, context.settings.at("covered").get<double>(), &usual);
  flags.merge(OddLengths(cells, rare, &usual));
  Report(context, column, CellsWith(context, column, flags), "the column's pattern '" + usual + "'",
         Severity::kWarning, findings, scores);
}

// "7x9", "1O5" in a number column; quantities with units are mixed_units' business.
void LookAtNumbers(const AuditContext& context, int column, Findings& findings,
                   std::vector<float>* scores) {
  const auto judge = [](const WrittenCell& cell) -> std::optional<FlaggedValue> {
    if (cell.read) return std::nullopt;
    const std::string shape = ShapeOf(cell.text);
    const bool mixed = std::ranges::any_of(
        ShapeTokens(shape), [](const std::string& token) { return token.size() > 1; });
    if (!mixed && shape.find('a') != shape.npos) return std::nullopt;
    const auto quantity = ParseQuantity(cell.text);
    if (quantity && (quantity->unit.empty() || FindUnit(quantity->unit) != nullptr)) {
      return std::nullopt;
    }
    if (shape.find('9') == shape.npos) return std::nullopt;
    return FlaggedValue{std::nullopt, false, 0.9, "letters or signs stand among the digits"};
  };
  Report(context, column, WrittenCellsWith(context.data, column, judge), "the pattern of a number",
         Severity::kWarning, findings, scores);
}

void LookAtGiven(const AuditContext& context, Findings& findings, std::vector<float>* scores) {
  for (const auto& [name, pattern] : context.settings.at("patterns").items()) {
    const int column = context.data.Find(name);
    const CellColumn* cells = column < 0 ? nullptr : &context.shared.CellsOfColumn(column);
    const RE2 expression(pattern.is_string() ? pattern.get<std::string>() : pattern.dump(),
                         RE2::Quiet);
    if (cells == nullptr || !expression.ok()) {
      throw Error(ErrorKind::kRecipe,
                  cells == nullptr
                      ? "out_of_pattern.patterns: there is no column '" + name + "'"
                      : "out_of_pattern.patterns: '" + name + "': " + expression.error(),
                  {}, "name a column and a regular expression, as in {zip: '[0-9]{5}'}");
    }
    Flags flags;
    for (int32_t code = 0; code < cells->distinct(); ++code) {
      if (RE2::FullMatch(ExactText(*cells, code), expression)) continue;
      flags[code] = {std::nullopt, false, 1, "does not match " + expression.pattern()};
    }
    Report(context, column, CellsWith(context, column, flags),
           "the given pattern '" + expression.pattern() + "'", Severity::kError, findings, scores);
  }
}

void Run(const AuditContext& context, Findings& findings) {
  std::vector<float> scores(static_cast<size_t>(context.data.size()), 1.0F);
  LookAtGiven(context, findings, &scores);
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    const Column& column = context.data.columns[i];
    if (context.settings.at("patterns").contains(column.name)) continue;
    if (column.type == FeatureType::kNumber) {
      LookAtNumbers(context, static_cast<int>(i), findings, &scores);
    } else if (HoldsCodes(column)) {
      LookAtText(context, static_cast<int>(i), findings, &scores);
    }
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& OutOfPattern() {
  static const Check check = {&OutOfPatternSpec, &Run};
  return check;
}

}  // namespace bottega
