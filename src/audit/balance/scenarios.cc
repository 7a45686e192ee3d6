#include <algorithm>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/coverage.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/association.h"
#include "profile/condition_names.h"

namespace bottega {
namespace {

const Spec& ScenariosSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "scenarios",
      .one_line = "declared situations that the data hold too few rows of",
      .text =
          "`audit.scenarios` names the situations that the model has to master, each a condition "
          "over columns and over properties of pictures and texts: `night: 'brightness < 60'`, "
          "`elderly: 'age >= 65'`. Severity: error for a situation without any row, warning for "
          "one with fewer than `rows` rows or without a class that the other rows have, info for "
          "a class with fewer than `class_rows` rows in it. A row whose condition cannot be told "
          "(a missing cell) is in no situation. `bottega audit --collect FILE` writes how many "
          "rows to gather.",
      .params = {{.name = "rows",
                  .type = ParamType::kInt,
                  .what = "fewest rows of a situation",
                  .fallback = 50,
                  .min = 1,
                  .larger = "asks for situations that can be scored more exactly"},
                 {.name = "class_rows",
                  .type = ParamType::kInt,
                  .what = "fewest rows of each class in a situation",
                  .fallback = 10,
                  .min = 1}},
      .synonyms = {"situations", "slices", "coverage_of_conditions"},
  };
  return spec;
}

struct Scenario {
  std::string name;
  const RowCondition* condition = nullptr;
  std::vector<uint8_t> holds;
  int64_t rows = 0;
};

std::string Collect(const AuditContext& context, int64_t rows) {
  const int64_t needed = RowsForMargin(context.section.at("margin").get<double>(), context.level);
  return "gather " + FormatCount(std::max<int64_t>(1, needed - rows)) +
         " more (bottega audit --collect rows.csv says which): " + FormatCount(needed) +
         " rows give a share to within " +
         FormatNumber(100 * context.section.at("margin").get<double>()) + " points";
}

void JudgeRows(const AuditContext& context, const Scenario& scenario, Findings& findings) {
  const std::string what =
      "scenario '" + scenario.name + "' (" + Shorten(scenario.condition->text(), 80) + ")";
  const Place place{.file = context.data.source.filename().string()};
  std::string message = what;
  if (scenario.rows == 0) {
    message += " has no row";
    const std::vector<std::string> remarks = scenario.condition->Remarks(context.data);
    if (!remarks.empty()) message += ": " + Join(remarks, "; ");
  } else {
    const Estimate share = ShareOf(static_cast<double>(scenario.rows),
                                   static_cast<double>(context.data.size()), context.level);
    message += " has " + CountOf(context.data, scenario.rows) + " of " +
               FormatCount(context.data.size()) + " (" + Percent(share.value) + ")";
  }
  findings
      .Add(scenario.rows == 0 ? Severity::kError : Severity::kWarning, place, message,
           Collect(context, scenario.rows))
      .detail = {{"scenario", scenario.name},
                 {"condition", scenario.condition->text()},
                 {"rows", scenario.rows}};
}

void JudgeClasses(const AuditContext& context, const Scenario& scenario, Findings& findings) {
  const Dataset& data = context.data;
  if (!IsClassTarget(data)) return;
  const Codes& classes = context.shared.CodesOfColumn(TargetIndex(data));
  const std::vector<int64_t>& all = context.shared.CountsOfColumn(TargetIndex(data));
  const int64_t least = context.settings.at("class_rows").get<int64_t>();
  std::vector<int64_t> counts(classes.values.size());
  for (size_t i = 0; i < scenario.holds.size(); ++i) {
    if (scenario.holds[i] != 0 && classes.code[i] >= 0) {
      ++counts[static_cast<size_t>(classes.code[i])];
    }
  }
  std::vector<std::string> lacking, thin;
  Json detail = Json::object();
  for (size_t c = 0; c < counts.size(); ++c) {
    // A class that is rare everywhere is class_balance's to report.
    if (counts[c] >= least || all[c] < 2 * least) continue;
    detail[classes.values[c]] = counts[c];
    if (counts[c] == 0) {
      lacking.push_back(Quote(classes.values[c]));
    } else {
      thin.push_back(Quote(classes.values[c]) + " (" + FormatCount(counts[c]) + ")");
    }
  }
  if (detail.empty()) return;
  const auto listed = [](std::vector<std::string> names) {
    const bool cut = names.size() > 5;
    if (cut) names.resize(5);
    return Join(names, ", ") + (cut ? ", ..." : "");
  };
  std::string message = "scenario '" + scenario.name + "'";
  if (!lacking.empty()) message += " has no " + listed(lacking);
  if (!thin.empty()) {
    message += (lacking.empty() ? " has" : " and") + (" few of " + listed(thin));
  }
  findings
      .Add(lacking.empty() ? Severity::kInfo : Severity::kWarning,
           PlaceOfColumn(data, TargetIndex(data)), message,
           "gather rows of these classes in that situation: the model would take the situation "
           "itself for a sign of the others")
      .detail = {{"scenario", scenario.name}, {"classes", detail}};
}

void Run(const AuditContext& context, Findings& findings) {
  const auto declared = DeclaredScenarios(context.section);
  if (declared.empty()) {
    findings.Skip("no scenarios are declared (audit.scenarios in the recipe)");
    return;
  }
  const MoreNames properties = PropertiesAsNames(context.data);
  const int64_t least = context.settings.at("rows").get<int64_t>();
  for (const auto& [name, condition] : declared) {
    Scenario scenario{name, &condition, condition.Holds(context.data, &properties)};
    scenario.rows = std::ranges::count(scenario.holds, uint8_t{1});
    if (scenario.rows < least) JudgeRows(context, scenario, findings);
    if (scenario.rows >= least) JudgeClasses(context, scenario, findings);
  }
}

}  // namespace

const Check& Scenarios() {
  static const Check check = {&ScenariosSpec, &Run};
  return check;
}

}  // namespace bottega
