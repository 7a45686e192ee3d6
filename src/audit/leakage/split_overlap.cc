#include <algorithm>
#include <map>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "audit/parts.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& SplitOverlapSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "split_overlap",
      .one_line = "the same row, picture or text on both sides of a split",
      .text =
          "Looks for equal and near-equal rows, pictures and texts in more than one part (train, "
          "validation, test). The parts are those of the split, or of the source (folders train/ "
          "and test/). What was seen in training makes the score on the other part too good. "
          "Severity: error for equal rows and pictures, warning for near-equal ones and for rows "
          "that share no more than a text. For rows of one person see group_overlap.",
      .synonyms = {"leakage", "train_test_overlap"},
  };
  return spec;
}

void AddGroup(const AuditContext& context, const Parts& parts, const DuplicateGroup& group,
              bool exact, const std::string& what, int column, Findings& findings) {
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
      exact && column < 0 ? Severity::kError : Severity::kWarning,
      PlaceOf(data, rows.rbegin()->second.front(), column), Join(where, " and ") + " " + what,
      context.split != nullptr ? "run `bottega split` again: it keeps duplicates in one part"
                               : "remove the copy from one part, or let bottega deal the parts "
                                 "anew: data.roles: {part: ignored}");
  finding.confidence = exact ? 1 : std::min(0.95, group.similarity);
  finding.detail = {{"parts", by_part}, {"rows", RecordNumbers(data, all)}, {"exact", exact}};
}

// Texts of rows that differ elsewhere: copies and near copies on both sides.
void AddTexts(const AuditContext& context, const Parts& parts, Findings& findings) {
  const Dataset& data = context.data;
  if (data.HasPictures() || HoldsOneText(data)) return;
  for (const int column : FeatureColumns(data)) {
    const Column& described = data.columns[static_cast<size_t>(column)];
    if (described.type != FeatureType::kText) continue;
    const Duplicates& texts = context.shared.DuplicateTextsOfColumn(column);
    for (const bool exact : {true, false}) {
      for (const DuplicateGroup& group : GroupsOfKind(texts, exact)) {
        AddGroup(
            context, parts, group, exact,
            "hold " + std::string(exact ? "" : "nearly ") + "the same '" + described.name + "'",
            column, findings);
      }
    }
  }
}

void Run(const AuditContext& context, Findings& findings) {
  const Parts parts = PartsOf(context);
  if (!parts.several()) {
    findings.Skip(kNoParts);
    return;
  }
  const Duplicates& duplicates = context.shared.DuplicatesOfData();
  for (const bool exact : {true, false}) {
    for (const DuplicateGroup& group : GroupsOfKind(duplicates, exact)) {
      AddGroup(context, parts, group, exact, exact ? "are the same" : "are nearly the same", -1,
               findings);
    }
  }
  AddTexts(context, parts, findings);
}

}  // namespace

const Check& SplitOverlap() {
  static const Check check = {&SplitOverlapSpec, &Run};
  return check;
}

}  // namespace bottega
