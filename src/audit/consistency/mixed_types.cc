#include <algorithm>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "data/infer/numbers.h"

namespace bottega {
namespace {

const Spec& MixedTypesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "mixed_types",
      .one_line = "columns that hold numbers in some rows and words in others",
      .text =
          "A column that was read as categories or text although many of its cells are numbers "
          "(12, 15, 'twelve', 'none'): a model sees every number as a name of its own. The words "
          "are named. Codes, whose other values hold digits too (V70, 12B), are left alone. Cells "
          "of number columns that are no numbers are listed by reading_problems. Severity: "
          "warning.",
      .params = {{.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of the cells that must be numbers",
                  .fallback = 0.3,
                  .min = 0.05,
                  .max = 0.99},
                 {.name = "numbers",
                  .type = ParamType::kInt,
                  .what = "different numbers that there must be",
                  .fallback = 10,
                  .min = 2}},
      .synonyms = {"numbers_as_text", "type_errors"},
  };
  return spec;
}

void LookAt(const AuditContext& context, int column, Findings& findings,
            std::vector<float>* scores) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  int64_t rows = 0, number_rows = 0, numbers = 0, word_rows = 0, odd_rows = 0;
  std::unordered_map<int32_t, FlaggedValue> words;
  for (size_t code = 0; code < cells.text.size(); ++code) {
    const std::string& text = cells.text[code];
    rows += cells.count[code];
    if (ParseStyledNumber(text, {})) {
      number_rows += cells.count[code];
      ++numbers;
    } else if (text.find_first_of("0123456789") == text.npos) {
      word_rows += cells.count[code];
      words[static_cast<int32_t>(code)] = {std::nullopt, false, 0.7, "it is no number"};
    } else {
      odd_rows += cells.count[code];
    }
  }
  const double share = rows == 0 ? 0 : static_cast<double>(number_rows) / static_cast<double>(rows);
  if (share < context.settings.at("share").get<double>() || word_rows == 0 ||
      numbers < context.settings.at("numbers").get<int64_t>() || odd_rows * 10 > word_rows) {
    return;
  }
  const std::vector<FlaggedCell> flagged = CellsWith(context, column, words);
  Finding& finding = findings.Add(
      Severity::kWarning, {},
      "'" + context.data.columns[static_cast<size_t>(column)].name + "' holds numbers in " +
          Percent(share) + " of its cells and words in " +
          CountOf(context.data, static_cast<int64_t>(flagged.size())) + ", as " +
          QuoteCell(context.data, column, *flagged[0].before),
      "write numbers, leave the other cells empty, and declare the column a number (data.types)");
  ListCells(context.data, flagged, &finding);
  LowerScores(context.data, flagged, scores);
}

void Run(const AuditContext& context, Findings& findings) {
  std::vector<float> scores(static_cast<size_t>(context.data.size()), 1.0F);
  bool any = false;
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    const Column& column = context.data.columns[i];
    const bool text = column.type == FeatureType::kCategory || column.type == FeatureType::kText ||
                      column.type == FeatureType::kIdentifier;
    if (!text || (column.role == Role::kIgnored && column.type != FeatureType::kIdentifier))
      continue;
    any = true;
    LookAt(context, static_cast<int>(i), findings, &scores);
  }
  if (!any) {
    findings.Skip("no column holds categories or text");
    return;
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& MixedTypes() {
  static const Check check = {&MixedTypesSpec, &Run};
  return check;
}

}  // namespace bottega
