#include <algorithm>
#include <cmath>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/association.h"
#include "profile/share_tests.h"
#include "profile/value_groups.h"

namespace bottega {
namespace {

const Spec& BaseRatePerGroupSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "base_rate_per_group",
      .one_line = "labels that differ between groups of people",
      .text =
          "For each sensitive column the share of each class in each group, with Wilson's "
          "interval, and a chi-square test of the difference (analysis of variance for a number to "
          "predict), adjusted for the number of columns (Benjamini and Hochberg). "
          "With two classes the rarer one is compared, else the class with the largest gap. "
          "Severity: warning when the difference is beyond chance (p below `p`) and the lowest "
          "group's share is below `ratio` times the highest's (the four-fifths rule), info when it "
          "is beyond chance only. Such a difference can be real, or a trace of past decisions: a "
          "model learns it either way.",
      .params = {{.name = "ratio",
                  .type = ParamType::kFloat,
                  .what = "lowest share over highest share below which it is a warning",
                  .fallback = 0.8,
                  .min = 0,
                  .max = 1,
                  .source = "US Uniform Guidelines on Employee Selection Procedures, 1978"},
                 {.name = "p",
                  .type = ParamType::kFloat,
                  .what = "probability by chance below which a difference is reported",
                  .fallback = 0.01,
                  .min = 0,
                  .max = 1},
                 {.name = "rows",
                  .type = ParamType::kInt,
                  .what = "groups with fewer rows are left out",
                  .fallback = 30,
                  .min = 1}},
      .synonyms = {"prevalence", "demographic_parity"},
  };
  return spec;
}

const char* kFix =
    "find out whether the labels record the world or past decisions; compare the model's errors "
    "per group (the report of a run shows them)";

// Codes of groups with fewer than `rows` rows become -1.
std::vector<int32_t> LargeGroups(const ValueGroups& groups, int64_t rows) {
  std::vector<int32_t> code = groups.code;
  for (int32_t& c : code) {
    if (c >= 0 && groups.count[static_cast<size_t>(c)] < rows) c = -1;
  }
  return code;
}

// A sensitive column, its groups that are large enough, and the probability that so large a
// difference of their labels is chance.
struct Compared {
  int column = -1;
  const ValueGroups* groups = nullptr;
  std::vector<int32_t> code;
  double p = 1;
};

double ChanceOf(const AuditContext& context, const Compared& compared) {
  const int target = TargetIndex(context.data);
  const int64_t groups = static_cast<int64_t>(compared.groups->names.size());
  if (!IsClassTarget(context.data)) {
    return AnovaP(compared.code, groups, context.shared.NumbersOfColumn(target));
  }
  const Codes& classes = context.shared.CodesOfColumn(target);
  const int64_t k = static_cast<int64_t>(classes.values.size());
  if (k < 2 || k > 100) return 1;
  return ChiSquareOf(CountPairs(compared.code, groups, classes.code, k)).p;
}

struct Gap {
  int64_t label = -1, low = -1, high = -1;
  double difference = -1;
};

double RowShare(const Contingency& table, int64_t g, int64_t label, double* n) {
  *n = 0;
  for (int64_t c = 0; c < table.columns; ++c) *n += table.at(g, c);
  return *n > 0 ? table.at(g, label) / *n : -1;
}

Gap WidestGap(const Contingency& table, int64_t label) {
  Gap gap{.label = label};
  double lowest = 2, highest = -1, n = 0;
  for (int64_t g = 0; g < table.rows; ++g) {
    const double share = RowShare(table, g, label, &n);
    if (share < 0) continue;
    if (share < lowest) {
      lowest = share;
      gap.low = g;
    }
    if (share > highest) {
      highest = share;
      gap.high = g;
    }
  }
  gap.difference = highest - lowest;
  return gap;
}

Json SharesToJson(const ValueGroups& groups, const Contingency& table, int64_t label,
                  double level) {
  Json out = Json::object();
  double n = 0;
  for (int64_t g = 0; g < table.rows; ++g) {
    if (RowShare(table, g, label, &n) < 0) continue;
    const Estimate share = ShareOf(table.at(g, label), n, level);
    out[groups.names[static_cast<size_t>(g)]] = {
        {"rows", n}, {"value", share.value}, {"low", share.low}, {"high", share.high}};
  }
  return out;
}

void CompareClasses(const AuditContext& context, const Compared& compared, Findings& findings) {
  const Dataset& data = context.data;
  const int column = compared.column;
  const ValueGroups& groups = *compared.groups;
  const Codes& classes = context.shared.CodesOfColumn(TargetIndex(data));
  const int64_t k = static_cast<int64_t>(classes.values.size());
  const Contingency table =
      CountPairs(compared.code, static_cast<int64_t>(groups.names.size()), classes.code, k);
  Gap gap = WidestGap(table, std::max(0, RarerClass(context)));
  for (int64_t c = 0; k > 2 && c < k; ++c) {
    const Gap other = WidestGap(table, c);
    if (other.difference > gap.difference) gap = other;
  }
  const auto shown = [&](int64_t g) {
    double n = 0;
    RowShare(table, g, gap.label, &n);
    const Estimate share = ShareOf(table.at(g, gap.label), n, context.level);
    return Percent(share.value) + " (" + Percent(share.low) + " to " + Percent(share.high) + ")";
  };
  double n = 0;
  const double low = RowShare(table, gap.low, gap.label, &n);
  const double high = RowShare(table, gap.high, gap.label, &n);
  const double ratio = high > 0 ? low / high : 1;
  const auto name = [&](int64_t g) { return Quote(groups.names[static_cast<size_t>(g)]); };
  Finding& finding = findings.Add(
      ratio < context.settings.at("ratio").get<double>() ? Severity::kWarning : Severity::kInfo,
      PlaceOfColumn(data, column),
      Quote(classes.values[static_cast<size_t>(gap.label)]) + " is the label of " +
          shown(gap.high) + " of the rows with '" + data.columns[static_cast<size_t>(column)].name +
          "' " + name(gap.high) + " but of " + shown(gap.low) + " with " + name(gap.low),
      kFix);
  finding.confidence = 1 - compared.p;
  finding.detail = {{"label", classes.values[static_cast<size_t>(gap.label)]},
                    {"ratio", ratio},
                    {"p", compared.p},
                    {"chi_square", ChiSquareOf(table).statistic},
                    {"groups", SharesToJson(groups, table, gap.label, context.level)}};
}

void CompareMeans(const AuditContext& context, const Compared& compared, Findings& findings) {
  const Dataset& data = context.data;
  const int column = compared.column;
  const ValueGroups& groups = *compared.groups;
  const std::vector<int32_t>& code = compared.code;
  const double p = compared.p;
  const std::vector<double>& values = context.shared.NumbersOfColumn(TargetIndex(data));
  const int64_t k = static_cast<int64_t>(groups.names.size());
  std::vector<double> sum(static_cast<size_t>(k)), n(static_cast<size_t>(k));
  for (size_t i = 0; i < code.size(); ++i) {
    if (code[i] < 0 || !std::isfinite(values[i])) continue;
    sum[static_cast<size_t>(code[i])] += values[i];
    n[static_cast<size_t>(code[i])] += 1;
  }
  Json means = Json::object();
  size_t low = 0, high = 0;
  bool any = false;
  for (size_t g = 0; g < sum.size(); ++g) {
    if (n[g] == 0) continue;
    means[groups.names[g]] = sum[g] / n[g];
    if (!any || sum[g] / n[g] < sum[low] / n[low]) low = g;
    if (!any || sum[g] / n[g] > sum[high] / n[high]) high = g;
    any = true;
  }
  Finding& finding = findings.Add(
      Severity::kInfo, PlaceOfColumn(data, column),
      "the target's mean is " + FormatNumber(sum[high] / n[high]) + " for '" +
          data.columns[static_cast<size_t>(column)].name + "' " + Quote(groups.names[high]) +
          " but " + FormatNumber(sum[low] / n[low]) + " for " + Quote(groups.names[low]),
      kFix);
  finding.confidence = 1 - p;
  finding.detail = {{"p", p}, {"means", means}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const std::vector<int> columns = SensitiveColumns(data);
  if (columns.empty() || TargetIndex(data) < 0) {
    findings.Skip(columns.empty() ? "no column is sensitive (data.sensitive in the recipe)"
                                  : "no column is the target");
    return;
  }
  std::vector<Compared> compared;
  std::vector<double> p;
  for (const int column : columns) {
    if (column == TargetIndex(data)) continue;
    const ValueGroups& groups = context.shared.GroupsOfColumn(column);
    compared.push_back(
        {column, &groups, LargeGroups(groups, context.settings.at("rows").get<int64_t>())});
    p.push_back(ChanceOf(context, compared.back()));
  }
  const std::vector<double> adjusted = AdjustForDiscoveries(p);
  for (size_t i = 0; i < compared.size(); ++i) {
    compared[i].p = adjusted[i];
    if (!(adjusted[i] < context.settings.at("p").get<double>())) continue;
    if (IsClassTarget(data)) {
      CompareClasses(context, compared[i], findings);
    } else {
      CompareMeans(context, compared[i], findings);
    }
  }
}

}  // namespace

const Check& BaseRatePerGroup() {
  static const Check check = {&BaseRatePerGroupSpec, &Run};
  return check;
}

}  // namespace bottega
