#include "audit/cell_findings.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "audit/groups.h"
#include "data/infer/names.h"

namespace bottega {
namespace {

constexpr size_t kMostListedValues = 1'000;

Json TextOrNull(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

Json CellJson(const Dataset& data, const FlaggedCell& cell) {
  Json out = {{"row", data.rows[static_cast<size_t>(cell.position)]},
              {"column", data.columns[static_cast<size_t>(cell.column)].name},
              {"before", TextOrNull(cell.before)},
              {"confidence", cell.confidence},
              {"evidence", cell.evidence}};
  if (!cell.written.empty()) out["written"] = cell.written;
  if (cell.repair) out["after"] = TextOrNull(cell.after);
  return out;
}

// [{before, after, count, ...}] where each value has one repair; null where it has several.
Json ValuesOf(const Dataset& data, const std::vector<FlaggedCell>& cells) {
  std::map<std::pair<int, std::string>, std::pair<const FlaggedCell*, int64_t>> values;
  for (const FlaggedCell& cell : cells) {
    if (!cell.repair || !cell.before) return {};
    auto& [first, count] = values[{cell.column, *cell.before}];
    if (first != nullptr && first->after != cell.after) return {};
    if (first == nullptr) first = &cell;
    ++count;
    if (values.size() > kMostListedValues) return {};
  }
  Json out = Json::array();
  for (const auto& [key, value] : values) {
    out.push_back({{"column", data.columns[static_cast<size_t>(key.first)].name},
                   {"before", key.second},
                   {"after", TextOrNull(value.first->after)},
                   {"count", value.second},
                   {"confidence", value.first->confidence},
                   {"evidence", value.first->evidence}});
  }
  return out;
}

}  // namespace

std::vector<FlaggedCell> CellsWith(const AuditContext& context, int column,
                                   const std::unordered_map<int32_t, FlaggedValue>& by_code) {
  std::vector<FlaggedCell> out;
  if (by_code.empty()) return out;
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  std::vector<const FlaggedValue*> of_code(static_cast<size_t>(cells.distinct()));
  for (const auto& [code, value] : by_code) of_code[static_cast<size_t>(code)] = &value;
  for (size_t i = 0; i < cells.code.size(); ++i) {
    const int32_t code = cells.code[i];
    if (code < 0 || of_code[static_cast<size_t>(code)] == nullptr) continue;
    const FlaggedValue& value = *of_code[static_cast<size_t>(code)];
    out.push_back({static_cast<int64_t>(i), column, ExactText(cells, code), value.after,
                   value.repair, value.confidence, value.evidence});
  }
  return out;
}

void ListCells(const Dataset& data, const std::vector<FlaggedCell>& cells, Finding* finding) {
  if (cells.empty()) return;
  Json repairs = Json::array(), suspects = Json::array();
  finding->confidence = 0;
  for (const FlaggedCell& cell : cells) {
    finding->confidence = std::max(finding->confidence, cell.confidence);
    Json& list = cell.repair ? repairs : suspects;
    if (list.size() < kMostListedCells) list.push_back(CellJson(data, cell));
  }
  const bool all = repairs.size() + suspects.size() == cells.size();
  if (!repairs.empty()) finding->detail["cells"] = std::move(repairs);
  if (!suspects.empty()) finding->detail["suspects"] = std::move(suspects);
  finding->detail["count"] = cells.size();
  if (!all) {
    if (Json values = ValuesOf(data, cells); !values.is_null()) {
      finding->detail["values"] = std::move(values);
    }
  }
  finding->place = PlaceOf(data, cells[0].position, cells[0].column);
}

void LowerScores(const Dataset& data, const std::vector<FlaggedCell>& cells,
                 std::vector<float>* scores) {
  if (scores->empty()) scores->assign(static_cast<size_t>(data.size()), 1.0F);
  for (const FlaggedCell& cell : cells) {
    float& score = (*scores)[static_cast<size_t>(cell.position)];
    score = std::min(score, static_cast<float>(1 - cell.confidence));
  }
}

std::unordered_map<int64_t, int64_t> PositionsOfRecords(const Dataset& data) {
  std::unordered_map<int64_t, int64_t> positions;
  positions.reserve(data.rows.size());
  for (size_t i = 0; i < data.rows.size(); ++i) {
    positions.emplace(data.rows[i], static_cast<int64_t>(i));
  }
  return positions;
}

std::string QuoteCell(const Dataset& data, int column, const std::string& value) {
  const Column& about = data.columns[static_cast<size_t>(column)];
  if (value.empty() || !IsPersonName(about.name)) return Quote(value);
  size_t first = 1;
  while (first < value.size() && (static_cast<unsigned char>(value[first]) & 0xC0) == 0x80) ++first;
  return "'" + value.substr(0, first) + "***'";
}

std::string ExactText(const CellColumn& cells, int32_t code) {
  if (!cells.is_number() || cells.type == FeatureType::kDate) return CellText(cells, code);
  return NumberText(cells.number[static_cast<size_t>(code)]);
}

}  // namespace bottega
