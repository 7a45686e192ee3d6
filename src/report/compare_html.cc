#include "report/compare_html.h"

#include <cmath>
#include <limits>

#include "base/text.h"
#include "base/version.h"
#include "report/page.h"
#include "report/plot.h"
#include "report/score.h"

namespace bottega {

namespace {

double NumberOf(const Json& value) {
  return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

std::string Cell(const std::string& metric, const Json& score) {
  if (!score["value"].is_number()) return "–";
  const std::string range = RangeText(
      metric, {NumberOf(score["value"]), NumberOf(score["low"]), NumberOf(score["high"])});
  return ScoreText(metric, NumberOf(score["value"])) + (range.empty() ? "" : " (" + range + ")");
}

std::string ScoresTable(const Json& facts) {
  std::vector<std::string> head = {"Score"};
  for (const Json& run : facts["runs"]) head.push_back(run["run"].get<std::string>());
  std::vector<std::vector<std::string>> rows;
  for (const Json& score : facts["scores"]) {
    const std::string metric = score["metric"].get<std::string>();
    rows.push_back({MetricLabel(metric)});
    for (const Json& one : score["values"]) rows.back().push_back(Cell(metric, one));
  }
  return HtmlTable(head, rows, {}, "Scores on the same rows");
}

// As much of an id as fits beside a plot: 20261201-092758-4cd1 is 092758-4cd1, or 4cd1.
std::string ShortId(const Json& id) {
  const std::string whole = id.get<std::string>();
  const size_t date = whole.find('-');
  return date == std::string::npos ? whole : whole.substr(date + 1);
}

std::string ShortestId(const Json& id) {
  const std::string whole = id.get<std::string>();
  return whole.substr(whole.rfind('-') + 1);
}

std::string ScorePlot(const Json& facts, const Json& score) {
  const std::string metric = score["metric"].get<std::string>();
  IntervalPlot plot{.title = MetricLabel(metric) + " of each run", .x_label = MetricLabel(metric)};
  for (size_t i = 0; i < facts["runs"].size(); ++i) {
    const Json& one = score["values"][i];
    plot.rows.push_back({ShortId(facts["runs"][i]["run"]), NumberOf(one["value"]),
                         NumberOf(one["low"]), NumberOf(one["high"]), 0});
  }
  plot.percent = IsShare(metric);
  plot.caption =
      "Each interval is that of one run by itself. Intervals that overlap do not say that there is "
      "no difference: on the same rows the test below sees more.";
  return Draw(plot);
}

std::string DifferencePlot(const Json& score) {
  const std::string metric = score["metric"].get<std::string>();
  IntervalPlot plot{.title = "Differences of " + MetricLabel(metric),
                    .x_label = "difference of " + MetricLabel(metric)};
  for (const Json& test : score["tests"]) {
    plot.rows.push_back({ShortestId(test["b"]) + " − " + ShortestId(test["a"]),
                         NumberOf(test["difference"]), NumberOf(test["low"]),
                         NumberOf(test["high"]), 1});
  }
  plot.reference = 0;
  plot.reference_label = "no difference";
  plot.percent = IsShare(metric);
  plot.caption =
      "Paired: both runs answer the same rows in every draw. Together the intervals hold.";
  return Draw(plot);
}

std::string TestsTable(const Json& facts, const Json& score) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& test : score["tests"]) {
    rows.push_back(
        {test["a"].get<std::string>(), test["b"].get<std::string>(),
         FormatNumber(NumberOf(test["difference"]), 3),
         FormatNumber(NumberOf(test["low"]), 3) + " to " + FormatNumber(NumberOf(test["high"]), 3),
         ProbabilityText(NumberOf(test["adjusted"])), test["method"].get<std::string>(),
         ComparisonVerdict(facts, score, test)});
  }
  return HtmlTable({"Run", "against", "difference", "interval", "adjusted", "test", "verdict"},
                   rows, {2}, "Tests of " + MetricLabel(score["metric"].get<std::string>()));
}

std::string Opening(const Json& facts) {
  std::string html = "<p class=\"lead\">" + FormatCount(facts["rows"].get<int64_t>()) +
                     " rows of the " + EscapeHtml(facts["part"].get<std::string>()) +
                     " part were answered by all " + std::to_string(facts["runs"].size()) +
                     " runs.</p>";
  for (const Json& note : facts["notes"]) {
    html += "<p class=\"note\">" + EscapeHtml(note.get<std::string>()) + "</p>";
  }
  return html;
}

}  // namespace

std::string ProbabilityText(double p) {
  if (std::isnan(p)) return "p unknown";
  return p < 0.001 ? "p < 0.001" : "p = " + FormatNumber(p, 2);
}

std::string ComparisonVerdict(const Json& facts, const Json& score, const Json& test) {
  const double adjusted = NumberOf(test["adjusted"]), difference = NumberOf(test["difference"]);
  const bool shown = adjusted < 1 - facts["level"].get<double>() && difference != 0;
  if (!shown) return "no difference shown";
  const bool b_better = (difference > 0) == score["larger_is_better"].get<bool>();
  return test[b_better ? "b" : "a"].get<std::string>() + " is better";
}

std::string RenderComparison(const Json& facts) {
  Page page{.title = "Comparison of runs",
            .kicker = "bottega runs compare",
            .footer = std::string("bottega ") + kVersion};
  std::vector<std::string> ids;
  for (const Json& run : facts["runs"]) ids.push_back(run["run"].get<std::string>());
  page.subtitle = Join(ids, ", ");
  for (const Json& score : facts["scores"]) {
    if (score["tests"].empty()) continue;
    const std::string metric = score["metric"].get<std::string>();
    page.sections.push_back({LowerAscii(Replace(metric, "_", "-")), MetricLabel(metric),
                             (page.sections.empty() ? Opening(facts) : "") +
                                 "<div class=\"figures\">" + ScorePlot(facts, score) +
                                 DifferencePlot(score) + "</div><div class=\"scroll\">" +
                                 TestsTable(facts, score) + "</div>"});
  }
  page.sections.push_back(
      {"scores", "All scores", "<div class=\"scroll\">" + ScoresTable(facts) + "</div>"});
  return RenderPage(page);
}

}  // namespace bottega
