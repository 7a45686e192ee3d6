#include <algorithm>
#include <cmath>
#include <map>

#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/text/text_columns.h"
#include "base/text.h"
#include "profile/language.h"

namespace bottega {
namespace {

const Spec& WrongLanguageSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "wrong_language",
      .one_line = "texts in another language than the rest of their column",
      .text =
          "The language of each text is told by its script and, among the languages of one script, "
          "by "
          "how its words are spelt (62 languages). A text is reported when another language fits "
          "it "
          "better than that of most texts by at least `margin`, over at least three words, and "
          "when no "
          "more than a few words decide; names and terms that other texts of the main language "
          "have "
          "too do not count. Columns that are no running text, as names and codes, are left alone: "
          "at least one word in 15 has to be a common one. Where fewer than `share` of the texts "
          "have "
          "one language, the column is in several, and one info says in which. One finding a "
          "column, "
          "with the rows in its detail. Severity: warning.",
      .params = {{.name = "margin",
                  .type = ParamType::kFloat,
                  .what = "logarithm of how many times more probable another language is",
                  .fallback = 10,
                  .min = 1,
                  .max = 1000,
                  .unit = "nats",
                  .larger = "reports only longer texts that are surely foreign",
                  .smaller = "reports short ones too, with more false alarms"},
                 {.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of the texts that have to be in one language",
                  .fallback = 0.7,
                  .min = 0.5,
                  .max = 1,
                  .larger = "takes more columns for mixed ones",
                  .smaller = "takes a column for one of the language of a small majority"}},
      .synonyms = {"language_identification", "foreign_language", "non_english"},
  };
  return spec;
}

constexpr int64_t kFewest = 20;       // texts whose language can be told
constexpr double kCommon = 1.0 / 15;  // share of common words in running text
constexpr int kWords = 3;

using Counts = std::map<int, int64_t>;  // language -> rows

// "12 are Spanish, 3 French and 1 other".
std::string CountsText(const Counts& counts) {
  std::vector<std::pair<int64_t, int>> order;
  for (const auto& [language, count] : counts) order.emplace_back(count, language);
  std::ranges::sort(order, std::greater<>());
  std::vector<std::string> parts;
  int64_t others = 0;
  for (const auto& [count, language] : order) {
    if (parts.size() < 4) {
      parts.push_back(FormatCount(count) + " " + Languages()[static_cast<size_t>(language)].name);
    } else {
      others += count;
    }
  }
  if (others > 0) parts.push_back(FormatCount(others) + " other");
  return Join(parts, ", ");
}

Json CountsJson(const Counts& counts) {
  Json json = Json::object();
  for (const auto& [language, count] : counts) {
    json[Languages()[static_cast<size_t>(language)].code] = count;
  }
  return json;
}

Counts CountLanguages(const CellColumn& cells, const std::vector<int>& language,
                      const std::vector<char>* only) {
  Counts counts;
  for (size_t c = 0; c < language.size(); ++c) {
    if (language[c] >= 0 && (only == nullptr || (*only)[c])) counts[language[c]] += cells.count[c];
  }
  return counts;
}

void ReportMixed(const AuditContext& context, int column, const CellColumn& cells,
                 const ColumnLanguages& languages, Findings& findings) {
  const Counts counts = CountLanguages(cells, languages.told_language, nullptr);
  Finding& finding = findings.Add(
      Severity::kInfo, PlaceOfColumn(context.data, column),
      "'" + context.data.columns[static_cast<size_t>(column)].name +
          "' is in several languages: " + CountsText(counts),
      "learn them apart or with a model that knows them all; see that the classes are not told by "
      "the language");
  finding.confidence = 0.8;
  finding.detail = {{"languages", CountsJson(counts)}};
}

void ReportForeign(const AuditContext& context, int column, const CellColumn& cells,
                   const ColumnLanguages& languages, const std::vector<char>& foreign,
                   Findings& findings) {
  const Dataset& data = context.data;
  const std::vector<int64_t> rows = RowsWith(cells, foreign);
  if (rows.empty()) return;
  const Counts counts = CountLanguages(cells, languages.language, &foreign);
  const std::string main = Languages()[static_cast<size_t>(languages.main)].name;
  Finding& finding = findings.Add(
      Severity::kWarning, PlaceOf(data, rows[0], column),
      FormatCount(static_cast<int64_t>(rows.size())) + " of the texts in '" +
          data.columns[static_cast<size_t>(column)].name + "' " +
          (rows.size() == 1 ? "is" : "are") + " not " + main + " as the others (" +
          CountsText(counts) + "): " + RowsText(data, rows),
      "translate them or leave them out, unless the model has to know these languages");
  finding.confidence = 0.9;
  finding.detail = RowsDetail(data, rows);
  finding.detail["main"] = Languages()[static_cast<size_t>(languages.main)].code;
  finding.detail["languages"] = CountsJson(counts);
}

bool Look(const AuditContext& context, int column, TextScores* scores, Findings& findings) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  const ColumnLanguages& languages = context.shared.LanguagesOfColumn(column);
  if (languages.told < kFewest || languages.common < kCommon) return false;
  if (languages.main < 0 || languages.share < context.settings.at("share").get<double>()) {
    ReportMixed(context, column, cells, languages, findings);
    return true;
  }
  const float margin = context.settings.at("margin").get<float>();
  std::vector<char> foreign;
  std::vector<float> of_code;
  for (size_t c = 0; c < languages.margin.size(); ++c) {
    const bool script = std::isinf(languages.margin[c]);
    const bool enough = script ? languages.letters[c] >= 4 : languages.words[c] >= kWords;
    const bool told = !script || languages.told_language[c] >= 0;
    foreign.push_back(enough && told && languages.margin[c] >= margin);
    const float sound =
        script ? (foreign.back() ? 0 : 1) : 1 / (1 + std::exp((languages.margin[c] - margin) / 3));
    of_code.push_back(enough ? sound : 1.0F);
  }
  scores->Add(cells, of_code);
  ReportForeign(context, column, cells, languages, foreign, findings);
  return true;
}

void Run(const AuditContext& context, Findings& findings) {
  LookAtTexts(context, &Look, "no column holds running text whose language can be told", findings);
}

}  // namespace

const Check& WrongLanguage() {
  static const Check check = {&WrongLanguageSpec, &Run};
  return check;
}

}  // namespace bottega
