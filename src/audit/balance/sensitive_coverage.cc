#include <algorithm>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/association.h"
#include "profile/value_groups.h"

namespace bottega {
namespace {

const Spec& SensitiveCoverageSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "sensitive_coverage",
      .one_line = "groups of people with too few rows to learn from or to judge by",
      .text =
          "For each sensitive column: groups with fewer than `rows` rows, groups that lack a class "
          "altogether, and rows in which the column is empty. Severity: warning for groups below "
          "`rows` rows or without a class, info for groups below `share`; intersection_coverage "
          "looks at several columns together. What a model does for such a group "
          "cannot be measured from these data.",
      .params = {{.name = "rows",
                  .type = ParamType::kInt,
                  .what = "fewest rows of a group",
                  .fallback = 50,
                  .min = 1},
                 {.name = "share",
                  .type = ParamType::kFloat,
                  .what = "smallest share of a group",
                  .fallback = 0.01,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"representation", "thin_groups"},
  };
  return spec;
}

struct Thin {
  std::string name;
  int64_t count = 0;
};

std::string NameThin(std::vector<Thin> thin, Json* detail) {
  std::ranges::sort(thin, {}, [](const Thin& t) { return std::pair(t.count, t.name); });
  std::string out;
  for (size_t i = 0; i < thin.size(); ++i) {
    (*detail)[thin[i].name] = thin[i].count;
    if (i < 4)
      out += (i > 0 ? ", " : "") + Quote(thin[i].name) + " (" + FormatCount(thin[i].count) + ")";
  }
  return out + (thin.size() > 4 ? ", ..." : "");
}

std::string GroupsWord(size_t n) { return std::to_string(n) + (n == 1 ? " group" : " groups"); }

void AddThin(const AuditContext& context, int column, const ValueGroups& groups,
             Findings& findings) {
  const Dataset& data = context.data;
  const std::string& name = data.columns[static_cast<size_t>(column)].name;
  const int64_t fewest = context.settings.at("rows").get<int64_t>();
  const double least = context.settings.at("share").get<double>();
  std::vector<Thin> few, small;
  for (size_t g = 0; g < groups.names.size(); ++g) {
    const double share = static_cast<double>(groups.count[g]) / static_cast<double>(data.size());
    if (groups.count[g] < fewest) {
      few.push_back({groups.names[g], groups.count[g]});
    } else if (share < least) {
      small.push_back({groups.names[g], groups.count[g]});
    }
  }
  const std::string of = " of '" + name + "'";
  const std::string fix =
      "collect more of them, or say in the card that the model was not tested for them";
  Json detail = Json::object();
  if (!few.empty()) {
    const std::string named = NameThin(few, &detail);
    findings
        .Add(Severity::kWarning, PlaceOfColumn(data, column),
             GroupsWord(few.size()) + of + (few.size() == 1 ? " has" : " have") + " fewer than " +
                 FormatCount(fewest) + " rows: " + named,
             fix)
        .detail = {{"groups", detail}};
  }
  detail = Json::object();
  if (!small.empty()) {
    const std::string named = NameThin(small, &detail);
    findings
        .Add(Severity::kInfo, PlaceOfColumn(data, column),
             GroupsWord(small.size()) + of + (small.size() == 1 ? " is" : " are") + " below " +
                 Percent(least) + " of the rows: " + named,
             fix)
        .detail = {{"groups", detail}};
  }
}

void AddMissingClasses(const AuditContext& context, int column, const ValueGroups& groups,
                       Findings& findings) {
  const Dataset& data = context.data;
  if (!IsClassTarget(data)) return;
  const Codes& classes = context.shared.CodesOfColumn(TargetIndex(data));
  const int64_t k = static_cast<int64_t>(classes.values.size());
  if (k < 2 || k > 20) return;
  const Contingency table =
      CountPairs(groups.code, static_cast<int64_t>(groups.names.size()), classes.code, k);
  const int64_t fewest = context.settings.at("rows").get<int64_t>();
  std::vector<std::string> lacking;
  Json detail = Json::array();
  for (int64_t g = 0; g < table.rows; ++g) {
    if (groups.count[static_cast<size_t>(g)] < fewest) continue;  // reported as thin
    for (int64_t c = 0; c < k; ++c) {
      if (table.at(g, c) > 0) continue;
      detail.push_back({{"group", groups.names[static_cast<size_t>(g)]},
                        {"label", classes.values[static_cast<size_t>(c)]}});
      lacking.push_back(Quote(groups.names[static_cast<size_t>(g)]) + " has no " +
                        Quote(classes.values[static_cast<size_t>(c)]));
    }
  }
  if (lacking.empty()) return;
  const size_t n = lacking.size();
  if (n > 4) lacking.resize(4);
  findings
      .Add(Severity::kWarning, PlaceOfColumn(data, column),
           "'" + data.columns[static_cast<size_t>(column)].name + "': " + Join(lacking, ", ") +
               (n > 4 ? ", ..." : ""),
           "collect rows of that class: a model would learn that the group never belongs to it")
      .detail = {{"lacking", detail}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const std::vector<int> columns = SensitiveColumns(data);
  if (columns.empty()) {
    findings.Skip("no column is sensitive (data.sensitive in the recipe)");
    return;
  }
  for (const int column : columns) {
    const ValueGroups& groups = context.shared.GroupsOfColumn(column);
    AddThin(context, column, groups, findings);
    AddMissingClasses(context, column, groups, findings);
    const int64_t missing = std::ranges::count(groups.code, -1);
    if (missing * 100 < data.size()) continue;
    findings.Add(Severity::kInfo, PlaceOfColumn(data, column),
                 "'" + data.columns[static_cast<size_t>(column)].name + "' is missing in " +
                     CountOf(data, missing) + ": they are in no group",
                 "fill it in where it is known; those rows are left out of comparisons");
  }
}

}  // namespace

const Check& SensitiveCoverage() {
  static const Check check = {&SensitiveCoverageSpec, &Run};
  return check;
}

}  // namespace bottega
