#include "train/optim_race.h"

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
#include "report/page.h"
#include "report/plot.h"

namespace bottega {

namespace {

// The recipe's own settings for its optimizer, the defaults for the others.
std::vector<Json> Contestants(const Invocation& call, const Json& own) {
  auto names = call.args.at("optimizers").get<std::vector<std::string>>();
  if (names.empty()) names = call.catalog->Names("optimizer");
  std::vector<Json> optimizers;
  for (const std::string& name : names) {
    if (name == own.at("name")) {
      optimizers.push_back(own);
      continue;
    }
    Json settings = {{"name", name}};
    for (const Param& param : call.catalog->Find("optimizer", name)->params) {
      settings[param.name] = param.fallback;
    }
    optimizers.push_back(settings);
  }
  return optimizers;
}

std::string Score(double value) {
  return std::isfinite(value) ? FormatNumber(value, 4) : "diverged";
}

std::string Interval(const MeanInterval& value) {
  if (!std::isfinite(value.interval.low)) return "";
  return FormatNumber(value.interval.low, 3) + " to " + FormatNumber(value.interval.high, 3);
}

std::vector<std::vector<std::string>> Rows(const Race& race) {
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < race.entries.size(); ++i) {
    const RaceEntry& entry = race.entries[i];
    rows.push_back(
        {std::to_string(i + 1), entry.name(),
         FormatNumber(entry.optimizer.at("lr").get<double>(), 3) + (entry.at_edge ? " (edge)" : ""),
         Score(entry.score.mean), Interval(entry.score), i == 0 ? "" : Interval(entry.behind),
         FormatCount(entry.steps), FormatDuration(entry.seconds)});
  }
  return rows;
}

const std::vector<std::string>& Head() {
  static const std::vector<std::string> head = {"",         "optimizer", "lr",    "score",
                                                "interval", "behind by", "steps", "time"};
  return head;
}

// Which ones the race could not tell from the winner.
std::string Outcome(const Race& race) {
  if (!std::isfinite(race.entries.front().score.mean)) return "All diverged: lower the rates.";
  std::vector<std::string> equals;
  for (size_t i = 1; i < race.entries.size(); ++i) {
    const RaceEntry& entry = race.entries[i];
    if (std::isfinite(entry.score.mean) && !ClearlyBehind(entry)) equals.push_back(entry.name());
  }
  const std::string best = race.entries.front().name();
  if (race.entries.size() == 1) return "";
  return equals.empty() ? best + " is ahead of all others."
                        : best + " is first; not told apart from it: " + Join(equals, ", ") + ".";
}

std::string EdgeNote(const Race& race) {
  std::vector<std::string> names;
  for (const RaceEntry& entry : race.entries) {
    if (entry.at_edge) names.push_back(entry.name());
  }
  if (names.empty()) return "";
  return "The best rate of " + Join(names, ", ") +
         " was the lowest or highest tried: more --tries may do better.";
}

std::string Command(const Race& race, const std::vector<std::string>& sets) {
  const Json& best = race.entries.front().optimizer;
  return "bottega train" + SetWords(sets) +
         " --set train.optimizer=" + best.at("name").get<std::string>() +
         " --set train.optimizer.lr=" + FormatNumber(best.at("lr").get<double>(), 4);
}

std::string PageOf(const Race& race, const std::string& source, const std::string& command) {
  IntervalPlot plot{
      .title = race.score.path() + " by optimizer",
      .x_label = race.score.path() + (race.score.lower_is_better ? " (lower is better)" : ""),
      .caption = "Mean over seeds with a 95 % interval (Student's t)."};
  for (const RaceEntry& entry : race.entries) {
    plot.rows.push_back({.label = entry.name(),
                         .value = entry.score.mean,
                         .low = entry.score.interval.low,
                         .high = entry.score.interval.high,
                         .series = ClearlyBehind(entry) ? 7 : 0});
  }
  const std::string notes = "<p class=\"lead\">" + EscapeHtml(Outcome(race)) + "</p><p>" +
                            EscapeHtml(EdgeNote(race)) + "</p>";
  Page page{.title = "Optimizer race",
            .kicker = source,
            .footer = std::string("bottega ") + kVersion + " · " + NowUtc()};
  page.sections = {{"ranking", "Ranking", notes + Draw(plot)},
                   {"numbers", "Numbers", HtmlTable(Head(), Rows(race), {3, 6})},
                   {"next", "Next", "<pre><code>" + EscapeHtml(command) + "</code></pre>"}};
  return RenderPage(page);
}

}  // namespace

Json RunOptimRace(Invocation& call) {
  const std::string html = call.Text("html");
  CheckOutput({.path = html, .endings = {".html"}, .command = "bottega optim race --html "});
  const DryInputs dry(call.sets);
  const Race race = RaceOptimizers(
      dry.inputs(), {.optimizers = Contestants(call, dry.recipe()["train"]["optimizer"]),
                     .epochs = call.args.at("epochs").get<int64_t>(),
                     .tries = call.args.at("tries").get<int>(),
                     .spacing = call.args.at("spacing").get<double>(),
                     .seeds = call.args.at("seeds").get<int>()});
  const std::string command = Command(race, call.sets);
  if (!html.empty()) {
    WriteFileAtomic(html, PageOf(race, dry.recipe()["data"]["source"].get<std::string>(), command));
  }
  if (!call.json) {
    std::vector<std::vector<std::string>> rows = Rows(race);
    rows.insert(rows.begin(), Head());
    *call.out << race.score.path() << " on " << FormatCount(race.rows) << " validation rows\n";
    PrintTable(*call.out, rows, std::max(TerminalWidth(1), 80));
    for (const std::string& line : {Outcome(race), EdgeNote(race)}) {
      if (!line.empty()) *call.out << line << "\n";
    }
    *call.out << "next: " << command << "\n";
  }
  Json result = RaceToJson(race);
  result["command"] = command;
  return result;
}

}  // namespace bottega
