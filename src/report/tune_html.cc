#include "report/tune_html.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "report/page.h"
#include "report/plot.h"

namespace bottega {

namespace {

constexpr size_t kMostCurves = 8, kMostRows = 200;

double NumberOr(const Json& value, double otherwise) {
  return value.is_number() ? value.get<double>() : otherwise;
}

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool Better(const Json& facts, double a, double b) {
  return facts["larger_is_better"].get<bool>() ? a > b : a < b;
}

const Json* BestTrial(const Json& facts) {
  for (const Json& trial : facts["trials"]) {
    if (trial["trial"] == facts.value("best", Json())) return &trial;
  }
  return nullptr;
}

std::string ValueOf(const Json& value) {
  if (value.is_number_float()) return FormatNumber(value.get<double>(), 4);
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string Winner(const Json& facts, const std::string& run) {
  const Json* best = BestTrial(facts);
  if (best == nullptr) return "<p>No trial has ended yet.</p>";
  std::string html = "<p class=\"lead\">Trial " + std::to_string((*best)["trial"].get<int64_t>()) +
                     " reached " + EscapeHtml(facts["metric"].get<std::string>()) + " " +
                     FormatNumber(NumberOr((*best)["score"], kNone), 4) +
                     ".</p><dl class=\"facts\">";
  for (const auto& [path, value] : (*best)["settings"].items()) {
    html += "<dt>" + EscapeHtml(path) + "</dt><dd>" + EscapeHtml(ValueOf(value)) + "</dd>";
  }
  html +=
      "</dl><p class=\"note\">It was chosen on the validation part, so that its score there "
      "flatters it a little. <code>bottega evaluate " +
      EscapeHtml(run) + "</code> measures it on rows that the search did not see.</p>";
  return html;
}

// What a trial trains for: "epoch", or "round" of trees.
std::string UnitOf(const Json& facts) { return facts.value("unit", "epoch"); }

std::string Progress(const Json& facts) {
  Series each{.name = "trial", .points = true}, best{.name = "best so far"};
  double so_far = kNone;
  bool pruned = false;
  for (const Json& trial : facts["trials"]) {
    const double score = NumberOr(trial["score"], kNone);
    pruned |= trial["error"] == "" && trial["stopped"] == "";
    if (std::isfinite(score) && (std::isnan(so_far) || Better(facts, score, so_far)))
      so_far = score;
    each.x.push_back(trial["trial"].get<double>());
    each.y.push_back(score);
    best.x.push_back(trial["trial"].get<double>());
    best.y.push_back(so_far);
  }
  return Draw(
      LinePlot{.title = "Scores in the order of the trials",
               .x_label = "trial",
               .y_label = facts["metric"],
               .caption = pruned ? "Trials that were not gone on with score worse than they would "
                                   "have."
                                 : "",
               .series = {each, best}});
}

// The best ones' learning curves.
std::string Curves(const Json& facts) {
  std::vector<const Json*> trials;
  for (const Json& trial : facts["trials"]) {
    if (trial["curve"].size() > 1) trials.push_back(&trial);
  }
  std::ranges::stable_sort(trials, [](const Json* a, const Json* b) {
    return (*a)["curve"].size() > (*b)["curve"].size();
  });
  if (trials.size() > kMostCurves) trials.resize(kMostCurves);
  if (trials.empty()) return "";
  LinePlot plot{.title = "Learning curves of the trials that were trained longest",
                .x_label = UnitOf(facts),
                .y_label = facts["metric"]};
  for (const Json* trial : trials) {
    Series series{.name = "trial " + std::to_string((*trial)["trial"].get<int64_t>())};
    double epoch = 0;
    for (const Json& value : (*trial)["curve"]) {
      series.x.push_back(++epoch);
      series.y.push_back(NumberOr(value, kNone));
    }
    plot.series.push_back(std::move(series));
  }
  return Draw(plot);
}

std::string ImportanceHtml(const Json& facts) {
  const Json importance = facts.value("importance", Json::array());
  if (importance.empty()) return "<p>Too few trials to tell.</p>";
  IntervalPlot plot{.title = "Share of the differences that each setting explains",
                    .x_label = "share",
                    .caption =
                        "Functional analysis of variance over boosted trees; whiskers: 90 % "
                        "over draws of the trials. Shares need not sum to 100 %: settings "
                        "also act together.",
                    .percent = true};
  for (const Json& one : importance) {
    plot.rows.push_back(
        {.label = one["path"], .value = one["share"], .low = one["low"], .high = one["high"]});
  }
  std::string html = Draw(plot) + "<div class=\"figures\">";
  for (const Json& one : importance) {
    Series series{.name = "all others averaged out"};
    bool numbers = true;
    for (const Json& value : one["values"]) numbers &= value.is_number();
    if (!numbers) continue;
    for (size_t i = 0; i < one["values"].size(); ++i) {
      series.x.push_back(one["values"][i].get<double>());
      series.y.push_back(one["rank"][i].get<double>());
    }
    const bool wide = series.x.front() > 0 && series.x.back() / series.x.front() > 50;
    if (wide)
      std::ranges::transform(series.x, series.x.begin(), [](double x) { return std::log10(x); });
    const std::string path = one["path"];
    html += Draw(LinePlot{.title = "by " + path,
                          .x_label = wide ? "log10 of " + path : path,
                          .y_label = "rank, 0 is best",
                          .series = {series}});
  }
  return html + "</div>";
}

std::string Table(const Json& facts) {
  std::string unit = UnitOf(facts) + "s";
  unit[0] = static_cast<char>(std::toupper(unit[0]));
  std::vector<std::string> head = {"Trial", unit, facts["metric"], "Ended"};
  std::vector<int> numeric = {0, 1, 2};
  std::vector<std::vector<std::string>> rows;
  for (const Json& trial : facts["trials"]) {
    if (rows.empty()) {
      for (const auto& [path, value] : trial["settings"].items()) head.push_back(path);
    }
    if (rows.size() == kMostRows) break;
    const std::string error = trial["error"], stopped = trial["stopped"];
    std::vector<std::string> row = {std::to_string(trial["trial"].get<int64_t>()),
                                    std::to_string(trial["epochs"].get<int64_t>()),
                                    FormatNumber(NumberOr(trial["score"], kNone), 4),
                                    !error.empty()    ? error
                                    : stopped.empty() ? "not gone on with"
                                                      : Replace(stopped, "_", " ")};
    for (const auto& [path, value] : trial["settings"].items()) row.push_back(ValueOf(value));
    rows.push_back(std::move(row));
  }
  std::string html = "<div class=\"scroll\">" + HtmlTable(head, rows, numeric) + "</div>";
  if (rows.size() < facts["trials"].size()) {
    html += "<p class=\"note\">The first " + std::to_string(kMostRows) + " of " +
            std::to_string(facts["trials"].size()) + "; tune.json has all.</p>";
  }
  return html;
}

}  // namespace

std::string TuneHtml(const Json& facts, const std::string& run) {
  Page page{.title = "Search for settings",
            .kicker = "Run " + run,
            .subtitle = std::to_string(facts["trials"].size()) + " trials by " +
                        facts["method"].get<std::string>()};
  if (facts["pruner"] != "none")
    page.subtitle += ", pruned by " + facts["pruner"].get<std::string>();
  page.sections = {{"winner", "The best settings", Winner(facts, run)},
                   {"progress", "How the search went",
                    "<div class=\"figures\">" + Progress(facts) + Curves(facts) + "</div>"},
                   {"importance", "What mattered", ImportanceHtml(facts)},
                   {"trials", "All trials", Table(facts)}};
  return RenderPage(page);
}

}  // namespace bottega
