#include "base/text.h"
#include "metric/metrics.h"
#include "report/page.h"
#include "report/plot.h"
#include "report/score.h"
#include "report/sections.h"

namespace bottega {

namespace {

constexpr size_t kMostClassesDrawn = 30;

std::string CellOf(const std::string& metric, const Score& score) {
  if (!score.known()) return "–";
  const std::string range = RangeText(metric, score);
  return ScoreText(metric, score.value) + (range.empty() ? "" : "  (" + range + ")");
}

std::string AllScores(const Json& metrics) {
  const std::vector<std::string> parts = PartsOf(metrics);
  const std::string judged = JudgedPart(metrics);
  std::vector<std::string> head = {"Metric"};
  std::vector<int> numeric;
  for (const std::string& part : parts) {
    numeric.push_back(static_cast<int>(head.size()));
    head.push_back(part);
  }
  numeric.push_back(static_cast<int>(head.size()));
  head.push_back("guessing (" + judged + ")");
  const Task task =
      metrics.value("task", "") == "regression" ? Task::kRegression : Task::kClassification;
  std::vector<std::vector<std::string>> rows;
  for (const std::string& metric : MetricNames(task)) {
    std::vector<std::string> row = {MetricLabel(metric) + (LargerIsBetter(metric) ? "" : " ↓")};
    for (const std::string& part : parts) {
      row.push_back(CellOf(metric, ScoreAt(Member(metrics, part), metric)));
    }
    row.push_back(CellOf(metric, ScoreAt(Member(Member(metrics, judged), "baseline"), metric)));
    rows.push_back(std::move(row));
  }
  return HtmlTable(head, rows, numeric,
                   "Every metric of every part, with 95 % intervals; "
                   "↓ marks those where lower is better");
}

std::string PerClass(const Json& metrics) {
  const std::string part = JudgedPart(metrics);
  const Json& classes = Member(Member(metrics, part), "per_class");
  if (!classes.is_object()) return "";
  std::vector<std::vector<std::string>> rows;
  IntervalPlot plot{.title = "Recall of each class, " + part + " part",
                    .x_label = "share of the class that is found",
                    .percent = true};
  for (const auto& [name, scores] : classes.items()) {
    rows.push_back({name, WeightText(scores.value("weight", 0.0)),
                    CellOf("precision", ScoreAt(scores, "precision")),
                    CellOf("recall", ScoreAt(scores, "recall")),
                    CellOf("f1", ScoreAt(scores, "f1"))});
    const Score recall = ScoreAt(scores, "recall");
    plot.rows.push_back({name, recall.value, recall.low, recall.high, 0});
  }
  std::string html = "<h3>Class by class</h3>";
  if (plot.rows.size() <= kMostClassesDrawn) html += Draw(plot);
  return html + HtmlTable({"Class", "rows", "precision", "recall", "F1"}, rows, {1, 2, 3, 4},
                          "Scores of each class, " + part + " part");
}

std::string Warnings(const Json& metrics) {
  std::string items;
  for (const std::string& part : PartsOf(metrics)) {
    for (const Json& warning : Member(Member(metrics, part), "warnings")) {
      items += "<li><strong>" + part + ":</strong> " + EscapeHtml(PlainText(warning)) + "</li>";
    }
  }
  return items.empty() ? "" : "<div class=\"callout warning\"><ul>" + items + "</ul></div>";
}

}  // namespace

std::string ScoresHtml(const Json& facts) {
  const Json& metrics = Member(facts, "metrics");
  if (PartsOf(metrics).empty()) return "";
  std::string html = Warnings(metrics) + AllScores(metrics);
  const Json& positive = Member(metrics, "positive");
  if (positive.is_string()) {
    html += "<p class=\"note\">Precision, recall and F1 are of the class “" +
            EscapeHtml(positive.get<std::string>()) + "”.</p>";
  }
  return html + PerClass(metrics);
}

std::string ConfusionHtml(const Json& facts) {
  const Json& metrics = Member(facts, "metrics");
  const std::string part = JudgedPart(metrics);
  const Json& residuals = Member(facts, "residuals");
  if (residuals.is_array() && !residuals.empty()) {
    return Draw(Histogram{.title = "Errors on the " + part + " part",
                          .x_label = "predicted − true",
                          .caption = "Centred on 0 and narrow is good; a tail to one side means "
                                     "that large values are missed on that side.",
                          .values = residuals.get<std::vector<double>>()});
  }
  const Json& confusion = Member(Member(metrics, part), "confusion");
  if (!confusion.is_array()) return "";
  return Draw(Heatmap{.title = "Confusion on the " + part + " part",
                      .x_label = "predicted",
                      .y_label = "true",
                      .caption = "Each row is a true class; the outlined diagonal is right. Cells "
                                 "are shaded by their share of the row.",
                      .labels = Member(metrics, "classes").get<std::vector<std::string>>(),
                      .values = confusion.get<std::vector<std::vector<double>>>()});
}

std::string CalibrationHtml(const Json& facts) {
  const Json& metrics = Member(facts, "metrics");
  const std::string part = JudgedPart(metrics);
  const Json& calibration = Member(Member(metrics, part), "calibration");
  if (!calibration.is_object() || calibration.at("bins").empty()) return "";
  Series observed{.name = "observed", .points = true};
  std::vector<std::vector<std::string>> rows;
  for (const Json& bin : calibration.at("bins")) {
    if (!bin.at("predicted").is_number()) continue;
    observed.x.push_back(bin.at("predicted"));
    observed.y.push_back(bin.at("observed"));
    rows.push_back({FormatPercent(bin.at("low"), 0) + " to " + FormatPercent(bin.at("high"), 0),
                    WeightText(bin.at("weight")), FormatPercent(bin.at("predicted")),
                    FormatPercent(bin.at("observed"))});
  }
  const std::string of = calibration.value("of", "");
  const std::string what = Member(metrics, "positive").is_string()
                               ? "When it says “" + of +
                                     "” with probability p, is it so p of the "
                                     "time? On the dashed line it is."
                               : "When it gives its answer probability p, is it right p of the "
                                 "time? On the dashed line it is.";
  std::string html = Paragraph(what + " Below the line it is too sure of itself.");
  html += "<div class=\"figures\">";
  html += Draw(LinePlot{.title = "Calibration, " + part + " part",
                        .x_label = "stated probability",
                        .y_label = "observed share",
                        .series = {observed},
                        .diagonal = true,
                        .unit_square = true});
  return html + "<div>" +
         HtmlTable({"stated", "rows", "mean stated", "observed"}, rows, {1, 2, 3},
                   "Calibration by bins") +
         "</div></div>";
}

}  // namespace bottega
