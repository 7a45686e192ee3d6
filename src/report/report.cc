#include "report/report.h"

#include "base/text.h"
#include "base/version.h"
#include "report/baselines.h"
#include "report/diagnosis_html.h"
#include "report/page.h"
#include "report/score.h"
#include "report/sections.h"

namespace bottega {

namespace {

constexpr const char* kCss = R"css(
.verdict { font: 600 1.6rem/1.3 var(--serif); padding: .2rem 0 .2rem 1rem;
  border-left: 5px solid var(--accent); margin: 0 0 1.6rem; max-width: 46rem; }
.verdict.good { border-color: var(--good); }
.verdict.warning { border-color: var(--warn); }
.verdict.error { border-color: var(--bad); }
.strip { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.4rem, 1fr));
  gap: 0; margin: 0 0 1.6rem; border-top: 1px solid var(--ink); max-width: 46rem; }
.score { padding: .7rem 1rem .2rem 0; }
.score + .score { padding-left: 1rem; border-left: 1px solid var(--line); }
.score p { margin: 0; overflow-wrap: normal; }
.score .part { font-size: .84rem; font-weight: 600; color: var(--muted); }
.score .value { font: 600 2.1rem/1.25 var(--serif); font-variant-numeric: tabular-nums lining-nums;
  white-space: nowrap; }
.score .range { font-size: .86rem; font-variant-numeric: tabular-nums; }
.score .note { line-height: 1.4; margin-top: .2rem; }
.beside { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 26rem); gap: 2.4rem;
  align-items: start; margin-bottom: 1.2rem; }
.remarks { margin: 0; }
.remarks dt { font-weight: 600; padding-left: .8rem; border-left: 4px solid var(--accent); }
.remarks dt.good { border-color: var(--good); }
.remarks dt.warning { border-color: var(--warn); }
.remarks dt.error { border-color: var(--bad); }
.remarks dd { margin: .1rem 0 .95rem; padding-left: calc(.8rem + 4px); }
.verdicts { margin: 0 0 1.6rem; max-width: 46rem; }
.verdicts dt { font-weight: 600; padding-left: .8rem; border-left: 4px solid var(--accent); }
.verdicts dt.good { border-color: var(--good); }
.verdicts dt.warning { border-color: var(--warn); }
.verdicts dd { margin: .1rem 0 .95rem; padding-left: calc(.8rem + 4px); }
.gallery { list-style: none; padding: 0; display: grid; gap: 1.2rem 1rem;
  grid-template-columns: repeat(auto-fill, minmax(9.2rem, 1fr)); }
.gallery p { margin: .35rem 0 0; font-size: .86rem; line-height: 1.4; }
.gallery .note { font-size: .78rem; }
.frame { background: var(--panel); aspect-ratio: 1; display: grid; place-items: center;
  border: 1px solid var(--line); border-radius: 3px; overflow: hidden; }
.frame img { max-width: 100%; max-height: 100%; }
td.wide { min-width: 14rem; overflow-wrap: anywhere; }
@media (max-width: 52rem) { .beside { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 40rem) {
  .verdict { font-size: 1.3rem; }
  .score { padding-right: .5rem; }
  .score + .score { padding-left: .6rem; }
  .score .value { font-size: 1.45rem; }
  .score .note, .score .range { font-size: .78rem; }
  .gallery { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
)css";

std::string Capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] -= 'a' - 'A';
  return text;
}

std::string Title(const Json& facts) {
  const std::string purpose = PlainText(Member(Member(Member(facts, "recipe"), "use"), "purpose"));
  if (!purpose.empty()) return Capitalized(purpose);
  std::string source = PlainText(Member(Member(Member(facts, "recipe"), "data"), "source"));
  while (source.size() > 1 && source.ends_with('/')) source.pop_back();
  source = source.substr(source.rfind('/') + 1);
  return source.empty() ? "Run " + PlainText(Member(facts, "run")) : "A model of " + source;
}

std::string Subtitle(const Json& facts) {
  std::vector<std::string> parts = {"Run " + PlainText(Member(facts, "run"))};
  std::string model = PlainText(Member(Member(facts, "model"), "architecture"));
  if (model.empty()) model = PlainText(Member(Member(Member(facts, "recipe"), "model"), "name"));
  if (!model.empty()) parts.push_back(model);
  const std::string created = PlainText(Member(Member(facts, "manifest"), "created"));
  if (!created.empty()) parts.push_back(created.substr(0, 10));
  return Join(parts, " · ");
}

}  // namespace

std::string RenderReport(const Json& facts) {
  Page page{.title = Title(facts),
            .kicker = "Training report",
            .subtitle = Subtitle(facts),
            .css = kCss,
            .footer = std::string("Written by bottega ") + kVersion +
                      ". This page is one file and loads nothing."};
  const bool numbers = Member(Member(facts, "metrics"), "task") == "regression";
  const std::vector<std::tuple<std::string, std::string, std::string>> sections = {
      {"overview", "In short", OverviewHtml(facts)},
      {"data", "Data and balance", DataHtml(facts)},
      {"audit", "What the audit found", AuditSectionHtml(facts)},
      {"repairs", "What was repaired", RepairsHtml(facts)},
      {"curves", "Training", CandidatesHtml(facts) + CurvesHtml(facts)},
      {"diagnosis", "What holds it back", DiagnosisChapter(Member(facts, "diagnosis"))},
      {"scores", "Scores", ScoresHtml(facts)},
      {"folds", "Cross-validation", CrossValidationHtml(facts)},
      {"seeds", "Other seeds", SeedsHtml(facts)},
      {"baselines", "Is it worth it?", BaselinesHtml(facts)},
      {"confusion", numbers ? "Errors" : "What is taken for what", ConfusionHtml(facts)},
      {"mistakes", "The worst mistakes", MistakesHtml(facts)},
      {"groups", "Sensitive groups", GroupsHtml(facts)},
      {"calibration", "Can its probabilities be trusted?", CalibrationHtml(facts)},
      {"reproduce", "How to reproduce it", ReproduceHtml(facts)}};
  for (const auto& [id, heading, html] : sections) {
    if (!html.empty()) page.sections.push_back({id, heading, html});
  }
  return RenderPage(page);
}

}  // namespace bottega
