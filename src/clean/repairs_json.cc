#include <algorithm>

#include "clean/fixes.h"
#include "clean/repairs.h"
#include "clean/step.h"

namespace bottega {

namespace {

constexpr int kFormat = 2;
constexpr const char* kActions[] = {"cell", "set_aside", "role", "type", "redact"};

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

// `apply` of a change wins over that of its fix.
Repair RepairFromJson(const Json& fix, const Json& item) {
  Repair repair{.repair = StateText(fix, "repair"),
                .rows = RowsFromJson(StateList(item, "rows")),
                .column = StateText(fix, "column"),
                .before = CellFromJson(item, "before"),
                .after = CellFromJson(item, "after"),
                .reason = StateText(item, "reason"),
                .confidence = StateNumber(item, "confidence"),
                .told = StateBool(fix, "only_when_told"),
                .apply = StateBool(item.contains("apply") ? item : fix, "apply")};
  const std::string action = StateText(item, "action");
  const auto found = std::ranges::find(kActions, action);
  if (found == std::end(kActions)) Damaged("there is no action '" + action + "'");
  repair.action = static_cast<RepairAction>(found - std::begin(kActions));
  if (!(repair.confidence >= 0 && repair.confidence <= 1)) Damaged("a confidence beyond 0 to 1");
  return repair;
}

Json ChangeToJson(const Repair& repair, size_t number, bool fix_applies) {
  Json change = {{"number", number},
                 {"action", kActions[static_cast<size_t>(repair.action)]},
                 {"rows", RowsToJson(repair.rows)},
                 {"before", CellToJson(repair.before)},
                 {"after", CellToJson(repair.after)},
                 {"confidence", repair.confidence},
                 {"reason", repair.reason}};
  if (repair.apply != fix_applies) change["apply"] = repair.apply;
  return change;
}

Json FixToJson(const Fix& fix, const RepairPlan& plan) {
  const bool applies = fix.applied * 2 > fix.cells;
  Json changes = Json::array(), examples = Json::array();
  for (const size_t k : fix.members) {
    changes.push_back(ChangeToJson(plan.repairs[k], k, applies));
    if (examples.size() < 3) examples.push_back(ChangeText(plan.repairs[k], 60));
  }
  return {{"id", fix.id},
          {"repair", fix.repair},
          {"column", fix.column},
          {"apply", applies},
          {"only_when_told", fix.told},
          {"cells", fix.cells},
          {"applied", fix.applied},
          {"confidence", {fix.least, fix.most}},
          {"examples", examples},
          {"changes", changes}};
}

// Repairs in the order of their numbers, which groups of one component and column may interleave.
void ReadFixes(const Json& json, RepairPlan* plan) {
  std::vector<std::pair<double, Repair>> numbered;
  for (const Json& fix : StateList(json, "fixes")) {
    for (const Json& change : StateList(fix, "changes")) {
      numbered.emplace_back(StateNumber(change, "number"), RepairFromJson(fix, change));
    }
  }
  std::ranges::stable_sort(numbered, {}, [](const auto& item) { return item.first; });
  for (auto& [number, repair] : numbered) plan->repairs.push_back(std::move(repair));
}

}  // namespace

Json RepairsToJson(const RepairPlan& plan) {
  Json fixes = Json::array(), refused = Json::array();
  for (const Fix& fix : FixesOf(plan)) fixes.push_back(FixToJson(fix, plan));
  for (const Refusal& refusal : plan.refused) refused.push_back(RefusalToJson(refusal));
  return {{"format", kFormat},         {"source", plan.source},        {"sha256", plan.sha256},
          {"sure", plan.sure},         {"labels", plan.labels},        {"reviewed", plan.reviewed},
          {"fixes", std::move(fixes)}, {"refused", std::move(refused)}};
}

RepairPlan RepairsFromJson(const Json& json, const std::string& file) {
  try {
    if (!json.is_object() || json.value("format", Json()) != Json(kFormat)) {
      Damaged("this program reads format " + std::to_string(kFormat));
    }
    RepairPlan plan{.sure = StateNumber(json, "sure"),
                    .source = StateText(json, "source"),
                    .sha256 = StateText(json, "sha256"),
                    .labels = StateBool(json, "labels"),
                    .reviewed = json.value("reviewed", "")};
    ReadFixes(json, &plan);
    for (const Json& item : StateList(json, "refused")) {
      plan.refused.push_back(
          {StateText(item, "component"), StateText(item, "column"), StateText(item, "reason")});
    }
    return plan;
  } catch (const Error& error) {
    throw Error(ErrorKind::kData, error.message(), {.file = file},
                "`bottega clean --plan` plans again");
  }
}

void WriteRepairs(const std::filesystem::path& path, const RepairPlan& plan) {
  WriteJson(path, RepairsToJson(plan));
}

RepairPlan ReadRepairs(const std::filesystem::path& path) {
  return RepairsFromJson(ReadJson(path), path.string());
}

}  // namespace bottega
