#include "base/text.h"
#include "clean/repair_kind.h"

namespace bottega {

namespace {

const Spec& DropColumnsSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "drop_columns",
      .one_line = "take columns out of the features that describe nothing",
      .text =
          "Columns that hold one value only, and identifiers. They stay in the table with the "
          "role `ignored`.",
      .params = {{.name = "constant",
                  .type = ParamType::kBool,
                  .what = "columns with one value, or none, in all rows",
                  .fallback = true},
                 {.name = "identifier",
                  .type = ParamType::kBool,
                  .what = "columns that name rows",
                  .fallback = true}},
      .synonyms = {"drop_constant", "drop_identifiers"},
  };
  return spec;
}

bool IsIdentifier(const RepairContext& context, const Column& column) {
  if (column.type == FeatureType::kIdentifier) return true;
  if (context.sources.audit == nullptr) return false;
  for (const Finding& finding : context.sources.audit->findings) {
    const bool sure = finding.check == "identifier_column" && finding.confidence >= 0.9;
    if (sure && finding.place.column == column.name) return true;
  }
  return false;
}

bool IsConstant(const Dataset& data, size_t column) {
  const Codes codes = CodesOf(data, static_cast<int>(column));
  bool missing = false;
  for (int32_t code : codes.code) missing = missing || code < 0;
  return codes.values.empty() || (codes.values.size() == 1 && !missing);
}

void Plan(const RepairContext& context, const Json& settings, RepairPlan* plan) {
  const Dataset& data = context.data;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    const Column& column = data.columns[c];
    if (column.role != Role::kFeature || column.type == FeatureType::kPicture) continue;
    std::string reason;
    if (settings.at("identifier").get<bool>() && IsIdentifier(context, column)) {
      reason = "it names rows and describes nothing";
    } else if (settings.at("constant").get<bool>() && data.size() > 1 && IsConstant(data, c)) {
      reason = "all rows hold the same";
    }
    if (reason.empty()) continue;
    plan->repairs.push_back({.repair = "drop_columns",
                             .action = RepairAction::kRole,
                             .column = column.name,
                             .before = std::string(RoleName(column.role)),
                             .after = std::string(RoleName(Role::kIgnored)),
                             .reason = reason});
  }
}

}  // namespace

const RepairKind kDropColumns = {DropColumnsSpec, Plan};

}  // namespace bottega
