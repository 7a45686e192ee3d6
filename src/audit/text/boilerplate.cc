#include <re2/re2.h>

#include <algorithm>

#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "audit/text/text_columns.h"
#include "base/text.h"
#include "base/threads.h"
#include "profile/repeated_passages.h"

namespace bottega {
namespace {

const Spec& BoilerplateSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "boilerplate",
      .one_line = "markup, footers, signatures and template sentences inside texts",
      .text =
          "Three things that say nothing about their row: remains of markup (HTML tags and "
          "entities, "
          "BBCode, unfilled placeholders); phrases of mailers and web pages (to unsubscribe, sent "
          "from "
          "my phone, all rights reserved, in several languages); and passages of at least `words` "
          "words "
          "that at least `share` of the different texts, and five, have word for word, numbers "
          "aside. "
          "A model spends its attention on them, and takes them for signs of a class when one "
          "source "
          "has them. One finding for each column and kind, and for each passage, with the rows in "
          "its "
          "detail. Severity: warning; info for a passage that most texts have.",
      .params = {{.name = "words",
                  .type = ParamType::kInt,
                  .what = "words of the shortest passage",
                  .fallback = 8,
                  .min = 3,
                  .max = 100,
                  .larger = "finds only long templates",
                  .smaller = "takes turns of phrase for templates"},
                 {.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of the different texts that have to have a passage",
                  .fallback = 0.01,
                  .min = 0,
                  .max = 1,
                  .larger = "finds only passages that are everywhere",
                  .smaller = "finds rare templates, and quotations"}},
      .synonyms = {"template", "signature", "html", "header_footer", "unsubscribe"},
      .source = "Broder, On the resemblance and containment of documents, 1997 (shingles)",
  };
  return spec;
}

constexpr size_t kMostPassages = 20;  // that are reported, per column

const re2::RE2& Markup() {
  static const re2::RE2 pattern(
      R"((?i)</?(?:a|abbr|b|big|blockquote|body|br|button|center|code|dd|div|dl|dt|em|font|footer|form)"
      R"(|h[1-6]|head|header|hr|html|i|iframe|img|input|label|li|link|meta|nav|ol|option|p|pre|script)"
      R"(|section|small|span|strong|style|sub|sup|table|tbody|td|th|thead|title|tr|u|ul|video)(?:\s[^<>]*)?/?>)"
      R"(|&(?:nbsp|amp|lt|gt|quot|apos|mdash|ndash|hellip|[lr][sd]quo|copy|reg|euro|bull|middot)"
      R"(|[aeiou](?:acute|grave|circ|uml)|ntilde|ccedil|szlig|#\d{2,6}|#x[0-9a-f]{2,6});)"
      R"(|<!--|<!\[CDATA\[|\[/?(?:url|img|quote|code|size|color|font|list|b|i|u)(?:=[^\]]*)?\])"
      R"(|\{\{[^{}]{1,80}\}\}|\$\{[\w.]{1,60}\}|<%[^%]{1,80}%>|%%[\w.]{2,40}%%)");
  return pattern;
}

const re2::RE2& Phrases() {
  static const re2::RE2 pattern(
      R"((?i)(click (?:here|below|the link)[^.]{0,20} to unsubscribe|unsubscribe (?:here|at any time|from (?:this|our|these|future)))"
      R"(|to unsubscribe,? (?:click|reply|visit|from)|(?:update|manage) your (?:email )?preferences)"
      R"(|sent from my (?:iphone|ipad|phone|mobile|android|samsung|galaxy|blackberry|huawei|pixel|windows)\w*)"
      R"(|get outlook for (?:ios|android)|all rights reserved|view (?:this|it) (?:e-?mail )?in your browser)"
      R"(|(?:please )?do not reply to this (?:e-?mail|message)|you(?: are|'re) receiving this)"
      R"(|this (?:e-?mail|message)(?:,| and| is)[^.]{0,60}(?:confidential|intended (?:only|solely))|confidentiality notice)"
      R"(|please consider the environment before printing|terms (?:and|&) conditions apply|sign up for our newsletter)"
      R"(|subscribe to our (?:newsletter|channel)|follow us on (?:facebook|twitter|instagram|x|linkedin|youtube))"
      R"(|(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:19|20)\d\d|(?:we|this (?:web)?site) uses? cookies|enable javascript|lorem ipsum dolor)"
      R"(|^\s*\[(?:deleted|removed|redacted)\]\s*$|as an ai language model)"
      R"(|(?:gesendet|von) (?:von )?meine[mr] (?:iphone|ipad|handy|smartphone)|alle rechte vorbehalten|newsletter abbestellen)"
      R"(|envoyé de(?:puis)? mon (?:iphone|ipad|mobile)|tous droits réservés|se désabonner|enviado desde mi (?:iphone|ipad|móvil))"
      R"(|todos los derechos reservados|darse de baja|todos os direitos reservados|inviato da(?:l mio)? (?:iphone|ipad)|tutti i diritti riservati))");
  return pattern;
}

// For each text whether `pattern` matches; the first match goes to `example`.
std::vector<char> Matching(const std::vector<std::string>& texts, const re2::RE2& pattern,
                           std::string* example) {
  std::vector<char> matches(texts.size(), 0);
  ParallelFor(static_cast<int64_t>(texts.size()), 2048, [&](int64_t begin, int64_t end) {
    for (size_t i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
      matches[i] = re2::RE2::PartialMatch(texts[i], pattern);
    }
  });
  const auto first = std::ranges::find(matches, 1);
  if (first != matches.end()) {
    const std::string& text = texts[static_cast<size_t>(first - matches.begin())];
    re2::StringPiece found;
    pattern.Match(text, 0, text.size(), re2::RE2::UNANCHORED, &found, 1);
    *example = std::string(found);
  }
  return matches;
}

struct TextColumnAt {
  const AuditContext& context;
  int column;
  const CellColumn& cells;
  TextScores& scores;
  Findings& findings;
};

void Report(const TextColumnAt& at, const std::vector<char>& bad, const std::string& what,
            const std::string& fix, const char* kind, Severity severity, float score) {
  const std::vector<int64_t> rows = RowsWith(at.cells, bad);
  if (rows.empty()) return;
  const Dataset& data = at.context.data;
  std::vector<float> of_code;
  for (const char is_bad : bad) of_code.push_back(is_bad ? score : 1.0F);
  at.scores.Add(at.cells, of_code);
  Finding& finding = at.findings.Add(
      severity, PlaceOf(data, rows[0], at.column),
      FormatCount(static_cast<int64_t>(rows.size())) + " of the texts in '" +
          data.columns[static_cast<size_t>(at.column)].name + "' " +
          (rows.size() == 1 ? "has " : "have ") + what + ": " + RowsText(data, rows),
      fix);
  finding.confidence = 0.9;
  finding.detail = RowsDetail(data, rows);
  finding.detail["kind"] = kind;
}

void ReportPassages(const TextColumnAt& at, const PassageOptions& options) {
  const std::vector<Passage> passages = RepeatedPassages(at.cells.text, options);
  for (size_t i = 0; i < std::min(passages.size(), kMostPassages); ++i) {
    const Passage& passage = passages[i];
    std::vector<char> bad(at.cells.text.size(), 0);
    for (const int32_t text : passage.texts) bad[static_cast<size_t>(text)] = 1;
    const bool most = 2 * passage.texts.size() > at.cells.text.size();
    Report(at, bad,
           "the same " + FormatCount(passage.words) + " words, '" + Shorten(passage.text, 70) + "'",
           most ? "cut it out: what all texts have tells none apart"
                : "cut it out, and see whether the texts that have it come from one source",
           "passage", most ? Severity::kInfo : Severity::kWarning, 0.4F);
  }
}

bool Look(const AuditContext& context, int column, TextScores* scores, Findings& findings) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  scores->Add(cells, std::vector<float>(cells.text.size(), 1.0F));
  const TextColumnAt at = {context, column, cells, *scores, findings};
  std::string example;
  const std::vector<char> markup = Matching(cells.text, Markup(), &example);
  Report(at, markup, "remains of markup such as " + Quote(example),
         "take the text out of the markup, or strip tags and entities", "markup",
         Severity::kWarning, 0.4F);
  const std::vector<char> phrases = Matching(cells.text, Phrases(), &example);
  Report(at, phrases, "phrases of mailers or web pages such as " + Quote(example),
         "cut footers and signatures off before training", "phrase", Severity::kWarning, 0.4F);
  ReportPassages(at, {.words = context.settings.at("words").get<int>(),
                      .share = context.settings.at("share").get<double>(),
                      .sample = context.sample,
                      .seed = context.seed});
  return true;
}

void Run(const AuditContext& context, Findings& findings) {
  LookAtTexts(context, &Look, "", findings);
}

}  // namespace

const Check& Boilerplate() {
  static const Check check = {&BoilerplateSpec, &Run};
  return check;
}

}  // namespace bottega
