#include <set>
#include <unordered_set>

#include "clean/repair_kind.h"

namespace bottega {

namespace {

const Spec& SetAsideSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "set_aside",
      .one_line = "set rows aside that cannot be learned from",
      .text =
          "Pictures that cannot be read or end early, rows without a target, and equal things "
          "with different labels, as the audit found them. Of conflicting pictures all go; "
          "conflicting rows of a table stay by default, because people who are alike in the "
          "recorded columns may well differ in the outcome.",
      .params = {{.name = "unreadable",
                  .type = ParamType::kBool,
                  .what = "pictures that cannot be read or are cut short",
                  .fallback = true},
                 {.name = "target_missing",
                  .type = ParamType::kBool,
                  .what = "rows without a target",
                  .fallback = true},
                 {.name = "conflicting",
                  .type = ParamType::kChoice,
                  .what = "equal things with different labels: of pictures only, always, or never",
                  .fallback = "pictures",
                  .choices = {"pictures", "always", "never"}}},
      .synonyms = {"quarantine"},
  };
  return spec;
}

std::unordered_set<int64_t> RowsOf(const Dataset& data) {
  return {data.rows.begin(), data.rows.end()};
}

void Unreadable(const RepairContext& context, std::set<int64_t>* out, RepairPlan* plan) {
  const std::unordered_set<int64_t> rows = RowsOf(context.data);
  if (context.sources.audit == nullptr) return;
  for (const Finding& finding : context.sources.audit->findings) {
    const bool grave = finding.severity != Severity::kInfo;
    const bool file = finding.check == "unreadable_file" || finding.check == "truncated_pictures";
    if (!file || !grave || !rows.contains(finding.place.row)) continue;
    if (!out->insert(finding.place.row).second) continue;
    plan->repairs.push_back(SetAside("set_aside", {finding.place.row}, finding.message));
  }
}

void TargetMissing(const RepairContext& context, std::set<int64_t>* out, RepairPlan* plan) {
  const Column* target = context.data.TargetColumn();
  if (target == nullptr) return;
  const Codes codes = CodesOf(context.data, context.data.Find(target->name));
  std::vector<int64_t> rows;
  for (size_t i = 0; i < codes.code.size(); ++i) {
    if (codes.code[i] < 0 && out->insert(context.data.rows[i]).second) {
      rows.push_back(context.data.rows[i]);
    }
  }
  if (!rows.empty()) {
    plan->repairs.push_back(
        SetAside("set_aside", std::move(rows), "the target '" + target->name + "' is missing"));
  }
}

void Conflicting(const RepairContext& context, std::set<int64_t>* out, RepairPlan* plan) {
  const std::unordered_set<int64_t> known = RowsOf(context.data);
  if (context.sources.audit == nullptr) return;
  for (const Finding& finding : context.sources.audit->findings) {
    if (finding.check != "conflicting_labels" || !finding.detail.contains("rows")) continue;
    if (finding.waived && finding.waived->until.empty()) continue;  // settled by a review
    std::vector<int64_t> rows;
    for (const Json& row : finding.detail["rows"]) {
      const auto record = row.get<int64_t>();
      if (known.contains(record) && out->insert(record).second) rows.push_back(record);
    }
    if (!rows.empty()) {
      plan->repairs.push_back(SetAside("set_aside", std::move(rows), finding.message));
    }
  }
}

void Plan(const RepairContext& context, const Json& settings, RepairPlan* plan) {
  std::set<int64_t> out;
  if (settings.at("unreadable").get<bool>()) Unreadable(context, &out, plan);
  if (settings.at("target_missing").get<bool>()) TargetMissing(context, &out, plan);
  const std::string conflicting = settings.at("conflicting");
  const bool always = conflicting == "always";
  if (always || (conflicting == "pictures" && context.data.HasPictures())) {
    Conflicting(context, &out, plan);
  }
}

}  // namespace

const RepairKind kSetAside = {SetAsideSpec, Plan};

}  // namespace bottega
