#include "clean/fixes.h"

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "clean/lawful_rows.h"

namespace bottega {

int64_t SizeOf(const Repair& repair) {
  return std::max<int64_t>(1, static_cast<int64_t>(repair.rows.size()));
}

std::vector<Fix> FixesOf(const RepairPlan& plan) {
  std::vector<Fix> fixes;
  std::map<std::string, size_t> index;
  for (size_t i = 0; i < plan.repairs.size(); ++i) {
    const Repair& repair = plan.repairs[i];
    const std::string id = repair.repair + (repair.column.empty() ? "" : ":" + repair.column);
    const auto [at, fresh] = index.try_emplace(id, fixes.size());
    if (fresh) fixes.push_back({.id = id, .repair = repair.repair, .column = repair.column});
    Fix& fix = fixes[at->second];
    fix.members.push_back(i);
    fix.cells += SizeOf(repair);
    if (repair.apply) fix.applied += SizeOf(repair);
    fix.least = std::min(fix.least, repair.confidence);
    fix.most = std::max(fix.most, repair.confidence);
    fix.told = fix.told || repair.told;
  }
  return fixes;
}

namespace {

// Indices that a word names; empty when it names nothing.
std::vector<size_t> Named(const std::string& word, const RepairPlan& plan,
                          const std::vector<Fix>& fixes) {
  std::vector<size_t> members;
  for (const Fix& fix : fixes) {
    if (fix.id != word && fix.repair != word) continue;
    members.insert(members.end(), fix.members.begin(), fix.members.end());
  }
  if (!members.empty()) return members;
  const size_t dash = word.find('-', 1);
  const auto first = ParseInteger(word.substr(0, dash));
  const auto last = dash == std::string::npos ? first : ParseInteger(word.substr(dash + 1));
  const auto count = static_cast<int64_t>(plan.repairs.size());
  if (!first || !last || *first < 0 || *last >= count) return {};
  for (int64_t k = *first; k <= *last; ++k) members.push_back(static_cast<size_t>(k));
  return members;
}

[[noreturn]] void NamesNothing(const std::string& word, const RepairPlan& plan,
                               const std::vector<Fix>& fixes) {
  if (ParseInteger(word)) {
    throw Error(ErrorKind::kUsage,
                "there is no repair " + word + "; there are " +
                    FormatCount(static_cast<int64_t>(plan.repairs.size())) + ", numbered from 0",
                {}, "bottega clean --list");
  }
  std::vector<std::string> ids;
  for (const Fix& fix : fixes) ids.push_back(fix.id);
  const std::vector<std::string> near = NearestNames(word, ids);
  throw Error(ErrorKind::kUsage,
              "the plan has no fix '" + word + "'" +
                  (near.empty() ? "" : "; did you mean '" + near[0] + "'?"),
              {}, "bottega clean");
}

}  // namespace

int64_t SetApplied(const std::vector<std::string>& words, bool apply, RepairPlan* plan) {
  const std::vector<Fix> fixes = FixesOf(*plan);
  int64_t changed = 0;
  for (const std::string& word : words) {
    const std::vector<size_t> members = Named(word, *plan, fixes);
    if (members.empty()) NamesNothing(word, *plan, fixes);
    for (const size_t k : members) {
      const Repair& repair = plan->repairs[k];
      if (!apply && repair.repair == kLawfulUse) {
        throw Error(ErrorKind::kUsage,
                    "repair " + std::to_string(k) + " cannot be undone: " + repair.reason, {},
                    "bottega list section data");
      }
      changed += plan->repairs[k].apply != apply;
      plan->repairs[k].apply = apply;
    }
  }
  return changed;
}

void ForgetDecisions(RepairPlan* plan) {
  for (Repair& repair : plan->repairs) repair.apply = AppliesByDefault(repair, plan->sure);
}

std::string ChangeText(const Repair& repair, int width) {
  const auto cell = [&](const std::optional<std::string>& value) {
    return value ? "'" + Shorten(Replace(*value, "\n", " "), width) + "'" : std::string("missing");
  };
  switch (repair.action) {
    case RepairAction::kCell:
      if (repair.before != repair.after) return cell(repair.before) + " -> " + cell(repair.after);
      return repair.after ? "written " + cell(repair.after) : "written empty";
    case RepairAction::kSetAside:
      return "row " + std::to_string(repair.rows.empty() ? -1 : repair.rows[0]) + " leaves";
    case RepairAction::kRedact:
      return repair.after.value_or("");
    case RepairAction::kRole:
    case RepairAction::kType:
      break;
  }
  return repair.before.value_or("") + " -> " + repair.after.value_or("");
}

}  // namespace bottega
