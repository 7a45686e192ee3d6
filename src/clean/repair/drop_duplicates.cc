#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "clean/repair/survivor.h"
#include "clean/repair_kind.h"

namespace bottega {

namespace {

const Spec& DropDuplicatesSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "drop_duplicates",
      .one_line = "keep one of several rows or pictures that are the same thing",
      .text =
          "Pictures are equal byte for byte, rows in every feature. Rows that hold so little "
          "information that equal ones are expected by chance are kept, and so are copies whose "
          "labels differ (see `set_aside`) or that have names of their own (an identifier that "
          "does "
          "more than number the rows). Where rows are numbered and nothing is to be learned "
          "from them (no target), copies under different numbers may be different events: setting "
          "them aside is only suggested. With `keys`, rows that agree in those columns are one "
          "record whatever else they hold; rows that miss a key are left alone. `keep` says which "
          "of them stays, and `merge` fills what it misses from the others.",
      .params = {{.name = "keys",
                  .type = ParamType::kTextList,
                  .what = "columns that name a record, as in [customer, day]; none: all features",
                  .fallback = Json::array()},
                 {.name = "keep",
                  .type = ParamType::kChoice,
                  .what = "the row that stays: the first or last of the file, the newest by the "
                          "date column `by`, the one with the fewest missing cells, or that one "
                          "with its gaps filled from the others (merge)",
                  .fallback = "first",
                  .choices = {"first", "last", "newest", "most_complete", "merge"}},
                 {.name = "by",
                  .what = "the date column that newest goes by (default: the column with the role "
                          "time, or the only date column)"}},
      .synonyms = {"deduplicate", "survivorship"},
      .ignored = {{"by", "keep", "first"}, {"by", "keep", "last"}, {"by", "keep", "most_complete"}},
  };
  return spec;
}

const Spec& DropNearDuplicatesSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "drop_near_duplicates",
      .one_line = "keep the first of rows or pictures that are nearly equal",
      .text =
          "Not among the default repairs: pictures from one scene and records that resemble "
          "each other may all be worth learning from, and the split keeps them in one part "
          "anyway. Worth adding where one person or scene must not count twice.",
      .params = {{.name = "similarity",
                  .type = ParamType::kFloat,
                  .what = "how alike two must be",
                  .fallback = 0.9,
                  .min = 0,
                  .max = 1,
                  .larger = "fewer are set aside"},
                 {.name = "keep",
                  .type = ParamType::kChoice,
                  .what = "the row that stays, as in drop_duplicates",
                  .fallback = "first",
                  .choices = {"first", "last", "newest", "most_complete", "merge"}},
                 {.name = "by", .what = "the date column that newest goes by"}},
      .synonyms = {"drop_duplicate_people"},
      .ignored = {{"by", "keep", "first"}, {"by", "keep", "last"}, {"by", "keep", "most_complete"}},
  };
  return spec;
}

using Groups = std::vector<std::vector<int64_t>>;  // of record numbers

// Whether an identifier numbers rows (12, A-0012, 3f9a01c2-...) rather than naming what they are
// about.
bool IsSerial(const Codes& codes) {
  size_t serial = 0;
  for (const std::string& value : codes.values) {
    const auto digits = static_cast<size_t>(std::ranges::count_if(value, IsDigit));
    serial += value.find_first_of(" @") == std::string::npos && digits * 10 >= value.size() * 4;
  }
  return serial * 10 >= codes.values.size() * 9;
}

// Whether a table without a target numbers its rows.
bool Numbered(const Dataset& data) {
  if (data.TargetColumn() != nullptr) return false;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    const bool identifier = data.columns[c].type == FeatureType::kIdentifier;
    if (identifier && IsSerial(CodesOf(data, static_cast<int>(c)))) return true;
  }
  return false;
}

// The label and every identifier that names things: rows that differ there are not the same.
std::vector<Codes> TellingApart(const Dataset& data) {
  std::vector<Codes> codes;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    const Column& column = data.columns[c];
    const bool target = column.role == Role::kTarget;
    if (!target && column.type != FeatureType::kIdentifier) continue;
    codes.push_back(CodesOf(data, static_cast<int>(c)));
    if (!target && IsSerial(codes.back())) codes.pop_back();
  }
  return codes;
}

// Groups cut by what tells rows apart; missing labels are equal to each other.
Groups Apart(const Dataset& data, const Groups& groups) {
  if (groups.empty()) return groups;
  const std::vector<Codes> telling = TellingApart(data);
  std::unordered_map<int64_t, size_t> position;
  for (size_t i = 0; i < data.rows.size(); ++i) position.emplace(data.rows[i], i);
  Groups result;
  for (const std::vector<int64_t>& group : groups) {
    std::map<std::vector<int32_t>, std::vector<int64_t>> same;
    for (const int64_t row : group) {
      const auto at = position.find(row);
      if (at == position.end()) continue;
      std::vector<int32_t> key;
      for (const Codes& codes : telling) key.push_back(codes.code[at->second]);
      same[std::move(key)].push_back(row);
    }
    for (auto& [key, rows] : same) {
      if (rows.size() > 1) result.push_back(std::move(rows));
    }
  }
  return result;
}

Groups GroupsOfPairs(const Dataset& data, const std::vector<DuplicatePair>& pairs) {
  const std::vector<int64_t> group = GroupsOf(data.size(), pairs);
  std::map<int64_t, std::vector<int64_t>> members;
  for (size_t i = 0; i < group.size(); ++i) members[group[i]].push_back(data.rows[i]);
  Groups groups;
  for (auto& [first, rows] : members) {
    if (rows.size() > 1) groups.push_back(std::move(rows));
  }
  return groups;
}

Groups GroupsOfKeys(const Dataset& data, const std::vector<std::string>& keys) {
  std::vector<int> columns;
  for (const std::string& key : keys) {
    columns.push_back(data.Find(key));
    if (columns.back() >= 0) continue;
    std::vector<std::string> names;
    for (const Column& column : data.columns) names.push_back(column.name);
    const std::vector<std::string> near = NearestNames(key, names, 1);
    throw Error(
        ErrorKind::kRecipe, "drop_duplicates.keys: there is no column '" + key + "'", {},
        near.empty() ? "name one of " + Join(names, ", ") : "did you mean " + near[0] + "?");
  }
  std::vector<Codes> codes;
  for (const int column : columns) codes.push_back(CodesOf(data, column));
  std::map<std::vector<int32_t>, std::vector<int64_t>> members;
  for (size_t i = 0; i < data.rows.size(); ++i) {
    std::vector<int32_t> key;
    for (const Codes& c : codes) key.push_back(c.code[i]);
    if (std::ranges::count(key, -1) == 0) members[std::move(key)].push_back(data.rows[i]);
  }
  Groups groups;
  for (auto& [key, rows] : members) {
    if (rows.size() > 1) groups.push_back(std::move(rows));
  }
  std::ranges::sort(groups);
  return groups;
}

void PlanKeys(const RepairContext& context, const Json& settings, RepairPlan* plan) {
  const auto keys = settings.at("keys").get<std::vector<std::string>>();
  KeepOne({.repair = "drop_duplicates",
           .relation = "has the same " + Join(keys, ", ") + " as",
           .keep = settings.at("keep"),
           .by = settings.at("by")},
          context.data, GroupsOfKeys(context.data, keys), plan);
}

void Plan(const RepairContext& context, const Json& settings, RepairPlan* plan) {
  if (!settings.at("keys").empty()) return PlanKeys(context, settings, plan);
  const Dataset& data = context.data;
  const Survivorship rule = {.repair = "drop_duplicates",
                             .relation = "equals",
                             .keep = settings.at("keep"),
                             .confidence = Numbered(data) ? 0.7 : 1,
                             .by = settings.at("by")};
  // Other repairs can make rows of a table equal, never pictures.
  if (context.exact_groups != nullptr && data.HasPictures()) {
    KeepOne(rule, data, Apart(data, *context.exact_groups), plan);
    return;
  }
  const Duplicates found = FindDuplicates(data, {.near_rows = false, .near_pictures = false});
  std::vector<DuplicatePair> exact;
  for (const DuplicatePair& pair : found.pairs) {
    if (pair.exact) exact.push_back(pair);
  }
  KeepOne(rule, data, Apart(data, GroupsOfPairs(data, exact)), plan);
  if (found.by_chance > 0) {
    plan->refused.push_back({"drop_duplicates", "",
                             FormatCount(found.by_chance) +
                                 " rows equal another, as chance alone would have it with so few "
                                 "different values: they stay"});
  }
}

void PlanNear(const RepairContext& context, const Json& settings, RepairPlan* plan) {
  const double least = settings.at("similarity").get<double>();
  std::vector<DuplicatePair> near;
  for (const DuplicatePair& pair : FindDuplicates(context.data).pairs) {
    if (!pair.exact && pair.similarity >= least) near.push_back(pair);
  }
  KeepOne({.repair = "drop_near_duplicates",
           .relation = "is nearly equal to",
           .keep = settings.at("keep"),
           .by = settings.at("by")},
          context.data, Apart(context.data, GroupsOfPairs(context.data, near)), plan);
}

}  // namespace

const RepairKind kDropDuplicates = {DropDuplicatesSpec, Plan};
const RepairKind kDropNearDuplicates = {DropNearDuplicatesSpec, PlanNear};

}  // namespace bottega
