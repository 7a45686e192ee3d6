#include <cmath>
#include <unordered_map>

#include "base/text.h"
#include "clean/repair_kind.h"
#include "data/values.h"

namespace bottega {

namespace {

const Spec& ConvertCellsSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "convert_cells",
      .one_line = "read the number out of a cell that holds words beside it",
      .text =
          "In a number column, cells such as `12 years` or `about 40` were read as missing. "
          "Where such a cell holds exactly one number, that number is put there. Cells with "
          "several numbers (`10-20`), or none, stay missing. Only cells that the reading of the "
          "source has listed can be converted.",
      .synonyms = {"mixed_types"},
  };
  return spec;
}

// The text of the cell in a message "'CELL' is no number; it was read as missing".
std::optional<std::string> CellIn(const std::string& message) {
  const size_t end = message.rfind("' is no number");
  if (message.empty() || message[0] != '\'' || end == std::string::npos || end < 1) {
    return std::nullopt;
  }
  return message.substr(1, end - 1);
}

// The only number in `text`; a minus counts when nothing or a space stands before it.
std::optional<double> OnlyNumber(const std::string& text) {
  std::optional<double> number;
  for (size_t i = 0; i < text.size();) {
    if (!IsDigit(text[i])) {
      ++i;
      continue;
    }
    size_t begin = i, end = i;
    while (end < text.size() && (IsDigit(text[end]) || text[end] == '.' || text[end] == ',')) ++end;
    while (end > begin && !IsDigit(text[end - 1])) --end;
    const std::string digits = text.substr(begin, end - begin);
    if (number || digits.find(',') != std::string::npos) return std::nullopt;
    number = ParseNumber(digits);
    if (!number) return std::nullopt;
    const bool minus =
        begin > 0 && text[begin - 1] == '-' && (begin == 1 || text[begin - 2] == ' ');
    if (minus) number = -*number;
    i = end;
  }
  return number;
}

void Plan(const RepairContext& context, const Json&, RepairPlan* plan) {
  const Dataset& data = context.data;
  std::unordered_map<int64_t, size_t> position;
  for (size_t i = 0; i < data.rows.size(); ++i) position.emplace(data.rows[i], i);
  for (size_t c = 0; c < data.columns.size(); ++c) {
    if (data.columns[c].type != FeatureType::kNumber || data.columns[c].role == Role::kTarget) {
      continue;
    }
    CellChanges changes("convert_cells", data.columns[c].name);
    std::vector<double> numbers;
    for (const ReadIssue& issue : data.issues) {
      if (issue.kind != "mixed_type" || issue.place.column != data.columns[c].name) continue;
      const auto cell = CellIn(issue.message);
      const auto found = position.find(issue.place.row);
      const auto number = cell ? OnlyNumber(*cell) : std::nullopt;
      if (!number || found == position.end()) continue;
      if (numbers.empty()) numbers = NumbersOf(data, static_cast<int>(c));
      if (!std::isnan(numbers[found->second])) continue;
      changes.Add(issue.place.row, std::nullopt, NumberText(*number),
                  "the source says '" + *cell + "'");
    }
    changes.Finish(plan);
  }
}

}  // namespace

const RepairKind kConvertCells = {ConvertCellsSpec, Plan};

}  // namespace bottega
