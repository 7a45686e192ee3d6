#include "audit/all_rows.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& MissingValuesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "missing_values",
      .one_line = "empty cells, and cells that say 'N/A'",
      .text =
          "One finding for each feature column with empty cells; it says how those that are not "
          "blank are written ('N/A', '?'). Whether gaps depend on other columns is "
          "missing_pattern's question, values that merely stand for missing ones are "
          "hidden_missing's. Severity: error above `most`, warning above `some`, else info.",
      .params = {{.name = "some",
                  .type = ParamType::kFloat,
                  .what = "share of missing cells from which on it is a warning",
                  .fallback = 0.05,
                  .min = 0,
                  .max = 1},
                 {.name = "most",
                  .type = ParamType::kFloat,
                  .what = "share of missing cells from which on it is an error",
                  .fallback = 0.95,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"nulls", "nan", "empty_cells"},
  };
  return spec;
}

// " (written 'N/A' in 120 of them)", with the rows in `detail`.
std::string Spelled(const AuditContext& context, int column, Json* detail) {
  const Written* written = WrittenOf(context.data, column);
  if (written == nullptr || written->missing.empty()) return "";
  std::vector<std::string> parts;
  for (const MissingSpelling& spelling : written->missing) {
    (*detail)["spellings"].push_back(
        {{"text", spelling.text}, {"count", spelling.count}, {"rows", spelling.rows}});
    parts.push_back(Quote(spelling.text) + " in " + FormatCount(spelling.count));
  }
  return ", written " + Join(parts, ", ");
}

void AddEmpty(const AuditContext& context, int column, Findings& findings) {
  const Dataset& data = context.data;
  const int64_t missing = AllMissing(context, column), rows = AllRows(context);
  const double share = static_cast<double>(missing) / static_cast<double>(rows);
  const double some = context.settings.at("some").get<double>();
  const double most = context.settings.at("most").get<double>();
  const std::string& name = data.columns[static_cast<size_t>(column)].name;
  Json detail = {{"count", missing}, {"share", share}};
  const std::string spelled = Spelled(context, column, &detail);
  const Severity severity = share > most   ? Severity::kError
                            : share > some ? Severity::kWarning
                                           : Severity::kInfo;
  const std::string fix =
      share > most
          ? "leave the column out (data.roles: {" + name + ": ignored}) or fill it"
          : "training fills the gaps from the training rows; fill them at the source if you can";
  Finding& finding = findings.Add(severity, PlaceOfColumn(data, column),
                                  "'" + name + "' is missing in " + FormatCount(missing) + " of " +
                                      CountOf(data, rows) + " (" + Percent(share) + ")" + spelled,
                                  fix);
  finding.detail = std::move(detail);
}

void Run(const AuditContext& context, Findings& findings) {
  for (const int column : FeatureColumns(context.data)) {
    if (context.data.columns[static_cast<size_t>(column)].type == FeatureType::kPicture) continue;
    if (AllMissing(context, column) > 0) AddEmpty(context, column, findings);
  }
}

}  // namespace

const Check& MissingValues() {
  static const Check check = {&MissingValuesSpec, &Run};
  return check;
}

}  // namespace bottega
