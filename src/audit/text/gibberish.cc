#include <algorithm>
#include <cmath>

#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/text/text_columns.h"
#include "base/text.h"
#include "profile/language.h"
#include "profile/quantiles.h"

namespace bottega {
namespace {

const Spec& GibberishSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "gibberish",
      .one_line = "texts of random letters: keys that were mashed, broken encodings",
      .text =
          "The surprise of each letter after the ones before it, under the model of the text's own "
          "language, mean over its words, those that other texts have counting as ordinary. A text "
          "is reported when it is above `surprise`; where more than 5 % of the texts are, as among "
          "product codes, only "
          "when it is further above the column's median than six median deviations. Only columns "
          "of running text in the Latin, Cyrillic and Arabic scripts are judged. One finding a "
          "column, with the rows in its detail. Severity: warning.",
      .params = {{.name = "surprise",
                  .type = ParamType::kFloat,
                  .what = "surprise a letter from which on a text is reported",
                  .fallback = 3.4,
                  .min = 1,
                  .max = 10,
                  .unit = "nats",
                  .larger = "reports only random letters",
                  .smaller = "reports rare names and terms too"}},
      .synonyms = {"keyboard_mash", "nonsense", "random_text", "mojibake"},
  };
  return spec;
}

constexpr double kCommon = 1.0 / 15;
constexpr double kNature = 0.05;  // share of odd texts above which that is how the column is

// Where more than a few texts are above `surprise`, six median deviations above the median.
double LimitOf(const std::vector<float>& oddness, double surprise) {
  const auto many = std::ranges::count_if(oddness, [&](float odd) { return odd > surprise; });
  if (static_cast<double>(many) <= kNature * static_cast<double>(oddness.size())) return surprise;
  std::vector<double> sorted;
  for (const float odd : oddness) {
    if (!std::isnan(odd)) sorted.push_back(odd);
  }
  std::ranges::sort(sorted);
  const double median = Quantile(sorted, 0.5);
  for (double& odd : sorted) odd = std::abs(odd - median);
  std::ranges::sort(sorted);
  return std::max(surprise, median + 6 * Quantile(sorted, 0.5));
}

bool Look(const AuditContext& context, int column, TextScores* scores, Findings& findings) {
  const Dataset& data = context.data;
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  const ColumnLanguages& languages = context.shared.LanguagesOfColumn(column);
  if (languages.main < 0 || languages.common < kCommon) return false;
  const double limit = LimitOf(languages.oddness, context.settings.at("surprise").get<double>());
  std::vector<char> bad;
  std::vector<float> of_code;
  for (const float odd : languages.oddness) {
    bad.push_back(odd > limit);
    of_code.push_back(std::isnan(odd) ? 1.0F
                                      : static_cast<float>(1 / (1 + std::exp(6 * (odd - limit)))));
  }
  scores->Add(cells, of_code);
  const std::vector<int64_t> rows = RowsWith(cells, bad);
  if (rows.empty()) return true;
  Finding& finding = findings.Add(
      Severity::kWarning, PlaceOf(data, rows[0], column),
      FormatCount(static_cast<int64_t>(rows.size())) + " of the texts in '" +
          data.columns[static_cast<size_t>(column)].name + "' " +
          (rows.size() == 1 ? "is" : "are") + " no words of any language: " + RowsText(data, rows),
      "leave these rows out; if the letters were garbled on the way, read the file anew with its "
      "encoding");
  finding.confidence = 0.85;
  finding.detail = RowsDetail(data, rows);
  return true;
}

void Run(const AuditContext& context, Findings& findings) {
  LookAtTexts(context, &Look, "no column holds running text in a script that there is a model of",
              findings);
}

}  // namespace

const Check& Gibberish() {
  static const Check check = {&GibberishSpec, &Run};
  return check;
}

}  // namespace bottega
