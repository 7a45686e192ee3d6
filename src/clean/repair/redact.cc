#include "clean/redact.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "clean/repair_kind.h"
#include "profile/personal/personal_data.h"

namespace bottega {

namespace {

const Spec& RedactSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "redact",
      .one_line = "mask, hash or drop personal data",
      .text =
          "`columns` names columns whose cells are redacted whole: `mask` leaves `***`, `hash` "
          "puts a keyed hash in place of each value (HMAC-SHA256; equal values stay equal, so that "
          "rows can still be joined), `drop` empties the column. The key comes from the "
          "environment: BOTTEGA_REDACT_KEY, or a file named by BOTTEGA_REDACT_KEY_FILE. In all "
          "other "
          "columns, what recognizers take for personal data is suggested for redaction by "
          "`method`, and changed only when a person says so (`bottega clean --accept`). The plan "
          "holds no personal values.",
      .params = {{.name = "columns",
                  .type = ParamType::kMap,
                  .what = "column to mask, hash, drop or keep, as in {email: hash, notes: keep}",
                  .fallback = Json::object(),
                  .choices = {"mask", "hash", "drop", "keep"}},
                 {.name = "method",
                  .type = ParamType::kChoice,
                  .what = "what is suggested for personal data in other columns",
                  .fallback = "mask",
                  .choices = {"mask", "hash", "drop"}}},
      .synonyms = {"anonymize", "pseudonymize", "mask", "personal_data"},
      .source = "RFC 2104, HMAC; Regulation (EU) 2016/679, article 4 (5)",
  };
  return spec;
}

// What the recognizers find in the values of a column.
struct Found {
  std::map<std::string, int64_t> kinds;  // rows
  std::vector<int64_t> rows;
  double confidence = 1;  // mean over rows
};

Found PersonalIn(const Dataset& data, int column) {
  const std::string& name = data.columns[static_cast<size_t>(column)].name;
  const Codes codes = CodesOf(data, column);
  struct Value {
    std::string kind;
    double confidence = 0;
  };
  std::vector<Value> values;
  for (const std::string& value : codes.values) {
    const auto spans = FindPersonalData(value, {.column = name});
    Value& found = values.emplace_back();
    for (const PersonalSpan& span : spans) {
      if (span.confidence <= found.confidence) continue;
      found = {std::string(PersonalKindName(span.kind)), span.confidence};
    }
  }
  Found found;
  double sum = 0;
  for (size_t i = 0; i < codes.code.size(); ++i) {
    if (codes.code[i] < 0) continue;
    const Value& value = values[static_cast<size_t>(codes.code[i])];
    if (value.kind.empty()) continue;
    ++found.kinds[value.kind];
    found.rows.push_back(data.rows[i]);
    sum += value.confidence;
  }
  if (!found.rows.empty()) found.confidence = sum / static_cast<double>(found.rows.size());
  return found;
}

void PlanFound(const Dataset& data, int column, const std::string& method, RepairPlan* plan) {
  Found found = PersonalIn(data, column);
  if (found.rows.empty()) return;
  std::vector<std::string> kinds, counts;
  for (const auto& [kind, rows] : found.kinds) {
    kinds.push_back(kind);
    counts.push_back(kind + " in " + FormatCount(rows));
  }
  plan->repairs.push_back({.repair = "redact",
                           .action = RepairAction::kRedact,
                           .rows = std::move(found.rows),
                           .column = data.columns[static_cast<size_t>(column)].name,
                           .before = Join(kinds, ", "),
                           .after = method,
                           .reason = "looks like personal data: " + Join(counts, ", ") + " rows",
                           .confidence = found.confidence,
                           .told = true,
                           .apply = false});
}

void PlanNamed(const Dataset& data, const std::string& name, const std::string& method,
               RepairPlan* plan) {
  if (data.Find(name) < 0) {
    std::vector<std::string> names;
    for (const Column& column : data.columns) names.push_back(column.name);
    const std::vector<std::string> near = NearestNames(name, names, 1);
    throw Error(
        ErrorKind::kRecipe, "redact.columns: there is no column '" + name + "'", {},
        near.empty() ? "name one of " + Join(names, ", ") : "did you mean " + near[0] + "?");
  }
  plan->repairs.push_back({.repair = "redact",
                           .action = RepairAction::kRedact,
                           .rows = data.rows,
                           .column = name,
                           .before = kWholeCell,
                           .after = method,
                           .reason = "the recipe says so (clean.repairs: redact)"});
}

void Plan(const RepairContext& context, const Json& settings, RepairPlan* plan) {
  const Dataset& data = context.data;
  const Json& named = settings.at("columns");
  for (const auto& [name, method] : named.items()) {
    if (method != "keep") PlanNamed(data, name, method, plan);
  }
  for (size_t c = 0; c < data.columns.size(); ++c) {
    const Column& column = data.columns[c];
    if (!HoldsValues(column) || column.role == Role::kTarget || named.contains(column.name)) {
      continue;
    }
    PlanFound(data, static_cast<int>(c), settings.at("method"), plan);
  }
}

}  // namespace

const RepairKind kRedact = {RedactSpec, Plan};

}  // namespace bottega
