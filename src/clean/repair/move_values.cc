#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "clean/repair_kind.h"

namespace bottega {

namespace {

const Spec& MoveValuesSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "move_values",
      .one_line = "move a value back that slipped into the end of another column's cell",
      .text =
          "`San Francisco CA` with a missing state becomes `San Francisco` and `CA`: where a cell "
          "is missing and another cell of its row ends with a value of that column, as those of "
          "most rows that miss it do and others do not.",
      .params = {{.name = "rows",
                  .type = ParamType::kInt,
                  .what = "so many rows at least must show the same",
                  .fallback = 5,
                  .min = 1,
                  .larger = "fewer columns are taken apart"}},
      .synonyms = {"split_cells", "misplaced_values"},
  };
  return spec;
}

struct ColumnCodes {
  Codes codes;
  std::vector<int64_t> rows;  // per value
  std::unordered_map<std::string_view, int32_t> code_of;
};

ColumnCodes CodesWithRows(const Dataset& data, int column) {
  ColumnCodes result{.codes = CodesOf(data, column)};
  result.rows.resize(result.codes.values.size());
  for (const int32_t code : result.codes.code) {
    if (code >= 0) ++result.rows[static_cast<size_t>(code)];
  }
  for (size_t k = 0; k < result.codes.values.size(); ++k) {
    result.code_of.emplace(result.codes.values[k], static_cast<int32_t>(k));
  }
  return result;
}

// A value of the whole column that ends with a value of the part column.
struct Cut {
  std::string head;
  int32_t part = -1;  // code in the part column; -1: the value ends with none
};

// Per value of `whole`: the longest end behind a space that is a value of `part` in several rows.
std::vector<Cut> CutsOf(const ColumnCodes& whole, const ColumnCodes& part) {
  constexpr int64_t kFewestRows = 3;
  std::vector<Cut> cuts;
  for (const std::string& value : whole.codes.values) {
    Cut cut;
    for (size_t at = value.find(' '); at != std::string::npos && cut.part < 0;
         at = value.find(' ', at + 1)) {
      const auto found = part.code_of.find(std::string_view(value).substr(at + 1));
      if (found == part.code_of.end()) continue;
      if (part.rows[static_cast<size_t>(found->second)] < kFewestRows) continue;
      std::string_view head = Trim(std::string_view(value).substr(0, at));
      while (!head.empty() && (head.back() == ',' || head.back() == ';')) head.remove_suffix(1);
      if (!head.empty()) cut = {std::string(Trim(head)), found->second};
    }
    cuts.push_back(std::move(cut));
  }
  return cuts;
}

// Whether the ends are there because the part is missing: in most rows that miss it, and in hardly
// any that have it.
bool SlippedIn(const ColumnCodes& whole, const ColumnCodes& part, const std::vector<Cut>& cuts,
               int64_t fewest) {
  int64_t missing = 0, cut_missing = 0, present = 0, cut_present = 0;
  for (size_t i = 0; i < whole.codes.code.size(); ++i) {
    if (whole.codes.code[i] < 0) continue;
    const bool cut = cuts[static_cast<size_t>(whole.codes.code[i])].part >= 0;
    const bool gap = part.codes.code[i] < 0;
    ++(gap ? missing : present);
    if (cut) ++(gap ? cut_missing : cut_present);
  }
  return cut_missing >= fewest && cut_missing * 2 >= missing && cut_present * 50 <= present;
}

void PlanMoves(const Dataset& data, int whole_column, int part_column, const ColumnCodes& whole,
               const ColumnCodes& part, const std::vector<Cut>& cuts, RepairPlan* plan) {
  const std::string& name = data.columns[static_cast<size_t>(whole_column)].name;
  const std::string& part_name = data.columns[static_cast<size_t>(part_column)].name;
  CellChanges shorter("move_values", name), filled("move_values", part_name);
  for (size_t i = 0; i < whole.codes.code.size(); ++i) {
    if (whole.codes.code[i] < 0 || part.codes.code[i] >= 0) continue;
    const auto code = static_cast<size_t>(whole.codes.code[i]);
    const Cut& cut = cuts[code];
    if (cut.part < 0) continue;
    const std::string& moved = part.codes.values[static_cast<size_t>(cut.part)];
    const std::string why = "'" + whole.codes.values[code] + "' ends with a value of '" +
                            part_name + "', which is missing in its row";
    const double sure = whole.code_of.contains(cut.head) ? 0.97 : 0.9;
    shorter.Add(data.rows[i], whole.codes.values[code], cut.head, why, sure);
    filled.Add(data.rows[i], std::nullopt, moved, why, sure);
  }
  shorter.Finish(plan);
  filled.Finish(plan);
}

bool IsText(const Column& column) {
  return HoldsValues(column) && column.role != Role::kTarget && column.role != Role::kIgnored;
}

void Plan(const RepairContext& context, const Json& settings, RepairPlan* plan) {
  const Dataset& data = context.data;
  std::map<int, ColumnCodes> codes;
  std::vector<int> texts, parts;  // parts: columns that miss values
  for (size_t c = 0; c < data.columns.size(); ++c) {
    if (!IsText(data.columns[c])) continue;
    const int column = static_cast<int>(c);
    const ColumnCodes& known = codes.emplace(column, CodesWithRows(data, column)).first->second;
    texts.push_back(column);
    const bool gaps = std::ranges::any_of(known.codes.code, [](int32_t code) { return code < 0; });
    const bool few = known.codes.values.size() <= 5'000;
    if (gaps && few && !known.codes.values.empty()) parts.push_back(column);
  }
  for (const int part : parts) {
    for (const int whole : texts) {
      if (whole == part) continue;
      const std::vector<Cut> cuts = CutsOf(codes.at(whole), codes.at(part));
      if (!SlippedIn(codes.at(whole), codes.at(part), cuts, settings.at("rows").get<int64_t>())) {
        continue;
      }
      PlanMoves(data, whole, part, codes.at(whole), codes.at(part), cuts, plan);
      break;
    }
  }
}

}  // namespace

const RepairKind kMoveValues = {MoveValuesSpec, Plan};

}  // namespace bottega
