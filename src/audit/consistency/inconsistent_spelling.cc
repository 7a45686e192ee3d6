#include <algorithm>
#include <map>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
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
          "punctuation alone, and rare values that are a few letters away from a frequent one. "
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

// The first row that holds one of the variants, and the records of up to 1,000 of them.
void AddRows(const AuditContext& context, int column, Finding* finding,
             const SpellingCluster& cluster) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  std::vector<bool> wanted(cells.text.size());
  for (size_t code = 0; code < cells.text.size(); ++code) {
    wanted[code] = std::ranges::any_of(cluster.variants, [&](const SpellingVariant& variant) {
      return variant.text == cells.text[code];
    });
  }
  std::vector<int64_t> rows;
  for (size_t i = 0; i < cells.code.size() && rows.size() < 1000; ++i) {
    const int32_t code = cells.code[i];
    if (code >= 0 && wanted[static_cast<size_t>(code)]) rows.push_back(static_cast<int64_t>(i));
  }
  finding->detail["rows"] = RecordNumbers(context.data, rows);
  if (!rows.empty()) finding->place = PlaceOf(context.data, rows[0], column);
}

void LookAt(const AuditContext& context, int column, Findings& findings) {
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
    finding.confidence = confidence;
    finding.detail = DetailOf(cluster);
    AddRows(context, column, &finding, cluster);
  }
}

void Run(const AuditContext& context, Findings& findings) {
  bool any = false;
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    ThrowIfInterrupted();
    const Column& column = context.data.columns[i];
    if (column.role == Role::kIgnored || column.role == Role::kWeight) continue;
    if (!HasCategories(context, static_cast<int>(i), 20'000)) continue;
    any = true;
    LookAt(context, static_cast<int>(i), findings);
  }
  if (!any) findings.Skip("no column holds categories");
}

}  // namespace

const Check& InconsistentSpelling() {
  static const Check check = {&InconsistentSpellingSpec, &Run};
  return check;
}

}  // namespace bottega
