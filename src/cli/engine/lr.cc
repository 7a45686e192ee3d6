// `lr find` and `lr show`.
#include <algorithm>
#include <cmath>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/fit_project.h"
#include "cli/output.h"
#include "cli/print.h"
#include "cli/sketch.h"
#include "report/page.h"
#include "report/plot.h"
#include "report/plot_file.h"
#include "spec/page.h"
#include "train/lr_range.h"
#include "train/schedule_curve.h"

namespace bottega {

namespace {

constexpr int kSketchHeight = 14;
constexpr size_t kDrawnPoints = 400;

std::string Footer() { return std::string("bottega ") + kVersion + " · " + NowUtc(); }

void CheckPlot(const Invocation& call, const char* verb) {
  CheckOutput({.path = call.Text("out"),
               .endings = {".svg", ".html"},
               .command = std::string("bottega ") + verb + " -o "});
}

// The plot alone, or a page with what was said about it.
void WritePlot(const std::string& path, const LinePlot& plot, const std::string& kicker,
               const std::string& html) {
  if (path.empty()) return;
  if (path.ends_with(".svg")) return WriteFileAtomic(path, SvgDocument(Draw(plot)));
  WriteFileAtomic(path, RenderPage({.title = plot.title,
                                    .kicker = kicker,
                                    .sections = {{"plot", "The rates", Draw(plot) + html}},
                                    .footer = Footer()}));
}

int Width() { return std::min(TerminalWidth(1), 100); }

std::string Rate(const std::optional<double>& rate) { return rate ? FormatNumber(*rate, 2) : "-"; }

std::vector<std::vector<std::string>> RangeRows(const LrRange& range) {
  return {{"loss begins to fall", Rate(range.begins)},
          {"falls fastest", Rate(range.steepest)},
          {"lowest", Rate(range.lowest)},
          {"diverges", range.diverged && !range.points.empty()
                           ? FormatNumber(range.points.back().lr, 2)
                           : "not up to " + FormatNumber(range.points.back().lr, 2)},
          {"suggested", Rate(range.suggested)}};
}

// Losses that have exploded would press the rest of the curve flat.
double Ceiling(const LrRange& range) {
  double first = range.points.front().smooth, low = first;
  for (const LrPoint& p : range.points) low = std::min(low, p.smooth);
  return first + (first - low) / 2;
}

LinePlot RangePlot(const LrRange& range) {
  LinePlot plot{.title = "Loss by learning rate",
                .x_label = "learning rate",
                .y_label = "training loss",
                .caption =
                    "Each point is a step; the line is a running mean. What lies above the "
                    "frame has diverged.",
                .log_x = true};
  Series each{.name = "loss of a batch"}, smooth{.name = "running mean"};
  const double ceiling = Ceiling(range), nan = std::nan("");
  for (const LrPoint& p : range.points) {
    each.x.push_back(p.lr);
    each.y.push_back(p.loss <= ceiling ? p.loss : nan);
    smooth.x.push_back(p.lr);
    smooth.y.push_back(p.smooth <= ceiling ? p.smooth : nan);
  }
  each.dashed = true;
  plot.series = {smooth, each};
  if (range.suggested) {
    plot.mark_x = *range.suggested;
    plot.mark_label = FormatNumber(*range.suggested, 2);
  }
  return plot;
}

// Two digits are as many as the test can tell.
std::string SetLine(const LrRange& range, const std::vector<std::string>& sets) {
  if (!range.suggested) return "";
  return "bottega train" + SetWords(sets) +
         " --set train.optimizer.lr=" + FormatNumber(*range.suggested, 2);
}

void PrintRange(std::ostream& out, const LrRange& range, const std::string& command) {
  const LinePlot plot = RangePlot(range);
  out << DrawSketch({.curves = {{.x = plot.series[0].x, .y = plot.series[0].y}},
                     .log_x = true,
                     .mark_x = range.suggested.value_or(0),
                     .x_label = "learning rate",
                     .y_label = "loss",
                     .width = Width(),
                     .height = kSketchHeight});
  std::vector<std::vector<std::string>> rows = RangeRows(range);
  rows.insert(rows.begin(), {"what", "rate"});
  PrintTable(out, rows, Width());
  out << range.reason << "\n";
  if (!command.empty()) out << "next: " << command << "\n";
}

}  // namespace

Json RunLrFind(Invocation& call) {
  CheckPlot(call, "lr find");
  const LrRangeOptions options = {.low = call.args.at("low").get<double>(),
                                  .high = call.args.at("high").get<double>(),
                                  .steps = call.args.at("steps").get<int64_t>()};
  if (options.high <= options.low) {
    throw Error(ErrorKind::kUsage, "--high must be above --low", {},
                "bottega lr find --low 1e-6 --high 10");
  }
  const DryInputs dry(call.sets);
  const LrRange range = FindLearningRate(dry.inputs(), options);
  if (range.points.empty()) {
    throw Error(ErrorKind::kRecipe, "the loss is no number at the first rate already", {},
                "bottega lr find --low " + FormatNumber(options.low / 1000));
  }
  const std::string command = SetLine(range, call.sets);
  WritePlot(call.Text("out"), RangePlot(range), "Learning-rate range test",
            HtmlTable({"What", "Rate"}, RangeRows(range), {1}) + "<p>" + EscapeHtml(range.reason) +
                "</p>" +
                (command.empty() ? "" : "<pre><code>" + EscapeHtml(command) + "</code></pre>"));
  if (!call.json) PrintRange(*call.out, range, command);
  Json result = RangeToJson(range);
  result["optimizer"] = dry.recipe()["train"]["optimizer"]["name"];
  result["command"] = command;
  return result;
}

namespace {

LinePlot SchedulePlot(const ScheduleCurve& curve) {
  LinePlot plot{
      .title = "Learning rate by epoch",
      .x_label = "epoch",
      .y_label = "learning rate",
      .caption = curve.follows_scores
                     ? "As long as the score improves; each standstill multiplies the rate."
                     : ""};
  Series series{.name = curve.schedule};
  const size_t every = std::max<size_t>(1, curve.rates.size() / kDrawnPoints);
  for (size_t i = 0; i < curve.rates.size(); ++i) {
    if (i % every != 0 && i + 1 != curve.rates.size()) continue;
    series.x.push_back(static_cast<double>(i) / static_cast<double>(curve.steps_per_epoch));
    series.y.push_back(curve.rates[i]);
  }
  plot.series = {series};
  return plot;
}

}  // namespace

Json RunLrShow(Invocation& call) {
  CheckPlot(call, "lr show");
  const DryInputs dry(call.sets);
  const ScheduleCurve curve = CurveOfSchedule(dry.inputs());
  const LinePlot plot = SchedulePlot(curve);
  const auto highest = std::ranges::max_element(curve.rates);
  const std::string facts = curve.schedule + ": " + FormatCount(curve.epochs) + " epochs of " +
                            FormatCount(curve.steps_per_epoch) + " steps; the rate is " +
                            FormatNumber(curve.rates.front(), 3) + " at first, at most " +
                            FormatNumber(*highest, 3) + " (step " +
                            FormatCount(highest - curve.rates.begin() + 1) + "), " +
                            FormatNumber(curve.rates.back(), 3) + " at last";
  WritePlot(call.Text("out"), plot, "Schedule", "<p>" + EscapeHtml(facts) + "</p>");
  if (!call.json) {
    *call.out << DrawSketch({.curves = {{.x = plot.series[0].x, .y = plot.series[0].y}},
                             .x_label = "epoch",
                             .y_label = "rate",
                             .width = Width(),
                             .height = kSketchHeight})
              << Wrap(facts, Width(), 0);
    if (!plot.caption.empty()) *call.out << plot.caption << "\n";
  }
  return {{"schedule", curve.schedule},
          {"lr", curve.lr},
          {"epochs", curve.epochs},
          {"steps_per_epoch", curve.steps_per_epoch},
          {"rates", curve.rates}};
}

}  // namespace bottega
