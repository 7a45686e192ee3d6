#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& SplitOverlapSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "split_overlap",
      .one_line = "the same row, picture or group on both sides of a split",
      .text =
          "Looks for equal and near-equal rows or pictures, and for values of the group column, in "
          "more than one part (train, validation, test). The parts are those of the split, or of "
          "the source (folders train/ and test/). What was seen in training makes the score on "
          "the other part too good. Severity: error for equal ones and for groups, warning for "
          "near-equal ones.",
      .synonyms = {"leakage", "train_test_overlap"},
  };
  return spec;
}

struct Parts {
  std::vector<std::string> names;
  std::vector<int32_t> code;  // per position, -1: in no part
};

Parts PartsOf(const AuditContext& context) {
  const Dataset& data = context.data;
  Parts parts;
  if (context.split != nullptr) {
    std::unordered_map<int64_t, int32_t> part_of;
    for (size_t i = 0; i < context.split->row.size(); ++i) {
      part_of[context.split->row[i]] = static_cast<int32_t>(context.split->part[i]);
    }
    parts.names = {"train", "validation", "test"};
    for (const int64_t row : data.rows) {
      const auto at = part_of.find(row);
      parts.code.push_back(at == part_of.end() ? -1 : at->second);
    }
    return parts;
  }
  const int column = data.RoleIndex(Role::kPart);
  if (column < 0) return parts;
  const Codes& codes = context.shared.CodesOfColumn(column);
  return {codes.values, codes.code};
}

void AddGroup(const AuditContext& context, const Parts& parts, const DuplicateGroup& group,
              bool exact, Findings& findings) {
  const Dataset& data = context.data;
  std::map<int32_t, std::vector<int64_t>> rows;
  for (const int64_t row : group.rows) {
    const int32_t part = parts.code[static_cast<size_t>(row)];
    if (part >= 0) rows[part].push_back(row);
  }
  if (rows.size() < 2) return;
  std::vector<std::string> where;
  std::vector<int64_t> all;
  Json by_part = Json::object();
  for (const auto& [part, members] : rows) {
    const std::string& name = parts.names[static_cast<size_t>(part)];
    where.push_back(NameRows(data, members, 2) + " (" + name + ")");
    by_part[name] = RecordNumbers(data, members);
    all.insert(all.end(), members.begin(), members.end());
  }
  Finding& finding = findings.Add(
      exact ? Severity::kError : Severity::kWarning, PlaceOf(data, rows.rbegin()->second.front()),
      Join(where, " and ") + (exact ? " are the same" : " are nearly the same"),
      context.split != nullptr ? "run `bottega split` again: it keeps duplicates in one part"
                               : "remove the copy from one part, or let bottega deal the parts "
                                 "anew: data.roles: {part: ignored}");
  finding.confidence = exact ? 1 : std::min(0.95, group.similarity);
  finding.detail = {{"parts", by_part}, {"rows", RecordNumbers(data, all)}, {"exact", exact}};
}

void AddGroupColumn(const AuditContext& context, const Parts& parts, Findings& findings) {
  const Dataset& data = context.data;
  const int column = data.RoleIndex(Role::kGroup);
  if (column < 0) return;
  const Codes& groups = context.shared.CodesOfColumn(column);
  std::vector<std::set<int32_t>> seen(groups.values.size());
  for (size_t i = 0; i < parts.code.size(); ++i) {
    if (groups.code[i] >= 0 && parts.code[i] >= 0) {
      seen[static_cast<size_t>(groups.code[i])].insert(parts.code[i]);
    }
  }
  std::vector<std::string> shared;
  int64_t count = 0;
  for (size_t g = 0; g < seen.size(); ++g) {
    if (seen[g].size() < 2) continue;
    ++count;
    if (shared.size() < 3) shared.push_back(Quote(groups.values[g]));
  }
  if (count == 0) return;
  Finding& finding = findings.Add(
      Severity::kError, PlaceOfColumn(data, column),
      FormatCount(count) + " of " + FormatCount(static_cast<int64_t>(groups.values.size())) +
          " groups of '" + data.columns[static_cast<size_t>(column)].name +
          "' are in more than one part: " + Join(shared, ", ") + (count > 3 ? ", ..." : ""),
      "split by group (split.method: grouped)");
  finding.detail = {{"count", count}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Parts parts = PartsOf(context);
  if (std::set<int32_t>(parts.code.begin(), parts.code.end()).size() < 2) {
    findings.Skip("there is no split yet, and the source has no parts of its own");
    return;
  }
  const Duplicates& duplicates = context.shared.DuplicatesOfData();
  for (const bool exact : {true, false}) {
    for (const DuplicateGroup& group : GroupsOfKind(duplicates, exact)) {
      AddGroup(context, parts, group, exact, findings);
    }
  }
  AddGroupColumn(context, parts, findings);
}

}  // namespace

const Check& SplitOverlap() {
  static const Check check = {&SplitOverlapSpec, &Run};
  return check;
}

}  // namespace bottega
