#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "data/infer/names.h"
#include "learn/one_column.h"
#include "profile/derived_columns.h"

namespace bottega {
namespace {

const Spec& TargetProxySpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "target_proxy",
      .one_line = "columns that give the target away",
      .text =
          "Such a column is often the target in other words, or was filled in after the answer was "
          "known: the model scores well in the test and fails in use. Reported are columns (1) "
          "that "
          "alone tell the target, out of fold, nearly always (mean over classes; for numbers, "
          "share "
          "of the variance of ranks); (2) that are filled, or differ from their usual value, in "
          "one "
          "class only; (3) whose name speaks of the outcome and that tell at least `notable` of "
          "it; "
          "(4) from which, with others, a target that is a number can be computed (total = a + b). "
          "Severity: error for (1) from 0.995 on, for empty cells in (2) and for (4), else "
          "warning.",
      .params = {{.name = "strong",
                  .type = ParamType::kFloat,
                  .what = "how much of the target a column tells (0 guessing, 1 all) from which on "
                          "it gives the target away",
                  .fallback = 0.95,
                  .min = 0.5,
                  .max = 1,
                  .larger = "reports the clearest only",
                  .smaller = "reports good honest features too"},
                 {.name = "notable",
                  .type = ParamType::kFloat,
                  .what = "the same, for columns whose name speaks of the outcome",
                  .fallback = 0.5,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"target_leakage", "data_leakage", "giveaway"},
      .source = "Kaufman, Rosset & Perlich, Leakage in data mining, KDD 2011",
  };
  return spec;
}

constexpr double kCertain = 0.995;
constexpr double kDoubt = 0.05;   // how far below its limit the lower end of a score may lie
constexpr double kPure = 0.99;    // share of the filled rows in one class
constexpr double kCovered = 0.2;  // of that class, at least this share is filled
constexpr int64_t kFewestFilled = 20;

// The target as a check of one column needs it.
struct Target {
  int column = -1;
  std::string name;
  bool classes = false;
  std::vector<int32_t> label;
  std::vector<std::string> class_names;
  std::optional<TellingOf> telling;
};

Target TargetOf(const AuditContext& context) {
  Target target{.column = TargetIndex(context.data)};
  if (target.column < 0) return target;
  target.name = context.data.columns[static_cast<size_t>(target.column)].name;
  target.classes = IsClassTarget(context.data);
  if (target.classes) {
    const Codes& codes = context.shared.CodesOfColumn(target.column);
    target.label = codes.code;
    target.class_names = codes.values;
  }
  return target;
}

// The class that (nearly) all rows with unusual cells are of.
struct OneClass {
  int32_t of = -1;
  double purity = 0, covered = 0;
  int64_t rows = 0;
  bool empty = false;  // usual: an empty cell
};

std::optional<OneClass> OnlyInOneClass(const Target& target, const CellColumn& cells) {
  const size_t k = target.class_names.size();
  int32_t usual = -1;  // missing
  if (cells.missing * 50 < static_cast<int64_t>(cells.code.size())) {
    const auto top = std::ranges::max_element(cells.count);
    usual = static_cast<int32_t>(top - cells.count.begin());
  }
  std::vector<int64_t> unusual(k), total(k);
  int64_t rows = 0;
  for (size_t i = 0; i < cells.code.size(); ++i) {
    if (target.label[i] < 0) continue;
    ++total[static_cast<size_t>(target.label[i])];
    if (cells.code[i] == usual) continue;
    ++unusual[static_cast<size_t>(target.label[i])];
    ++rows;
  }
  if (rows < kFewestFilled) return std::nullopt;
  const size_t top = static_cast<size_t>(std::ranges::max_element(unusual) - unusual.begin());
  int64_t all = 0;
  for (const int64_t n : total) all += n;
  OneClass found{static_cast<int32_t>(top)};
  found.rows = rows;
  found.empty = usual < 0;
  found.purity = static_cast<double>(unusual[top]) / static_cast<double>(rows);
  found.covered = static_cast<double>(unusual[top]) / static_cast<double>(total[top]);
  // A class with nearly all rows is in nearly all of any choice of rows.
  const double base = static_cast<double>(total[top]) / static_cast<double>(all);
  const double luck = static_cast<double>(rows) * std::log10(std::max(base, 1e-9));
  if (found.purity < kPure || found.covered < kCovered || base > 0.95 || luck > -6) {
    return std::nullopt;
  }
  return found;
}

bool SpeaksOfOutcome(const std::string& name, const std::string& target) {
  static const std::vector<std::string_view> of_result = {
      "outcome", "predicted", "prediction", "label", "target", "groundtruth", "verdict", "answer"};
  if (NameHas(name, of_result)) return true;
  static const std::vector<std::string_view> dull = {"is",     "has",    "class", "type", "code",
                                                     "status", "target", "label", "flag", "name",
                                                     "of",     "the",    "y",     "id",   "value"};
  for (const std::string& word : NameWords(target)) {
    const bool tells = word.size() >= 3 && std::ranges::find(dull, word) == dull.end();
    const std::vector<std::string> words = NameWords(name);
    if (!tells) continue;
    for (const std::string& other : words) {
      const size_t stem = std::min<size_t>(5, std::min(word.size(), other.size()));
      if (stem >= 4 ? word.substr(0, stem) == other.substr(0, stem) : word == other) return true;
    }
  }
  return false;
}

class Reporter {
 public:
  Reporter(const AuditContext& context, const Target& target, Findings& findings)
      : context_(context), target_(target), findings_(findings) {}

  void AddTold(int column, const Told& told, bool by_name) {
    const bool certain = told.score >= kCertain && told.low >= kCertain - kDoubt;
    Finding& finding =
        Add(column, certain && !by_name ? Severity::kError : Severity::kWarning,
            by_name ? "tells much of '" + target_.name + "' (" + FormatNumber(told.score, 2) +
                          " of 1), and its name speaks of the outcome"
                    : "alone tells '" + target_.name + "' nearly always (" +
                          FormatNumber(told.score, 3) + " of 1, out of fold)");
    finding.confidence = by_name ? 0.7 : certain ? 0.95 : 0.8;
    finding.detail = {
        {"kind", by_name ? "name" : "tells"}, {"score", told.score}, {"low", told.low}};
  }

  void AddOneClass(int column, const OneClass& found) {
    const std::string& name = target_.class_names[static_cast<size_t>(found.of)];
    Finding& finding =
        Add(column, found.empty ? Severity::kError : Severity::kWarning,
            std::string(found.empty ? "is filled" : "differs from its usual value") + " in " +
                CountOf(context_.data, found.rows) + ", " + Percent(found.purity) +
                " of them with '" + target_.name + "' " + Quote(name));
    finding.confidence = 0.9;
    finding.detail = {{"kind", "one_class"},
                      {"class", name},
                      {"rows_filled", found.rows},
                      {"purity", found.purity},
                      {"covered", found.covered}};
  }

  void AddFormula(int column, const std::string& formula, double agree) {
    Finding& finding = Add(column, Severity::kError, "is part of the target: " + formula);
    finding.confidence = 0.95 * agree;
    finding.detail = {{"kind", "formula"}, {"formula", formula}, {"agree", agree}};
  }

 private:
  Finding& Add(int column, Severity severity, const std::string& what) {
    const std::string& name = context_.data.columns[static_cast<size_t>(column)].name;
    return findings_.Add(severity, PlaceOfColumn(context_.data, column), "'" + name + "' " + what,
                         "find out when it is known; unless it is before '" + target_.name +
                             "', leave it out: data.roles: {" + name + ": ignored}");
  }

  const AuditContext& context_;
  const Target& target_;
  Findings& findings_;
};

void JudgeColumn(const AuditContext& context, const Target& target, int column,
                 Reporter* reporter) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  if (cells.distinct() == 0 || (cells.distinct() == 1 && cells.missing == 0)) return;
  const CoarseCodes look_up = LookUpOf(cells);
  const Told told = target.telling->By(look_up);
  const double strong = context.settings.at("strong").get<double>();
  if (told.score >= strong && told.low >= strong - kDoubt) {
    reporter->AddTold(column, told, false);
    return;
  }
  if (target.classes) {
    if (const std::optional<OneClass> found = OnlyInOneClass(target, cells)) {
      reporter->AddOneClass(column, *found);
      return;
    }
  }
  const std::string& name = context.data.columns[static_cast<size_t>(column)].name;
  if (told.low >= context.settings.at("notable").get<double>() &&
      SpeaksOfOutcome(name, target.name)) {
    reporter->AddTold(column, told, true);
  }
}

void JudgeFormula(const AuditContext& context, const Target& target, Reporter* reporter) {
  std::vector<DeriveColumn> columns;
  columns.push_back({&context.shared.CellsOfColumn(target.column), target.name, true});
  for (const int column : FeatureColumns(context.data)) {
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    if (!cells.is_number()) continue;
    columns.push_back({&cells, context.data.columns[static_cast<size_t>(column)].name, false});
  }
  for (const Derivation& derivation : FindDerivations(columns, {})) {
    if (derivation.inputs.size() < 2) continue;  // a column alone was judged already
    for (const size_t input : derivation.inputs) {
      reporter->AddFormula(columns[input].cells->column, derivation.formula, derivation.agree);
    }
  }
}

void Run(const AuditContext& context, Findings& findings) {
  Target target = TargetOf(context);
  if (target.column < 0 || context.data.size() < 50) {
    findings.Skip(target.column < 0 ? "no column is the target" : "there are fewer than 50 rows");
    return;
  }
  if (target.classes && (target.class_names.size() < 2 || target.class_names.size() > 100)) {
    findings.Skip(target.class_names.size() < 2 ? "there is only one class"
                                                : "there are over 100 classes");
    return;
  }
  if (target.classes) {
    target.telling.emplace(target.label, static_cast<int64_t>(target.class_names.size()),
                           context.seed);
  } else {
    target.telling.emplace(context.shared.NumbersOfColumn(target.column), context.seed);
  }
  Reporter reporter(context, target, findings);
  for (const int column : FeatureColumns(context.data)) {
    const FeatureType type = context.data.columns[static_cast<size_t>(column)].type;
    if (type == FeatureType::kPicture || type == FeatureType::kText) continue;
    JudgeColumn(context, target, column, &reporter);
  }
  if (!target.classes) JudgeFormula(context, target, &reporter);
}

}  // namespace

const Check& TargetProxy() {
  static const Check check = {&TargetProxySpec, &Run};
  return check;
}

}  // namespace bottega
