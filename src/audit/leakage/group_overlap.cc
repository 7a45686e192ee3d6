#include <algorithm>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/entities.h"
#include "audit/groups.h"
#include "audit/parts.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& GroupOverlapSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "group_overlap",
      .one_line = "one person, device or case with rows on both sides of a split",
      .text =
          "Columns that name what rows belong to: the declared group, and undeclared ones that "
          "look "
          "like it (identifiers and codes that repeat, by type, name or the form of their values; "
          "names of persons taken together). With parts, values that stand in more than one are "
          "reported: what was learned of a patient in training answers for the same patient in the "
          "test. Without parts, an undeclared column is reported because a split would deal its "
          "rows to all parts. Severity: error for the declared group, and for an undeclared column "
          "whose rows agree on the target more than chance allows; warning otherwise; info "
          "without parts where nothing shows that rows of one value are alike.",
      .params = {{.name = "repeats",
                  .type = ParamType::kFloat,
                  .what = "share of rows whose value stands in another row too, from which on an "
                          "undeclared column may be a group",
                  .fallback = 0.1,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"entity_leakage", "patient_overlap", "group_leakage"},
  };
  return spec;
}

constexpr double kSureLevel = 1e-4;  // of the test that rows of one value agree on the target

struct Overlap {
  int64_t groups = 0, shared = 0, rows = 0;  // rows outside training of values that train too
};

Overlap OverlapOf(const Entity& entity, const Parts& parts) {
  Overlap out;
  std::vector<int32_t> first(entity.count.size(), -1);
  std::vector<char> shared(entity.count.size(), 0);
  for (size_t i = 0; i < entity.code.size(); ++i) {
    const int32_t group = entity.code[i], part = parts.code[i];
    if (group < 0 || part < 0) continue;
    int32_t& seen = first[static_cast<size_t>(group)];
    if (seen < 0) {
      seen = part;
    } else if (seen != part) {
      shared[static_cast<size_t>(group)] = 1;
    }
  }
  const int32_t train = parts.train();
  for (size_t i = 0; i < entity.code.size(); ++i) {
    const int32_t group = entity.code[i];
    out.rows += group >= 0 && parts.code[i] >= 0 && parts.code[i] != train &&
                shared[static_cast<size_t>(group)] != 0;
  }
  out.groups = static_cast<int64_t>(entity.count.size());
  out.shared = std::ranges::count(shared, 1);
  return out;
}

void ReportParts(const AuditContext& context, const Parts& parts, const Entity& entity,
                 Findings& findings) {
  const Overlap overlap = OverlapOf(entity, parts);
  if (overlap.shared == 0) return;
  const double p = entity.declared ? 0 : AgreementP(context, entity);
  const bool sure = p < kSureLevel;
  Finding& finding = findings.Add(
      sure ? Severity::kError : Severity::kWarning, PlaceOfColumn(context.data, entity.column),
      FormatCount(overlap.shared) + " of " + FormatCount(overlap.groups) + " values of '" +
          entity.name + "' are in more than one part: " + CountOf(context.data, overlap.rows) +
          " outside training belong to something that is also trained on",
      entity.declared ? "split by group (split.method: grouped)"
      : entity.joint  ? "give each person one identifier and name it: data.roles: {COLUMN: group}"
                      : "if rows of one value belong together, declare it, and split again: "
                        "data.roles: {" +
                           entity.name + ": group}");
  finding.confidence = entity.declared ? 1 : sure ? 0.9 : 0.6;
  finding.detail = {{"values", overlap.groups}, {"shared", overlap.shared}, {"rows", overlap.rows}};
  if (!entity.declared) finding.detail["agreement_p"] = p;
}

void ReportUndeclared(const AuditContext& context, const Entity& entity, Findings& findings) {
  const double p = AgreementP(context, entity);
  const bool sure = p < kSureLevel;
  int64_t repeated = 0;
  for (const int64_t n : entity.count) repeated += n > 1 ? n : 0;
  Finding& finding = findings.Add(
      sure ? Severity::kWarning : Severity::kInfo, PlaceOfColumn(context.data, entity.column),
      CountOf(context.data, repeated) + " share their '" + entity.name +
          "' with another: a split would deal rows of one to training and test" +
          (sure ? ", and rows that share it agree on the target more than chance allows" : ""),
      entity.joint ? "give each person one identifier and name it: data.roles: {COLUMN: group}"
                   : "if rows of one value belong together: data.roles: {" + entity.name +
                         ": group} in the recipe");
  finding.confidence = sure ? 0.9 : 0.6;
  finding.detail = {{"values", entity.count.size()}, {"rows", repeated}, {"agreement_p", p}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const Parts parts = PartsOf(context);
  const std::vector<Entity> entities =
      EntitiesOf(context, context.settings.at("repeats").get<double>());
  if (entities.empty()) {
    findings.Skip("no column names what rows belong to");
    return;
  }
  for (const Entity& entity : entities) {
    if (parts.several()) {
      ReportParts(context, parts, entity, findings);
    } else if (!entity.declared && data.RoleIndex(Role::kGroup) < 0) {
      ReportUndeclared(context, entity, findings);
    }
  }
}

}  // namespace

const Check& GroupOverlap() {
  static const Check check = {&GroupOverlapSpec, &Run};
  return check;
}

}  // namespace bottega
