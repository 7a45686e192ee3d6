#include <algorithm>
#include <unordered_map>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/groups.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "profile/spelling.h"

namespace bottega {
namespace {

const Spec& InconsistentSpellingSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "inconsistent_spelling",
      .one_line = "one category written in several ways",
      .text =
          "Values of category columns, the target included, that differ in case, spaces or "
          "punctuation alone, and rare values that are a few letters away from a frequent one, in "
          "one of several words, or by one character that replaces several others. "
          "Digits and signs are never taken for slips ('A1' and 'A2' stay apart). One finding for "
          "each frequent value. Severity: warning; info where every variant is a mere suspicion "
          "(confidence below 0.8).",
      .params = {{.name = "ratio",
                  .type = ParamType::kFloat,
                  .what = "how many times as frequent a value has to be to be what a slip meant",
                  .fallback = 5,
                  .min = 1,
                  .larger = "fewer values are taken for slips",
                  .smaller = "finds slips in small tables, and merges more real values"},
                 {.name = "values",
                  .type = ParamType::kInt,
                  .what = "columns with more different values than this are left out",
                  .fallback = 50'000,
                  .min = 2}},
      .synonyms = {"typos", "case", "category_variants"},
  };
  return spec;
}

std::string Describe(const SpellingCluster& cluster) {
  std::string out;
  constexpr size_t kNamed = 3;
  for (size_t i = 0; i < std::min(kNamed, cluster.variants.size()); ++i) {
    const SpellingVariant& variant = cluster.variants[i];
    out += (i > 0 ? ", " : "") + Quote(variant.text) + " (" + FormatCount(variant.count) + ")";
  }
  if (cluster.variants.size() > kNamed) {
    out += " and " + std::to_string(cluster.variants.size() - kNamed) + " more";
  }
  return out;
}

Json DetailOf(const SpellingCluster& cluster) {
  Json variants = Json::array();
  for (const SpellingVariant& variant : cluster.variants) {
    variants.push_back({{"text", variant.text},
                        {"count", variant.count},
                        {"why", variant.why},
                        {"confidence", variant.confidence}});
  }
  return {{"canonical", cluster.canonical}, {"count", cluster.count}, {"variants", variants}};
}

// The cells that hold one of the variants.
std::vector<FlaggedCell> CellsOf(const AuditContext& context, int column,
                                 const SpellingCluster& cluster) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  std::unordered_map<std::string, const SpellingVariant*> variants;
  for (const SpellingVariant& variant : cluster.variants) variants[variant.text] = &variant;
  std::unordered_map<int32_t, FlaggedValue> flags;
  for (size_t code = 0; code < cells.text.size(); ++code) {
    const auto at = variants.find(cells.text[code]);
    if (at == variants.end()) continue;
    flags[static_cast<int32_t>(code)] = {cluster.canonical, true, at->second->confidence,
                                         "another spelling (" + at->second->why +
                                             ") of a value of " + FormatCount(cluster.count) +
                                             (cluster.count == 1 ? " row" : " rows")};
  }
  return CellsWith(context, column, flags);
}

void LookAt(const AuditContext& context, int column, Findings& findings,
            std::vector<float>* scores) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  if (cells.text.empty()) return;
  const std::vector<SpellingCluster> clusters =
      FindSpellingClusters(cells.text, cells.count, context.settings.at("ratio").get<double>(),
                           context.settings.at("values").get<int64_t>());
  for (const SpellingCluster& cluster : clusters) {
    double confidence = 0;
    for (const SpellingVariant& variant : cluster.variants) {
      confidence = std::max(confidence, variant.confidence);
    }
    const std::string& name = context.data.columns[static_cast<size_t>(column)].name;
    Finding& finding =
        findings.Add(confidence < 0.8 ? Severity::kInfo : Severity::kWarning, {},
                     "'" + name + "': " + Describe(cluster) +
                         (cluster.variants.size() == 1 ? " looks" : " look") + " like " +
                         Quote(cluster.canonical) + " (" + FormatCount(cluster.count) + ")",
                     "write " + Quote(cluster.canonical) + " everywhere (`bottega clean` does)");
    finding.detail = DetailOf(cluster);
    const std::vector<FlaggedCell> cells = CellsOf(context, column, cluster);
    ListCells(context.data, cells, &finding);
    LowerScores(context.data, cells, scores);
  }
}

void Run(const AuditContext& context, Findings& findings) {
  bool any = false;
  std::vector<float> scores(static_cast<size_t>(context.data.size()), 1.0F);
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    ThrowIfInterrupted();
    const Column& column = context.data.columns[i];
    if (column.role == Role::kIgnored || column.role == Role::kWeight) continue;
    if (!HasCategories(context, static_cast<int>(i), 20'000)) continue;
    any = true;
    LookAt(context, static_cast<int>(i), findings, &scores);
  }
  if (!any) {
    findings.Skip("no column holds categories");
    return;
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& InconsistentSpelling() {
  static const Check check = {&InconsistentSpellingSpec, &Run};
  return check;
}

}  // namespace bottega
