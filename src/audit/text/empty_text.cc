#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/text/text_columns.h"
#include "base/text.h"
#include "profile/text_properties.h"

namespace bottega {
namespace {

const Spec& EmptyTextSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "empty_text",
      .one_line = "texts that say nothing: missing, blank, or nothing but punctuation",
      .text =
          "Cells of a column of texts that are missing, hold nothing that shows (spaces, "
          "zero-width "
          "characters, controls), or neither a letter, a digit nor a symbol such as an emoji. "
          "Missing "
          "ones are reported only where they are at most `share` of the column: beyond, the text "
          "is "
          "optional, and `missing_values` tells of it. One finding for each column and kind, with "
          "the "
          "rows in its detail. Severity: warning.",
      .params = {{.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of missing cells up to which they are reported here",
                  .fallback = 0.2,
                  .min = 0,
                  .max = 1,
                  .larger = "reports gaps in optional texts too",
                  .smaller = "reports gaps only where they are rare"}},
      .synonyms = {"blank_text", "whitespace", "no_content"},
  };
  return spec;
}

void Report(const AuditContext& context, int column, const std::vector<int64_t>& rows,
            const std::string& what, const char* kind, Findings& findings) {
  if (rows.empty()) return;
  const Dataset& data = context.data;
  const std::string& name = data.columns[static_cast<size_t>(column)].name;
  const std::string many = rows.size() == 1 ? " is " : " are ";
  Finding& finding = findings.Add(Severity::kWarning, PlaceOf(data, rows[0], column),
                                  FormatCount(static_cast<int64_t>(rows.size())) + " of " +
                                      CountOf(data, data.size()) + " in '" + name + "'" + many +
                                      what + ": " + RowsText(data, rows),
                                  "leave these rows out, unless another column says enough");
  finding.detail = RowsDetail(data, rows);
  finding.detail["kind"] = kind;
}

void Look(const AuditContext& context, int column, double share, TextScores* scores,
          Findings& findings) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  std::vector<char> blank, mute;
  std::vector<float> of_code;
  for (const std::string& text : cells.text) {
    const TextProperties properties = MeasureText(text);
    blank.push_back(properties.blank());
    mute.push_back(!properties.blank() && properties.letters == 0 && properties.digits == 0 &&
                   properties.symbols == 0);
    of_code.push_back(blank.back() || mute.back() ? 0.0F : 1.0F);
  }
  scores->Add(cells, of_code);
  Report(context, column, RowsWith(cells, blank), "blank", "blank", findings);
  Report(context, column, RowsWith(cells, mute), "nothing but punctuation", "punctuation",
         findings);
  if (static_cast<double>(cells.missing) > share * static_cast<double>(context.data.size())) return;
  scores->AddMissing(cells, 0);
  std::vector<int64_t> missing;
  for (size_t i = 0; i < cells.code.size(); ++i) {
    if (cells.code[i] < 0) missing.push_back(static_cast<int64_t>(i));
  }
  Report(context, column, missing, "empty", "missing", findings);
}

void Run(const AuditContext& context, Findings& findings) {
  const std::vector<int> columns = TextColumns(context, findings);
  if (columns.empty()) return;
  TextScores scores(context);
  const double share = context.settings.at("share").get<double>();
  for (const int column : columns) Look(context, column, share, &scores, findings);
  findings.Score(scores.Take());
}

}  // namespace

const Check& EmptyText() {
  static const Check check = {&EmptyTextSpec, &Run};
  return check;
}

}  // namespace bottega
