#include "report/diagnosis_html.h"

#include <cmath>

#include "base/text.h"
#include "base/version.h"
#include "report/page.h"
#include "report/plot.h"
#include "report/score.h"
#include "report/sections.h"

namespace bottega {

namespace {

constexpr const char* kCss = R"css(
.verdicts { margin: 0 0 1.6rem; max-width: 46rem; }
.verdicts dt { font-weight: 600; padding-left: .8rem; border-left: 4px solid var(--accent); }
.verdicts dt.good { border-color: var(--good); }
.verdicts dt.warning { border-color: var(--warn); }
.verdicts dd { margin: .1rem 0 .95rem; padding-left: calc(.8rem + 4px); }
.verdicts dd p { margin: .15rem 0; }
ol.changes { max-width: 46rem; padding-left: 1.4rem; }
ol.changes li { margin-bottom: .9rem; }
)css";

double NumberAt(const Json& json, const char* key) {
  const Json& value = Member(json, key);
  return value.is_number() ? value.get<double>() : std::nan("");
}

std::string Short(double value) { return std::isnan(value) ? "–" : FormatNumber(value, 3); }
std::string ShortAt(const Json& json, const char* key) { return Short(NumberAt(json, key)); }

std::string RangeOf(const Json& estimate) {
  return ShortAt(estimate, "value") + " (" + ShortAt(estimate, "low") + " to " +
         ShortAt(estimate, "high") + ")";
}

std::string VerdictsHtml(const Json& diagnosis) {
  std::string html = "<dl class=\"verdicts\">";
  for (const Json& verdict : Member(diagnosis, "verdicts")) {
    html += "<dt class=\"" + EscapeHtml(PlainText(verdict.at("level"))) + "\">" +
            EscapeHtml(PlainText(verdict.at("title"))) + "</dt><dd>";
    for (const Json& line : verdict.at("evidence")) html += Paragraph(PlainText(line));
    html += "</dd>";
  }
  return html + "</dl>";
}

std::string ChangesHtml(const Json& diagnosis) {
  const Json& changes = Member(diagnosis, "changes");
  if (!changes.is_array() || changes.empty()) return "";
  std::string html = "<ol class=\"changes\">";
  for (const Json& change : changes) {
    html += "<li>" + EscapeHtml(PlainText(change.at("why")));
    const bool known = change.at("gain").is_object();
    if (known) html += ": validation loss lower by " + EscapeHtml(RangeOf(change.at("gain")));
    if (!change.at("measured").get<bool>()) {
      html += known ? " <span class=\"note\">(expected, not measured)</span>"
                    : " <span class=\"note\">(not measured here)</span>";
    }
    html += "<pre tabindex=\"0\" role=\"group\" aria-label=\"command\"><code>" +
            EscapeHtml(PlainText(Member(change, "command"))) + "</code></pre></li>";
  }
  return html + "</ol>";
}

std::string CurvesOf(const Json& diagnosis) {
  LinePlot plot{.title = "Loss by epoch", .x_label = "epoch", .y_label = "loss"};
  for (const char* part : {"train", "validation"}) {
    Series series{.name = part};
    for (const Json& point : Member(diagnosis, "curve")) {
      series.x.push_back(NumberAt(point, "epoch"));
      series.y.push_back(NumberAt(point, (std::string(part) + ".loss").c_str()));
    }
    if (!series.x.empty()) plot.series.push_back(std::move(series));
  }
  if (plot.series.empty()) return "";
  const double best = NumberAt(Member(diagnosis, "epochs"), "best");
  if (best > 0) {
    plot.mark_x = best;
    plot.mark_label = "kept";
  }
  return Draw(plot);
}

std::string FitHtml(const Json& diagnosis) {
  const Json& fit = Member(diagnosis, "fit");
  if (!fit.is_object()) return "";
  const std::string score = PlainText(Member(fit, "score"));
  const std::string label = Replace(score, "_", " ");
  std::string html = HtmlTable(
      {"", "rows", "loss", "95 % interval", label},
      {{"training", FormatCount(static_cast<int64_t>(NumberAt(fit, "train_rows"))),
        ShortAt(fit.at("train"), "value"),
        ShortAt(fit.at("train"), "low") + " to " + ShortAt(fit.at("train"), "high"),
        ShortAt(fit, "train_score")},
       {"validation", FormatCount(static_cast<int64_t>(NumberAt(fit, "validation_rows"))),
        ShortAt(fit.at("validation"), "value"),
        ShortAt(fit.at("validation"), "low") + " to " + ShortAt(fit.at("validation"), "high"),
        ShortAt(fit, "validation_score")},
       {"gap", "", ShortAt(fit.at("gap"), "value"),
        ShortAt(fit.at("gap"), "low") + " to " + ShortAt(fit.at("gap"), "high"), ""}},
      {1, 2, 3, 4}, "The kept weights, without dropout and augmentation");
  return "<div class=\"figures\">" + CurvesOf(diagnosis) + "</div>" + html +
         Paragraph(
             "Loss here is -log of the probability of the true class, or the squared error "
             "in units of the target's spread, whatever the training minimized. Always "
             "giving the same answer costs " +
                 ShortAt(diagnosis, "guessing") + ".",
             "note");
}

std::string TrialsHtml(const Json& diagnosis) {
  const Json& trials = Member(diagnosis, "trials");
  if (!trials.is_array() || trials.empty()) return "";
  const Json& plan = Member(diagnosis, "plan");
  IntervalPlot plot{.title = "What one change brings",
                    .x_label = "validation loss lower by",
                    .reference = 0,
                    .reference_label = "as it is"};
  std::vector<std::vector<std::string>> rows;
  const std::string score = PlainText(Member(Member(diagnosis, "fit"), "score"));
  rows.push_back({"as it is", ShortAt(Member(diagnosis, "base"), "loss"),
                  ShortAt(Member(diagnosis, "base"), "score"), "", ""});
  for (const Json& trial : trials) {
    const std::string name = PlainText(trial.at("name"));
    if (!trial.contains("gain")) {
      rows.push_back({name, "–", "–", PlainText(Member(trial, "error")), ""});
      continue;
    }
    const Json& gain = trial.at("gain");
    plot.rows.push_back(
        {name, NumberAt(gain, "value"), NumberAt(gain, "low"), NumberAt(gain, "high"), 0});
    rows.push_back({name, ShortAt(trial, "loss"), ShortAt(trial, "score"), RangeOf(gain),
                    ShortAt(trial, "p_adjusted")});
  }
  const std::string how =
      "Each training changes one thing, on " +
      FormatCount(static_cast<int64_t>(NumberAt(plan, "rows"))) + " training rows and the same " +
      ShortAt(plan, "seeds") +
      " seeds, judged on the same validation rows. Intervals cover rows and seeds; p is adjusted "
      "for the number of changes (Holm).";
  return Paragraph(how) + "<div class=\"figures\">" + Draw(plot) + "</div>" +
         HtmlTable({"Change", "loss", Replace(score, "_", " "), "better by", "p"}, rows,
                   {1, 2, 3, 4}, "Trainings with one change");
}

std::string DataCurveHtml(const Json& diagnosis) {
  const Json& curve = Member(diagnosis, "learning_curve");
  if (!curve.is_object()) return "";
  Series points{.name = "trainings", .points = true}, law{.name = "fitted", .dashed = true};
  for (const Json& point : curve.at("points")) {
    points.x.push_back(NumberAt(point, "rows"));
    points.y.push_back(NumberAt(point, "loss"));
    points.x.push_back(NumberAt(point, "rows"));
    points.y.push_back(std::nan(""));
  }
  const double rows = NumberAt(curve, "rows"), last = rows * NumberAt(curve, "factor");
  constexpr int kSteps = 60;
  for (int i = 0; i <= kSteps; ++i) {
    const double n = rows / 8 + (last - rows / 8) * i / kSteps;
    law.x.push_back(n);
    law.y.push_back(NumberAt(curve, "offset") +
                    NumberAt(curve, "scale") * std::pow(n, -NumberAt(curve, "exponent")));
  }
  LinePlot plot{.title = "Validation loss by training rows",
                .x_label = "training rows",
                .y_label = "validation loss",
                .series = {points, law},
                .mark_x = rows,
                .mark_label = "now"};
  const std::string fitted = "loss = " + ShortAt(curve, "offset") + " + " +
                             ShortAt(curve, "scale") + " rows^-" + ShortAt(curve, "exponent");
  std::string html = Paragraph("Fitted: " + fitted +
                               ". With twice the rows the loss is expected to "
                               "fall by " +
                               RangeOf(curve.at("gain")) + ".");
  if (!curve.at("trustworthy").get<bool>()) {
    html += Paragraph("The fit is not trustworthy: " + PlainText(curve.at("why")) + ".", "note");
  }
  return html + "<div class=\"figures\">" + Draw(plot) + "</div>";
}

std::string LayersHtml(const Json& diagnosis) {
  const Json& layers = Member(diagnosis, "layers");
  if (!layers.is_array() || layers.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const Json& layer : layers) {
    const bool hidden = NumberAt(layer, "dead") >= 0;
    rows.push_back({PlainText(layer.at("name")), PlainText(layer.at("units")),
                    hidden ? PlainText(layer.at("dead")) : "–", ShortAt(layer, "weight_norm"),
                    ShortAt(layer, "gradient_norm"), ShortAt(layer, "update_ratio")});
  }
  return HtmlTable({"Layer", "units", "dead", "weight norm", "gradient norm", "update ratio"}, rows,
                   {1, 2, 3, 4, 5}, "Layers of the kept weights") +
         Paragraph(
             "A dead unit has no influence on the answer for any row of a sample. The update "
             "ratio is the change of the weights in a step as a share of their size, the "
             "median over steps during training at the full learning rate; 0.001 is usual.",
             "note");
}

std::string RunningHtml(const Json& diagnosis) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& verdict : Member(diagnosis, "running")) {
    rows.push_back({PlainText(verdict.at("epoch")), PlainText(verdict.at("text"))});
  }
  return rows.empty() ? "" : HtmlTable({"Epoch", "What was said"}, rows, {0});
}

}  // namespace

std::string DiagnosisChapter(const Json& diagnosis) {
  if (!diagnosis.is_object()) return "";
  const std::string changes = ChangesHtml(diagnosis);
  return VerdictsHtml(diagnosis) +
         (changes.empty() ? "" : "<h3>Changes, the most useful first</h3>" + changes);
}

std::string RenderDiagnosis(const Json& diagnosis) {
  Page page{.title = "What holds the model back",
            .kicker = "Diagnosis",
            .subtitle = "Run " + PlainText(Member(diagnosis, "run")),
            .css = kCss,
            .footer = std::string("Written by bottega ") + kVersion +
                      ". This page is one file and loads nothing."};
  const std::vector<std::tuple<std::string, std::string, std::string>> sections = {
      {"verdicts", "In short", VerdictsHtml(diagnosis)},
      {"changes", "Changes, the most useful first", ChangesHtml(diagnosis)},
      {"fit", "Training and validation", FitHtml(diagnosis)},
      {"trials", "One change at a time", TrialsHtml(diagnosis)},
      {"data", "Would more data help?", DataCurveHtml(diagnosis)},
      {"layers", "Layers", LayersHtml(diagnosis)},
      {"running", "Said while it was trained", RunningHtml(diagnosis)}};
  for (const auto& [id, heading, html] : sections) {
    if (!html.empty()) page.sections.push_back({id, heading, html});
  }
  return RenderPage(page);
}

}  // namespace bottega
