#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "metric/metrics.h"
#include "report/page.h"
#include "report/plot.h"
#include "report/score.h"
#include "report/sections.h"

namespace bottega {

namespace {

double NumberOr(const Json& node, const std::string& key, double fallback) {
  const Json& value = Member(node, key);
  return value.is_number() ? value.get<double>() : fallback;
}

Series CurveOf(const Json& curve, const std::string& key, const std::string& name) {
  Series series{.name = name};
  for (const Json& record : curve) {
    series.x.push_back(NumberOr(record, "epoch", 0));
    series.y.push_back(NumberOr(record, key, std::nan("")));
  }
  return series;
}

bool Known(const Series& series) {
  return std::any_of(series.y.begin(), series.y.end(), [](double v) { return std::isfinite(v); });
}

// "epoch", "round", "iteration": what a record of the curve is.
std::string StepUnit(const Json& facts) {
  const Json& unit = Member(Member(Member(facts, "manifest"), "trained"), "unit");
  return unit.is_string() ? unit.get<std::string>() : "epoch";
}

// Whose curve it is, where it is not plain.
std::string Curved(const Json& facts) {
  const Json& shares = Member(Member(facts, "candidates"), "shares");
  if (!shares.is_object() || shares.size() < 2) return "";
  const auto heavier = [](const auto& a, const auto& b) { return a.value() < b.value(); };
  auto heaviest = shares.items().begin();
  for (auto it = shares.items().begin(); it != shares.items().end(); ++it) {
    if (heavier(*heaviest, *it)) heaviest = it;
  }
  return "The curve of the member with the largest share, " + heaviest.key() + ": ";
}

std::string Kept(const std::string& unit, double best, const std::string& watched) {
  if (unit == "iteration") return "; the weights of the last were kept";
  const std::string what = unit == "epoch" ? "the weights of epoch " : "the trees up to round ";
  return "; " + what + FormatNumber(best) + " were kept, the best by " + watched;
}

LinePlot CurvePlot(const Json& curve, const std::string& metric, const std::string& label,
                   const std::string& unit) {
  LinePlot plot{.title = label + " by " + unit, .x_label = unit, .y_label = label};
  for (const char* part : {"train", "validation"}) {
    Series series = CurveOf(curve, std::string(part) + "." + metric, part);
    if (Known(series)) plot.series.push_back(std::move(series));
  }
  // With train.average.
  Series raw = CurveOf(curve, "raw.validation." + metric, "validation, weights not averaged");
  if (Known(raw)) plot.series.push_back(std::move(raw));
  return plot;
}

// The epoch whose weights were kept: the best one by the score that early stopping watched.
double BestEpoch(const Json& facts, const Json& curve, std::string* watched) {
  if (StepUnit(facts) == "iteration") return NumberOr(curve.back(), "epoch", 0);
  const Json& stopping = Member(Member(Member(facts, "recipe"), "train"), "early_stopping");
  const Json& metrics = Member(stopping, "metric");
  *watched = metrics.empty() ? "" : PlainText(metrics.front());
  if (watched->empty() || !Member(curve.back(), *watched).is_number()) *watched = "validation.loss";
  const bool larger = LargerIsBetter(*watched);
  double best = NAN, epoch = 0;
  for (const Json& record : curve) {
    const double value = NumberOr(record, *watched, NAN);
    if (std::isnan(value) || (larger ? value <= best : value >= best)) continue;
    best = value;
    epoch = NumberOr(record, "epoch", 0);
  }
  return epoch;
}

std::string Gallery(const Json& rows) {
  std::string html = "<ul class=\"gallery\">";
  for (const Json& mistake : rows) {
    const std::string truth = PlainText(Member(mistake, "truth"));
    const std::string predicted = PlainText(Member(mistake, "predicted"));
    const std::string file = PlainText(Member(mistake, "file"));
    html += "<li><div class=\"frame\"><img src=\"" + EscapeHtml(PlainText(mistake.at("picture"))) +
            "\" alt=\"" + EscapeHtml(file + ", labelled " + truth) + "\"></div>";
    html += "<p><strong>" + EscapeHtml(truth) + "</strong> taken for <strong>" +
            EscapeHtml(predicted) + "</strong>";
    if (Member(mistake, "score").is_number()) {
      html += " (" + EscapeHtml(FormatPercent(mistake.at("score"), 0)) + ")";
    }
    html += "<br><span class=\"note\">" + EscapeHtml(file) + "</span></p></li>";
  }
  return html + "</ul>";
}

std::string MistakesTable(const Json& worst) {
  const bool numbers = !Member(worst, "mistakes").is_number();
  std::vector<std::string> head = {"Row", "true", "predicted"};
  std::vector<int> numeric = {0};
  if (numbers) numeric = {0, 1, 2};
  if (!numbers) {
    numeric.push_back(3);
    head.push_back("stated");
  }
  for (const Json& column : Member(worst, "columns")) head.push_back(PlainText(column));
  std::vector<std::vector<std::string>> rows;
  for (const Json& mistake : Member(worst, "rows")) {
    std::vector<std::string> row = {PlainText(Member(mistake, "row")),
                                    PlainText(Member(mistake, "truth")),
                                    PlainText(Member(mistake, "predicted"))};
    if (!numbers) row.push_back(FormatPercent(NumberOr(mistake, "score", NAN)));
    for (const Json& cell : Member(mistake, "cells")) row.push_back(PlainText(cell));
    rows.push_back(std::move(row));
  }
  return HtmlTable(head, rows, numeric, "The worst answers");
}

std::string GroupPlot(const std::string& column, const Json& groups, const std::string& score) {
  IntervalPlot plot{.title = Replace(score, "_", " ") + " by " + column,
                    .x_label = Replace(score, "_", " "),
                    .percent = IsShare(score)};
  for (const auto& [name, scores] : groups.items()) {
    const Score s = ScoreAt(scores, score);
    plot.rows.push_back({name, s.value, s.low, s.high, 0});
  }
  return Draw(plot);
}

std::string GroupColumn(const std::string& name, const Json& column) {
  constexpr size_t kMostGroupsDrawn = 20;
  const Json& groups = column.at("groups");
  if (groups.empty()) return "";
  std::string html = "<h3>" + EscapeHtml(name) + "</h3>";
  for (const Json& warning : column.at("warnings")) html += Paragraph(PlainText(warning), "note");
  std::vector<std::string> head = {name, "rows"}, scores;
  for (const auto& [score, value] : groups.begin()->items()) {
    if (score != "rows") scores.push_back(score);
  }
  std::vector<int> numeric = {1};
  for (const std::string& score : scores) {
    numeric.push_back(static_cast<int>(head.size()));
    head.push_back(Replace(score, "_", " "));
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& [group, values] : groups.items()) {
    std::vector<std::string> row = {group, FormatCount(values.value("rows", int64_t{0}))};
    for (const std::string& score : scores) {
      const Score s = ScoreAt(values, score);
      row.push_back(s.known() ? ScoreText(score, s.value) : "–");
    }
    rows.push_back(std::move(row));
  }
  if (groups.size() <= kMostGroupsDrawn) {
    html += "<div class=\"figures\">";
    for (const char* score : {"selection_rate", "recall", "balanced_accuracy", "mae"}) {
      if (groups.begin()->contains(score)) html += GroupPlot(name, groups, score);
    }
    html += "</div>";
  }
  html += HtmlTable(head, rows, numeric, "Scores of each group of " + name);
  rows.clear();
  for (const auto& [gap, value] : column.at("gaps").items()) {
    const Score s = ScoreAt(column.at("gaps"), gap);
    rows.push_back(
        {Replace(gap, "_", " "), s.known() ? ScoreText("gap", s.value) : "–", RangeText("gap", s)});
  }
  return html + HtmlTable({"Gap", "value", "95 % interval"}, rows, {1, 2}, "Gaps of " + name);
}

}  // namespace

std::string CurvesHtml(const Json& facts) {
  const Json& curve = Member(facts, "curve");
  if (!curve.is_array() || curve.empty()) return "";
  std::string watched;
  const double best = BestEpoch(facts, curve, &watched);
  const Json& primary = Member(Member(facts, "metrics"), "primary");
  const std::string metric = primary.is_string() ? primary.get<std::string>() : "accuracy";
  const std::string unit = StepUnit(facts);
  const std::string size = FormatCount(static_cast<int64_t>(curve.size())) + " " + unit +
                           (curve.size() == 1 ? "" : "s") + " in " +
                           FormatDuration(NumberOr(curve.back(), "seconds", 0));
  if (curve.size() == 1) return Paragraph(size + ".");
  std::string html =
      Paragraph(Curved(facts) + size + (best > 0 ? Kept(unit, best, watched) : "") + ".");
  html += "<div class=\"figures\">";
  for (const auto& [name, label] :
       {std::pair<std::string, std::string>{"loss", "loss"}, {metric, MetricLabel(metric)}}) {
    LinePlot plot = CurvePlot(curve, name, label, unit);
    if (plot.series.empty()) continue;
    if (best > 0) {
      plot.mark_x = best;
      plot.mark_label = "kept";
    }
    html += Draw(plot);
  }
  html += "</div>";
  for (const Json& said : Member(facts, "said")) {
    html += Paragraph("Epoch " + PlainText(said.at("epoch")) + ": " + PlainText(said.at("text")));
  }
  if (unit != "epoch") return html;
  return html +
         "<p class=\"note\">Training values are means over the epoch, with "
         "augmentation and dropout active; validation is measured at its end.</p>";
}

std::string MistakesHtml(const Json& facts) {
  const Json& worst = Member(facts, "worst");
  const Json& rows = Member(worst, "rows");
  if (!rows.is_array()) return "";
  const std::string part = PlainText(Member(worst, "part"));
  if (rows.empty()) return Paragraph("There is no mistake on the " + part + " part.");
  std::string html;
  const Json& mistakes = Member(worst, "mistakes");
  if (mistakes.is_number()) {
    const int64_t count = mistakes.get<int64_t>();
    html +=
        Paragraph(FormatCount(count) + (count == 1 ? " mistake" : " mistakes") + " on the " + part +
                  " part; here are those it was surest of. Look for wrong labels "
                  "among them.");
  } else {
    html += Paragraph("The rows of the " + part + " part whose answers are furthest off.");
  }
  if (Member(worst, "note").is_string()) html += Paragraph(PlainText(worst.at("note")), "note");
  const bool pictures = rows[0].contains("picture");
  return html + (pictures ? Gallery(rows) : MistakesTable(worst));
}

std::string GroupsHtml(const Json& facts) {
  const Json& fairness = Member(facts, "fairness");
  const char* part = Member(fairness, "test").is_object() ? "test" : "validation";
  const Json& columns = Member(fairness, part);
  if (!columns.is_object() || columns.empty()) return "";
  std::string html = Paragraph(
      std::string("How the model fares on each group of the sensitive columns, on the ") + part +
      " part. A gap is the largest difference between two groups, so it is above 0 by chance "
      "alone: read the interval.");
  for (const auto& [name, column] : columns.items()) html += GroupColumn(name, column);
  return html;
}

}  // namespace bottega
