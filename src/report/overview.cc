#include <cmath>

#include "base/text.h"
#include "report/plot.h"
#include "report/score.h"
#include "report/sections.h"
#include "report/verdict.h"

namespace bottega {

namespace {

std::string PartLabel(const std::string& part) {
  if (part == "train") return "Train";
  return part == "test" ? "Test" : "Validation";
}

std::string PartMeaning(const std::string& part) {
  if (part == "train") return "what it learned from";
  return part == "test" ? "never seen before" : "used to choose the best epoch";
}

// The primary metric of each part, side by side.
std::string ScoreStrip(const Json& facts, const std::string& metric) {
  const Json& metrics = Member(facts, "metrics");
  std::string html = "<div class=\"strip\">";
  for (const std::string& part : PartsOf(metrics)) {
    const Json& scores = Member(metrics, part);
    const Score score = ScoreAt(scores, metric);
    const std::string range = RangeText(metric, score);
    html += "<div class=\"score\"><p class=\"part\">" + PartLabel(part) +
            "</p><p class=\"value\">" + EscapeHtml(ScoreText(metric, score.value)) + "</p>";
    if (!range.empty()) html += "<p class=\"range\">" + EscapeHtml(range) + "</p>";
    html += "<p class=\"note\">" + EscapeHtml(CountOf(scores.value("rows", int64_t{0}), facts)) +
            ", " + PartMeaning(part) + "</p></div>";
  }
  return html + "</div>";
}

std::string PartsPlot(const Json& facts, const std::string& metric) {
  const Json& metrics = Member(facts, "metrics");
  const std::string judged = JudgedPart(metrics);
  IntervalPlot plot{.title = "Side by side, with 95 % intervals",
                    .x_label = MetricLabel(metric),
                    .percent = IsShare(metric)};
  for (const std::string& part : PartsOf(metrics)) {
    const Score score = ScoreAt(Member(metrics, part), metric);
    plot.rows.push_back({PartLabel(part), score.value, score.low, score.high, part == judged});
  }
  plot.reference = ScoreAt(Member(Member(metrics, judged), "baseline"), metric).value;
  if (std::isfinite(plot.reference)) plot.reference_label = "guessing";
  const bool number = Member(metrics, "task") == "regression";
  plot.caption = std::string("“Guessing” always answers the ") +
                 (number ? "mean" : "most frequent class") +
                 " of the training part. Bars are what the same model would score on other "
                 "samples of the same size, 95 times of 100.";
  return Draw(plot);
}

std::string Remarks(const Verdict& verdict) {
  std::string html = "<dl class=\"remarks\">";
  for (const Remark& remark : verdict.remarks) {
    html += "<dt class=\"" + remark.kind + "\">" + EscapeHtml(remark.title) + "</dt><dd>" +
            Replace(EscapeHtml(remark.text), " %", "&nbsp;%") + "</dd>";
  }
  return html + "</dl>";
}

std::string ListHtml(const Json& items) {
  std::vector<std::string> texts;
  for (const Json& item : items) texts.push_back(PlainText(item));
  return EscapeHtml(Join(texts, ", "));
}

std::string UseFacts(const Json& facts) {
  const Json& use = Member(Member(facts, "recipe"), "use");
  std::string html;
  const auto add = [&](const std::string& name, const std::string& escaped) {
    if (!escaped.empty()) html += "<dt>" + name + "</dt><dd>" + escaped + "</dd>";
  };
  add("What it does", EscapeHtml(WhatItDoes(facts)));
  add("What it is for", EscapeHtml(PlainText(Member(use, "purpose"))));
  add("Whom it affects", EscapeHtml(PlainText(Member(use, "affected"))));
  add("Must not be used for", ListHtml(Member(use, "excluded_uses")));
  add("Who answers for it", EscapeHtml(PlainText(Member(use, "owner"))));
  std::vector<std::string> costs;
  for (const auto& [kind, cost] : Member(use, "error_costs").items()) {
    costs.push_back(Replace(kind, "_", " ") + ": " + PlainText(cost));
  }
  add("What errors cost", EscapeHtml(Join(costs, ", ")));
  const Json& sample = Member(Member(facts, "manifest"), "sample");
  if (sample.is_object()) {
    add("A sample of its use", EscapeHtml(PlainText(Member(sample, "file")) + ": " +
                                          CountOf(sample.value("rows", int64_t{0}), facts) + "; " +
                                          PlainText(Member(sample, "fits"))));
  }
  return "<dl class=\"facts\">" + html + "</dl>";
}

std::string Questions(const Json& facts) {
  const std::vector<std::string> open = OpenQuestions(facts);
  if (open.empty()) return "";
  std::string html =
      "<div class=\"callout warning\"><p><strong>Open questions.</strong> Nobody has answered "
      "these yet; the answers belong into the <code>use</code> section of "
      "<code>bottega.yaml</code>.</p><ul>";
  for (const std::string& question : open) {
    const size_t colon = question.find(": ");
    html += "<li>" + EscapeHtml(question.substr(colon + 2)) + " <code>" +
            EscapeHtml(question.substr(0, colon)) + "</code></li>";
  }
  return html + "</ul></div>";
}

// A model that learned from a person who was forgotten since.
std::string StaleHtml(const Json& facts) {
  const Json& stale = Member(facts, "stale");
  if (!stale.is_string()) return "";
  return "<div class=\"callout warning\"><p><strong>Stale.</strong> This model " +
         EscapeHtml(stale.get<std::string>()) +
         "; <code>bottega forget --retrain</code> replaces those that learned from them.</p></div>";
}

}  // namespace

std::string Paragraph(const std::string& text, const std::string& css_class) {
  const std::string attribute = css_class.empty() ? "" : " class=\"" + css_class + "\"";
  return "<p" + attribute + ">" + EscapeHtml(text) + "</p>\n";
}

std::string PlainText(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return FormatNumber(value.get<double>(), 6);
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string OverviewHtml(const Json& facts) {
  const Verdict verdict = JudgeRun(facts);
  std::string html = "<p class=\"verdict " + verdict.kind + "\">" + EscapeHtml(verdict.headline) +
                     "</p>\n" + UseFacts(facts);
  const Json& metrics = Member(facts, "metrics");
  if (!PartsOf(metrics).empty()) {
    const std::string metric = metrics.value("primary", "accuracy");
    const std::string label = MetricLabel(metric);
    html += "<h3>How good it is: " + EscapeHtml(label) + "</h3>" + ScoreStrip(facts, metric);
    html += "<div class=\"beside\">" + Remarks(verdict) + PartsPlot(facts, metric) + "</div>";
  }
  return html + StaleHtml(facts) + Questions(facts);
}

}  // namespace bottega
