#include <algorithm>
#include <map>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/near_texts.h"

namespace bottega {
namespace {

const Spec& NearDuplicateTextsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "near_duplicate_texts",
      .one_line = "texts that are one text edited, retyped or copied into another row",
      .text =
          "Texts are cut into runs of words (shingles); MinHash signatures with locality-sensitive "
          "hashing name candidates without looking at all pairs, and each candidate is verified by "
          "the Jaccard similarity of its shingles. What two texts share must also be too rare to "
          "be a template that all texts follow. Equal texts in rows that differ elsewhere are "
          "reported too. One finding for each group. Severity: warning. Where more than `share` of "
          "all rows are in such groups the texts are alike by nature: then there is one finding of "
          "severity info.",
      .params = {{.name = "similarity",
                  .type = ParamType::kFloat,
                  .what = "Jaccard similarity of two texts from which on they are nearly the same",
                  .fallback = 0.6,
                  .min = 0.3,
                  .max = 1,
                  .larger = "finds lightly edited copies only",
                  .smaller = "finds heavily edited ones; below 0.6 some are missed"},
                 {.name = "shingle",
                  .type = ParamType::kInt,
                  .what = "words in a shingle; 0 chooses 1, 2 or 3 by the length of the texts",
                  .fallback = 0,
                  .min = 0,
                  .max = 10,
                  .larger = "asks for longer passages in common",
                  .smaller = "forgives words in another order"},
                 {.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of rows in groups from which on it is reported only once",
                  .fallback = 0.2,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"minhash", "similar_texts", "plagiarism"},
      .source = "Broder, On the resemblance and containment of documents, 1997",
  };
  return spec;
}

// Groups of rows whose texts are alike. Rows that are equal altogether count once.
std::vector<DuplicateGroup> GroupsIn(const AuditContext& context, const Duplicates& texts) {
  std::vector<DuplicatePair> exact_rows;
  for (const DuplicatePair& pair : context.shared.DuplicatesOfData().pairs) {
    if (pair.exact) exact_rows.push_back(pair);
  }
  const std::vector<int64_t> row = GroupsOf(context.data.size(), exact_rows);
  std::map<int64_t, DuplicateGroup> groups;
  for (const DuplicatePair& pair : texts.pairs) {
    DuplicateGroup& group = groups[texts.group[static_cast<size_t>(pair.first)]];
    group.rows.push_back(row[static_cast<size_t>(pair.first)]);
    group.rows.push_back(row[static_cast<size_t>(pair.second)]);
    group.similarity = std::min(group.similarity, pair.similarity);
    group.bits = std::max(group.bits, pair.bits);
  }
  std::vector<DuplicateGroup> out;
  for (auto& [first, group] : groups) {
    std::ranges::sort(group.rows);
    const auto repeated = std::ranges::unique(group.rows);
    group.rows.erase(repeated.begin(), repeated.end());
    if (group.rows.size() > 1) out.push_back(std::move(group));
  }
  return out;
}

void Report(const AuditContext& context, int column, const std::vector<DuplicateGroup>& groups,
            Findings& findings) {
  const Dataset& data = context.data;
  const std::string& name = data.columns[static_cast<size_t>(column)].name;
  int64_t rows = 0;
  for (const DuplicateGroup& group : groups) rows += static_cast<int64_t>(group.rows.size());
  const double share = static_cast<double>(rows) / static_cast<double>(data.size());
  if (share > context.settings.at("share").get<double>() && groups.size() > 5) {
    Finding& finding = findings.Add(
        Severity::kInfo, PlaceOfColumn(data, column),
        FormatCount(rows) + " of " + CountOf(data, data.size()) + " hold a '" + name +
            "' that resembles another's closely: the texts are alike by nature (phrases of one "
            "source, templates?)",
        "if texts of one source belong together, name the column that says so: "
        "data.roles: {COLUMN: group}");
    finding.detail = {{"rows", rows}, {"groups", groups.size()}};
    return;
  }
  for (const DuplicateGroup& group : groups) {
    const bool equal = group.similarity >= 1;
    Finding& finding = findings.Add(
        Severity::kWarning, PlaceOf(data, group.rows[1], column),
        NameRows(data, group.rows) + " hold " +
            (equal ? "the same '" + name + "'"
                   : "nearly the same '" + name + "' (" + FormatPercent(group.similarity, 0) +
                         " alike)"),
        "if they are one text, keep the best and set the others aside" +
            std::string(HoldsOneText(data) ? "; the split keeps them in one part" : ""));
    finding.confidence = std::min(0.95, 0.6 + 0.35 * group.similarity);
    finding.detail = {{"rows", RecordNumbers(data, group.rows)},
                      {"similarity", group.similarity},
                      {"bits", group.bits}};
  }
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const NearTextOptions options{.similarity = context.settings.at("similarity").get<double>(),
                                .shingle = context.settings.at("shingle").get<int>()};
  bool any = false;
  for (const int column : FeatureColumns(data)) {
    if (data.columns[static_cast<size_t>(column)].type != FeatureType::kText) continue;
    any = true;
    const bool usual = options.similarity == NearTextOptions().similarity && options.shingle == 0;
    if (usual) {
      Report(context, column, GroupsIn(context, context.shared.DuplicateTextsOfColumn(column)),
             findings);
    } else {
      Report(context, column,
             GroupsIn(context, FindDuplicateTexts(context.shared.CellsOfColumn(column), options)),
             findings);
    }
  }
  if (!any) findings.Skip("no column holds texts");
}

}  // namespace

const Check& NearDuplicateTexts() {
  static const Check check = {&NearDuplicateTextsSpec, &Run};
  return check;
}

}  // namespace bottega
