#include <algorithm>

#include "clean/repairs.h"
#include "clean/step.h"

namespace bottega {

namespace {

constexpr int kFormat = 1;
constexpr const char* kActions[] = {"cell", "set_aside", "role"};

// Runs of three and more as [first, last].
Json RowsToJson(const std::vector<int64_t>& rows) {
  Json list = Json::array();
  for (size_t i = 0; i < rows.size();) {
    size_t end = i + 1;
    while (end < rows.size() && rows[end] == rows[end - 1] + 1) ++end;
    if (end - i >= 3) {
      list.push_back({rows[i], rows[end - 1]});
      i = end;
    } else {
      list.push_back(rows[i++]);
    }
  }
  return list;
}

[[noreturn]] void Damaged(const std::string& what) {
  throw Error(ErrorKind::kData, "not usable repairs: " + what);
}

std::vector<int64_t> RowsFromJson(const Json& list) {
  constexpr int64_t kMost = int64_t{1} << 40;
  std::vector<int64_t> rows;
  for (const Json& item : list) {
    const bool run = item.is_array() && item.size() == 2 && item[0].is_number_integer() &&
                     item[1].is_number_integer();
    if (!run && !item.is_number_integer()) Damaged("'rows' holds " + item.dump());
    const int64_t first = run ? item[0].get<int64_t>() : item.get<int64_t>();
    const int64_t last = run ? item[1].get<int64_t>() : first;
    if (first < 0 || last < first || last > kMost || last - first > int64_t{1} << 32) {
      Damaged("'rows' holds " + item.dump());
    }
    for (int64_t row = first; row <= last; ++row) rows.push_back(row);
  }
  return rows;
}

Json CellToJson(const std::optional<std::string>& cell) { return cell ? Json(*cell) : Json(); }

std::optional<std::string> CellFromJson(const Json& item, const char* key) {
  if (!item.contains(key)) Damaged(std::string("'") + key + "' is missing");
  if (item[key].is_null()) return std::nullopt;
  if (!item[key].is_string()) Damaged(std::string("'") + key + "' must be text or null");
  return item[key].get<std::string>();
}

Repair RepairFromJson(const Json& item) {
  Repair repair{.repair = StateText(item, "repair"),
                .rows = RowsFromJson(StateList(item, "rows")),
                .column = StateText(item, "column"),
                .before = CellFromJson(item, "before"),
                .after = CellFromJson(item, "after"),
                .reason = StateText(item, "reason")};
  const std::string action = StateText(item, "action");
  const auto found = std::ranges::find(kActions, action);
  if (found == std::end(kActions)) Damaged("there is no action '" + action + "'");
  repair.action = static_cast<RepairAction>(found - std::begin(kActions));
  return repair;
}

}  // namespace

Json RepairsToJson(const RepairPlan& plan) {
  Json repairs = Json::array(), refused = Json::array();
  for (const Repair& repair : plan.repairs) {
    repairs.push_back({{"repair", repair.repair},
                       {"action", kActions[static_cast<size_t>(repair.action)]},
                       {"rows", RowsToJson(repair.rows)},
                       {"column", repair.column},
                       {"before", CellToJson(repair.before)},
                       {"after", CellToJson(repair.after)},
                       {"reason", repair.reason}});
  }
  for (const Refusal& refusal : plan.refused) refused.push_back(RefusalToJson(refusal));
  return {{"format", kFormat}, {"repairs", repairs}, {"refused", refused}};
}

RepairPlan RepairsFromJson(const Json& json, const std::string& file) {
  try {
    if (!json.is_object() || json.value("format", Json()) != Json(kFormat)) {
      Damaged("this program reads format " + std::to_string(kFormat));
    }
    RepairPlan plan;
    for (const Json& item : StateList(json, "repairs")) {
      plan.repairs.push_back(RepairFromJson(item));
    }
    for (const Json& item : StateList(json, "refused")) {
      plan.refused.push_back(
          {StateText(item, "component"), StateText(item, "column"), StateText(item, "reason")});
    }
    return plan;
  } catch (const Error& error) {
    throw Error(ErrorKind::kData, error.message(), {.file = file}, "`bottega clean` plans again");
  }
}

void WriteRepairs(const std::filesystem::path& path, const RepairPlan& plan) {
  WriteJson(path, RepairsToJson(plan));
}

RepairPlan ReadRepairs(const std::filesystem::path& path) {
  return RepairsFromJson(ReadJson(path), path.string());
}

}  // namespace bottega
