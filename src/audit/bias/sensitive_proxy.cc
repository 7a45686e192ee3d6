#include <algorithm>
#include <cmath>
#include <numeric>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/groups.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "profile/association.h"

namespace bottega {
namespace {

const Spec& SensitiveProxySpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "sensitive_proxy",
      .one_line = "columns that give a sensitive one away",
      .text =
          "How strongly each feature goes together with each sensitive column: Cramer's V with "
          "Bergsma's correction between categories, the correlation ratio between a category and "
          "a number, Spearman's correlation between numbers, each with an interval. A model can "
          "read the sensitive column off such a proxy even where the column itself is left out. "
          "Severity: warning when the interval's lower end is at least `strong`, info when it is "
          "at "
          "least `notable`.",
      .params = {{.name = "strong",
                  .type = ParamType::kFloat,
                  .what = "association (0 to 1) from which on it is a warning",
                  .fallback = 0.5,
                  .min = 0,
                  .max = 1,
                  .larger = "reports only near copies of the sensitive column"},
                 {.name = "notable",
                  .type = ParamType::kFloat,
                  .what = "association (0 to 1) from which on it is reported",
                  .fallback = 0.3,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"proxy", "redundant_encoding"},
      .source = "Bergsma, A bias-correction for Cramer's V and Tschuprow's T, 2013",
  };
  return spec;
}

// At most 50 codes: the most frequent values and "other".
struct FewCodes {
  std::vector<int32_t> code;
  int64_t size = 0;
};

FewCodes FewCodesOf(const CellColumn& cells) {
  constexpr int64_t kMost = 50;
  FewCodes out{cells.code, std::min(cells.distinct(), kMost)};
  if (cells.distinct() <= kMost) return out;
  std::vector<int32_t> order(cells.count.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::greater<>(),
                           [&](int32_t c) { return cells.count[static_cast<size_t>(c)]; });
  std::vector<int32_t> rank(order.size(), static_cast<int32_t>(kMost - 1));
  for (int32_t i = 0; i + 1 < kMost; ++i) {
    rank[static_cast<size_t>(order[static_cast<size_t>(i)])] = i;
  }
  for (int32_t& code : out.code) {
    if (code >= 0) code = rank[static_cast<size_t>(code)];
  }
  return out;
}

struct Association {
  int column = -1;
  std::string measure;
  Estimate strength;
};

bool IsNumber(const Dataset& data, int column) {
  const FeatureType type = data.columns[static_cast<size_t>(column)].type;
  return type == FeatureType::kNumber || type == FeatureType::kDate;
}

Association Measure(const AuditContext& context, int sensitive, int column) {
  const Dataset& data = context.data;
  const bool a = IsNumber(data, sensitive), b = IsNumber(data, column);
  const auto cells = [&](int c) { return FewCodesOf(context.shared.CellsOfColumn(c)); };
  if (a && b) {
    Estimate r = RankCorrelation(context.shared.NumbersOfColumn(sensitive),
                                 context.shared.NumbersOfColumn(column), context.level);
    if (r.value < 0) r = {-r.value, -r.high, -r.low};
    return {column, "Spearman's correlation", r};
  }
  if (a || b) {
    const FewCodes groups = cells(a ? column : sensitive);
    return {column, "correlation ratio",
            CorrelationRatio(groups.code, groups.size,
                             context.shared.NumbersOfColumn(a ? sensitive : column), context.level,
                             context.seed)};
  }
  const FewCodes x = cells(sensitive), y = cells(column);
  return {
      column, "Cramer's V",
      CramersVInterval(CountPairs(x.code, x.size, y.code, y.size), context.level, context.seed)};
}

// Texts that nearly all differ, pictures and identifiers have no groups to compare.
bool IsComparable(const AuditContext& context, int column) {
  return IsNumber(context.data, column) || HasCategories(context, column, 1000);
}

void Report(const AuditContext& context, int sensitive, const Association& found,
            Findings& findings) {
  const Dataset& data = context.data;
  const Estimate& s = found.strength;
  const bool strong = s.low >= context.settings.at("strong").get<double>();
  const std::string& name = data.columns[static_cast<size_t>(found.column)].name;
  const std::string& secret = data.columns[static_cast<size_t>(sensitive)].name;
  Finding& finding = findings.Add(
      strong ? Severity::kWarning : Severity::kInfo, PlaceOfColumn(data, found.column),
      "'" + name + "' " + (strong ? "gives '" : "hints at '") + secret +
          (strong ? "' away: " : "': ") + found.measure + " " + FormatNumber(s.value, 2) + " (" +
          FormatNumber(s.low, 2) + " to " + FormatNumber(s.high, 2) + ")",
      "train with and without '" + name + "' and compare errors per '" + secret +
          "'; leave it out if it is not needed (data.roles: {" + name + ": ignored})");
  finding.detail = {{"sensitive", secret},
                    {"measure", found.measure},
                    {"value", s.value},
                    {"low", s.low},
                    {"high", s.high}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const std::vector<int> columns = SensitiveColumns(data);
  if (columns.empty()) {
    findings.Skip("no column is sensitive (data.sensitive in the recipe)");
    return;
  }
  const double notable = context.settings.at("notable").get<double>();
  for (const int sensitive : columns) {
    if (!IsComparable(context, sensitive)) continue;
    std::vector<Association> found;
    for (const int column : FeatureColumns(data)) {
      ThrowIfInterrupted();
      // Two sensitive columns that go together are no proxies: both are left out or watched.
      if (data.columns[static_cast<size_t>(column)].sensitive) continue;
      if (!IsComparable(context, column)) continue;
      Association association = Measure(context, sensitive, column);
      if (association.strength.low >= notable) found.push_back(std::move(association));
    }
    std::ranges::stable_sort(found, std::greater<>(),
                             [](const Association& a) { return a.strength.value; });
    for (const Association& association : found) Report(context, sensitive, association, findings);
  }
}

}  // namespace

const Check& SensitiveProxy() {
  static const Check check = {&SensitiveProxySpec, &Run};
  return check;
}

}  // namespace bottega
