#include <unordered_map>

#include "base/text.h"
#include "clean/repair_kind.h"
#include "profile/spelling.h"

namespace bottega {

namespace {

const Spec& MergeSpellingsSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "merge_spellings",
      .one_line = "write one category in one way: the most frequent spelling",
      .text =
          "Values that differ in case, spaces or punctuation alone, and typing slips (see the "
          "check `inconsistent_spelling`). In the target only case, spaces and punctuation are "
          "merged: a slip there could be another class, and labels are never changed.",
      .params = {{.name = "typos",
                  .type = ParamType::kBool,
                  .what = "merge typing slips, too",
                  .fallback = true},
                 {.name = "ratio",
                  .type = ParamType::kFloat,
                  .what = "a slip is at least so many times rarer than what it should be",
                  .fallback = 5,
                  .min = 1}},
      .synonyms = {"unify_categories"},
      .ignored = {{"ratio", "typos", false}},
  };
  return spec;
}

struct Merge {
  std::string to, why;
  double confidence = 1;
};

using Merges = std::unordered_map<std::string, Merge>;

Merges MergesOf(const Codes& codes, const Json& settings, bool target) {
  std::vector<int64_t> counts(codes.values.size());
  for (int32_t code : codes.code) {
    if (code >= 0) ++counts[static_cast<size_t>(code)];
  }
  Merges merges;
  for (const SpellingCluster& cluster :
       FindSpellingClusters(codes.values, counts, settings.at("ratio").get<double>())) {
    for (const SpellingVariant& variant : cluster.variants) {
      const bool typo = variant.why == "typo";
      if (typo && (target || !settings.at("typos").get<bool>())) continue;
      merges[variant.text] = {cluster.canonical, variant.why, variant.confidence};
    }
  }
  return merges;
}

void Plan(const RepairContext& context, const Json& settings, RepairPlan* plan) {
  const Dataset& data = context.data;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    const Column& column = data.columns[c];
    const bool categories =
        column.type == FeatureType::kCategory || column.type == FeatureType::kBinary;
    if (!categories || column.role == Role::kIgnored) continue;
    const Codes codes = CodesOf(data, static_cast<int>(c));
    const Merges merges = MergesOf(codes, settings, column.role == Role::kTarget);
    CellChanges changes("merge_spellings", column.name);
    for (size_t i = 0; i < codes.code.size() && !merges.empty(); ++i) {
      if (codes.code[i] < 0) continue;
      const std::string& value = codes.values[static_cast<size_t>(codes.code[i])];
      const auto merge = merges.find(value);
      if (merge == merges.end()) continue;
      changes.Add(data.rows[i], value, merge->second.to,
                  "another spelling (" + merge->second.why + ") of '" + merge->second.to + "'",
                  merge->second.confidence);
    }
    changes.Finish(plan);
  }
}

}  // namespace

const RepairKind kMergeSpellings = {MergeSpellingsSpec, Plan};

}  // namespace bottega
