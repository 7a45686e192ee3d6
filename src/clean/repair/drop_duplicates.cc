#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "clean/repair_kind.h"

namespace bottega {

namespace {

const Spec& DropDuplicatesSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "drop_duplicates",
      .one_line = "keep the first of several equal rows or pictures",
      .text =
          "Pictures are equal byte for byte, rows in every feature. Rows that hold so little "
          "information that equal ones are expected by chance are kept, and so are copies "
          "whose labels differ (see `set_aside`).",
      .synonyms = {"deduplicate"},
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
                  .larger = "fewer are set aside"}},
      .synonyms = {"drop_duplicate_people"},
  };
  return spec;
}

// Label of each record; missing labels are equal to each other.
std::unordered_map<int64_t, std::string> LabelsOf(const Dataset& data) {
  std::unordered_map<int64_t, std::string> labels;
  const Column* target = data.TargetColumn();
  const Codes codes = target ? CodesOf(data, data.Find(target->name)) : Codes();
  for (size_t i = 0; i < data.rows.size(); ++i) {
    const int32_t code = codes.code.empty() ? -1 : codes.code[i];
    labels[data.rows[i]] = code < 0 ? "" : "=" + codes.values[static_cast<size_t>(code)];
  }
  return labels;
}

// For groups of record numbers: of each label, all but the first row go.
void DropCopies(const std::string& repair, const std::string& relation, const Dataset& data,
                const std::vector<std::vector<int64_t>>& groups, RepairPlan* plan) {
  const std::unordered_map<int64_t, std::string> labels = LabelsOf(data);
  for (const std::vector<int64_t>& group : groups) {
    std::map<std::string, std::vector<int64_t>> by_label;
    for (int64_t row : group) {
      if (const auto label = labels.find(row); label != labels.end()) {
        by_label[label->second].push_back(row);
      }
    }
    for (auto& [label, rows] : by_label) {
      if (rows.size() < 2) continue;
      std::ranges::sort(rows);
      const std::string reason = relation + " row " + std::to_string(rows[0]) + ", which stays";
      plan->repairs.push_back(SetAside(repair, {rows.begin() + 1, rows.end()}, reason));
    }
  }
}

std::vector<std::vector<int64_t>> GroupsOfPairs(const Dataset& data,
                                                const std::vector<DuplicatePair>& pairs) {
  const std::vector<int64_t> group = GroupsOf(data.size(), pairs);
  std::map<int64_t, std::vector<int64_t>> members;
  for (size_t i = 0; i < group.size(); ++i) members[group[i]].push_back(data.rows[i]);
  std::vector<std::vector<int64_t>> groups;
  for (auto& [first, rows] : members) {
    if (rows.size() > 1) groups.push_back(std::move(rows));
  }
  return groups;
}

void Plan(const RepairContext& context, const Json&, RepairPlan* plan) {
  // Other repairs can make rows of a table equal, never pictures.
  const bool reuse = context.exact_groups != nullptr && context.data.HasPictures();
  if (reuse) {
    DropCopies("drop_duplicates", "equals", context.data, *context.exact_groups, plan);
    return;
  }
  const Duplicates found =
      FindDuplicates(context.data, {.near_rows = false, .near_pictures = false});
  std::vector<DuplicatePair> exact;
  for (const DuplicatePair& pair : found.pairs) {
    if (pair.exact) exact.push_back(pair);
  }
  DropCopies("drop_duplicates", "equals", context.data, GroupsOfPairs(context.data, exact), plan);
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
  DropCopies("drop_near_duplicates", "is nearly equal to", context.data,
             GroupsOfPairs(context.data, near), plan);
}

}  // namespace

const RepairKind kDropDuplicates = {DropDuplicatesSpec, Plan};
const RepairKind kDropNearDuplicates = {DropNearDuplicatesSpec, PlanNear};

}  // namespace bottega
