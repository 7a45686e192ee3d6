#include "report/baselines.h"

#include <algorithm>
#include <cmath>

#include "base/terminal.h"
#include "base/text.h"
#include "report/page.h"
#include "report/plot.h"
#include "report/score.h"
#include "report/sections.h"

namespace bottega {

namespace {

// "logistic regression", as people call it.
std::string Called(const std::string& name, bool values) {
  if (name == "majority") return values ? "always the mean" : "always the class shares";
  if (name == "linear") return values ? "ridge regression" : "logistic regression";
  if (name == "knn") return "nearest neighbours";
  if (name == "boosted_trees") return "boosted trees";
  return name;
}

bool HasValues(const Json& facts) {
  return Member(Member(facts, "metrics"), "task") == "regression";
}

// "+1.2 points" or "+0.031".
std::string Signed(const std::string& metric, double gain) {
  const double shown = IsShare(metric) ? 100 * gain : gain;
  const std::string text = FormatNumber(std::abs(shown), 2);
  return (shown < 0 && text != "0" ? "−" : "+") + text;
}

std::string Unit(const std::string& metric) { return IsShare(metric) ? " points" : ""; }

std::string GainRange(const std::string& metric, const Score& gain) {
  if (!gain.has_interval()) return "";
  return Signed(metric, gain.low) + " to " + Signed(metric, gain.high);
}

Score GainOf(const Json& gain) {
  return {ScoreAt(Json{{"v", {{"value", Member(gain, "value")}}}}, "v").value,
          ScoreAt(Json{{"v", {{"value", Member(gain, "low")}}}}, "v").value,
          ScoreAt(Json{{"v", {{"value", Member(gain, "high")}}}}, "v").value};
}

std::string Seconds(const Json& entry) {
  if (Member(entry, "from") == "candidate") return "candidate";
  return FormatDuration(entry.value("seconds", 0.0));
}

}  // namespace

bool HasBaselines(const Json& facts) {
  return Member(Member(facts, "baselines"), "worth").is_object();
}

Remark AboutBaselines(const Json& facts) {
  const Json& baselines = Member(facts, "baselines");
  const Json& worth = Member(baselines, "worth");
  const std::string metric = PlainText(Member(worth, "metric"));
  const std::string against = PlainText(Member(worth, "against"));
  const std::string name = Called(against, HasValues(facts));
  const Score gain = GainOf(Member(worth, "gain"));
  const std::string measured = Signed(metric, gain.value) + Unit(metric) + " of " +
                               MetricLabel(metric) + " on the " + PlainText(Member(worth, "part")) +
                               " part (95 % interval " + GainRange(metric, gain) + ")";
  const std::string model = PlainText(Member(baselines, "model"));
  const std::string verdict = PlainText(Member(worth, "verdict"));
  if (verdict == "better") {
    return {"good", "Worth it beside simple models",
            "The simple model that is best on validation is " + name + "; " + model +
                " is better by " + measured + "."};
  }
  const std::string instead = "`bottega train --set model=" + against + "`";
  if (verdict == "worse") {
    return {"warning", "A simple model does better",
            "Against " + name + " it comes to " + measured + ": take that instead, with " +
                instead + "."};
  }
  return {"info", "Not shown to be worth it",
          "Against the simple model that is best on validation, " + name + ", it comes to " +
              measured + ": no difference is shown. The simpler one may do: " + instead + "."};
}

std::string BaselinesText(const Json& facts) {
  if (!HasBaselines(facts)) return "";
  const Json& baselines = Member(facts, "baselines");
  const Json& worth = Member(baselines, "worth");
  const std::string metric = PlainText(Member(worth, "metric"));
  const std::string part = PlainText(Member(worth, "part"));
  const auto pad = [](const std::string& text, int cells) {
    return text + std::string(static_cast<size_t>(std::max(1, cells - DisplayWidth(text))), ' ');
  };
  std::string text = Paint(pad("simple models", 18) + pad(part + " " + metric, 26) + "gain of " +
                               PlainText(Member(baselines, "model")),
                           Style::kBold) +
                     "\n";
  for (const Json& entry : Member(baselines, "baselines")) {
    const Json& scored = Member(entry, part);
    const Json& score = Member(Member(scored, "scores"), metric);
    const Score gain = GainOf(Member(scored, "gain"));
    text += pad(PlainText(Member(entry, "name")), 18) +
            pad(score.is_number() ? ScoreText(metric, score.get<double>()) : "–", 26);
    if (gain.known()) text += Signed(metric, gain.value);
    if (gain.has_interval()) {
      text += " [" + Signed(metric, gain.low) + ", " + Signed(metric, gain.high) + "]";
    }
    text += "\n";
  }
  return text + "\n";
}

std::string BaselinesHtml(const Json& facts) {
  if (!HasBaselines(facts)) return "";
  const Json& baselines = Member(facts, "baselines");
  const Json& worth = Member(baselines, "worth");
  const std::string metric = PlainText(Member(worth, "metric"));
  const std::string part = PlainText(Member(worth, "part"));
  IntervalPlot plot{.title = "Gain over each simple model, " + part + " part",
                    .x_label = "gain in " + MetricLabel(metric),
                    .percent = IsShare(metric)};
  std::vector<std::vector<std::string>> rows;
  for (const Json& entry : Member(baselines, "baselines")) {
    const Json& scored = Member(entry, part);
    const Json& score = Member(Member(scored, "scores"), metric);
    const Score gain = GainOf(Member(scored, "gain"));
    const std::string name = Called(PlainText(Member(entry, "name")), HasValues(facts));
    plot.rows.push_back({name, gain.value, gain.low, gain.high, 0});
    rows.push_back({name, score.is_number() ? ScoreText(metric, score.get<double>()) : "–",
                    gain.known() ? Signed(metric, gain.value) + Unit(metric) : "–",
                    GainRange(metric, gain), FormatCount(entry.value("rows", int64_t{0})),
                    Seconds(entry)});
  }
  std::string html = Paragraph(AboutBaselines(facts).text);
  html += Paragraph(
      "Each was fitted on the same training rows with quick settings and answered "
      "the same " +
          part +
          " rows; the intervals are of the difference, from the same "
          "draws for both.",
      "note");
  html += Draw(plot);
  return html + HtmlTable({"Simple model", MetricLabel(metric),
                           "gain of " + PlainText(Member(baselines, "model")), "95 % interval",
                           "training rows", "time"},
                          rows, {1, 2, 3, 4, 5}, "Simple models beside this one");
}

std::string CandidatesHtml(const Json& facts) {
  const Json& record = Member(facts, "candidates");
  if (!record.is_object()) return "";
  const std::string kept = PlainText(Member(record, "kept"));
  std::string html = "<h3>What was tried</h3>";
  html += Paragraph(kept == "blend"
                        ? "A blend was kept: the mean of its members' answers, weighted by share."
                        : "The best on the validation part was kept: " + kept + ".");
  std::vector<std::vector<std::string>> rows;
  for (const Json& c : Member(record, "candidates")) {
    if (!c.value("trained", false)) {
      rows.push_back({PlainText(Member(c, "name")), "left out: " + PlainText(Member(c, "reason")),
                      "", "", ""});
      continue;
    }
    const int64_t steps = c.value("steps", int64_t{0});
    const double share = c.value("share", 0.0);
    const Json& score = Member(c, "score");
    rows.push_back(
        {PlainText(Member(c, "name")),
         score.is_number() ? FormatNumber(score.get<double>(), 4) : "–",
         FormatCount(steps) + " " + PlainText(Member(c, "unit")) + (steps == 1 ? "" : "s"),
         FormatDuration(c.value("seconds", 0.0)), share > 0 ? FormatPercent(share, 0) : "–"});
  }
  return html +
         HtmlTable({"Candidate", PlainText(Member(record, "metric")), "steps", "time", "share"},
                   rows, {1, 2, 3, 4}, "Candidates of model: auto");
}

}  // namespace bottega
