#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/print.h"
#include "cli/verbs/verbs.h"
#include "metric/number_json.h"
#include "metric/paired_scores.h"
#include "report/compare_html.h"
#include "report/score.h"
#include "run/run_folder.h"
#include "split/row_plan.h"

namespace bottega {

const Spec& RunsCompareSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "runs compare",
      .one_line = "scores of runs side by side on the same rows, with a paired test",
      .text =
          "Two runs that answer the same rows are compared row by row: what makes a row hard for "
          "both cancels, so that smaller differences are seen than by comparing intervals. "
          "Accuracy "
          "is tested exactly (McNemar), other scores by a paired bootstrap; of several tests the "
          "p-values are adjusted (Holm) and the intervals widened, so that all of them hold at "
          "once. "
          "Where the runs were tested on different rows, the rows that all of them answered are "
          "taken, and their number is said.",
      .params = {{.name = "runs",
                  .type = ParamType::kTextList,
                  .what = "two runs or more: ids, parts of them, folders, or latest",
                  .required = true,
                  .positional = true},
                 {.name = "metric",
                  .type = ParamType::kTextList,
                  .what = "the scores to test (default: the primary one of the first run)",
                  .fallback = Json::array(),
                  .unit = "NAME,..."},
                 {.name = "part",
                  .type = ParamType::kChoice,
                  .what = "of which rows",
                  .fallback = "test",
                  .choices = {"train", "validation", "test"},
                  .unit = "PART"},
                 {.name = "level",
                  .type = ParamType::kFloat,
                  .what = "of the intervals; 1 - level is the share of false alarms over all tests",
                  .fallback = 0.95,
                  .min = 0.5,
                  .max = 0.999},
                 {.name = "resamples",
                  .type = ParamType::kInt,
                  .what = "draws of the bootstrap",
                  .fallback = 2000,
                  .min = 200,
                  .max = 100000,
                  .larger = "more exact and slower"},
                 {.name = "html", .what = "write a page here", .unit = "FILE"}},
      .synonyms = {"significance", "mcnemar"},
      .examples = {"bottega runs compare 20261201-101500-0a1b latest --html compare.html"}};
  return spec;
}

namespace {

std::vector<RunFolder> RunsToCompare(const Invocation& call) {
  const auto names = call.args.at("runs").get<std::vector<std::string>>();
  std::vector<RunFolder> runs;
  for (const std::string& name : names) {
    const RunFolder run = FindRun(".", name);
    const auto same = [&](const RunFolder& other) { return other.id() == run.id(); };
    if (std::ranges::any_of(runs, same)) {
      throw Error(ErrorKind::kUsage, "run " + run.id() + " is named twice", {}, "bottega runs");
    }
    runs.push_back(run);
  }
  if (runs.size() < 2) {
    throw Error(ErrorKind::kUsage, "one run alone cannot be compared", {}, "bottega runs");
  }
  for (const RunFolder& run : runs) {
    if (run.Has("predictions.parquet")) continue;
    throw Error(ErrorKind::kMissing, "run " + run.id() + " has no predictions yet",
                {.file = run.File("predictions.parquet").string()}, "bottega evaluate " + run.id());
  }
  return runs;
}

// `row` is a number in the source: of other data it means something else.
void RequireSameData(const std::vector<RunFolder>& runs) {
  const auto hash = [](const RunFolder& run) {
    return run.Read("manifest.json").at("inputs").at("sha256").get<std::string>();
  };
  const std::string first = hash(runs[0]);
  for (const RunFolder& run : runs) {
    const std::string other = hash(run);
    if (other == first) continue;
    throw Error(ErrorKind::kData,
                "runs " + runs[0].id() + " and " + run.id() +
                    " were made from different data (SHA-256 " + first.substr(0, 12) + " and " +
                    other.substr(0, 12) + "): their rows are not the same things",
                {}, "bottega runs diff " + runs[0].id() + " " + run.id());
  }
}

PairedRows PairedRowsOf(const std::vector<RunFolder>& runs, const std::string& part) {
  std::vector<Predictions> models;
  for (const RunFolder& run : runs) {
    models.push_back(OfPart(ReadPredictions(run.File("predictions.parquet")), part));
  }
  PairedRows rows = PairRows(models);
  if (!rows.models[0].row.empty()) return rows;
  std::string seeds;
  for (const RunFolder& run : runs) {
    const Json split = run.Read("manifest.json").at("recipe").at("split");
    seeds += (seeds.empty() ? "" : ", ") + run.id() + ": split " + split.value("method", "") +
             ", seed " + split.value("seed", Json()).dump();
  }
  throw Error(ErrorKind::kData,
              "the " + part + " parts of these runs have no row in common (" + seeds +
                  "): nothing was answered by all of them",
              {}, "bottega runs diff " + runs[0].id() + " " + runs[1].id());
}

// Of each common row, as the first run's split has it; empty where it knows no groups.
std::vector<int64_t> GroupsOf(const RunFolder& run, const Predictions& predictions) {
  if (!run.Has("split.parquet")) return {};
  const RowPlan plan = ReadRowPlan(run.File("split.parquet"));
  if (std::ranges::all_of(plan.group, [](int64_t group) { return group < 0; })) return {};
  std::map<int64_t, int64_t> group_of;
  for (size_t i = 0; i < plan.row.size(); ++i) group_of[plan.row[i]] = plan.group[i];
  std::vector<int64_t> groups;
  int64_t alone = -1;
  for (const int64_t row : predictions.row) {
    const auto found = group_of.find(row);
    const bool known = found != group_of.end() && found->second >= 0;
    groups.push_back(known ? found->second : --alone);
  }
  // Where each is alone there is nothing to draw together.
  std::vector<int64_t> sorted = groups;
  std::ranges::sort(sorted);
  if (std::ranges::adjacent_find(sorted) == sorted.end()) return {};
  return groups;
}

std::vector<std::string> NotesOf(const std::vector<RunFolder>& runs, const PairedRows& rows,
                                 const std::string& part, bool grouped) {
  std::vector<std::string> notes;
  for (size_t i = 0; i < runs.size(); ++i) {
    if (rows.own[i] == rows.common) continue;
    notes.push_back("The " + part + " part of run " + runs[i].id() + " has " +
                    FormatCount(rows.own[i]) + " rows: only the " + FormatCount(rows.common) +
                    " that all runs answered are compared.");
  }
  if (rows.other_target > 0) {
    notes.push_back(FormatCount(rows.other_target) +
                    " rows are left out: the runs disagree on their true answer, as after a repair "
                    "of labels.");
  }
  if (grouped) {
    notes.push_back("Rows of one group are drawn together, as the split kept them together.");
  }
  return notes;
}

Json ScoreJson(const PairedScore& score, const std::vector<RunFolder>& runs) {
  Json values = Json::array(), tests = Json::array();
  for (size_t m = 0; m < runs.size(); ++m) {
    values.push_back(ValueJson(score.values[m], score.intervals[m]));
    values.back()["run"] = runs[m].id();
  }
  for (const PairedTest& test : score.tests) {
    tests.push_back({{"a", runs[test.a].id()},
                     {"b", runs[test.b].id()},
                     {"difference", NumberJson(test.difference)},
                     {"low", NumberJson(test.interval.low)},
                     {"high", NumberJson(test.interval.high)},
                     {"p", NumberJson(test.p)},
                     {"adjusted", NumberJson(test.adjusted)},
                     {"method", test.method},
                     {"only_a", test.only_a},
                     {"only_b", test.only_b}});
  }
  return {{"metric", score.metric},
          {"larger_is_better", score.larger_is_better},
          {"values", values},
          {"tests", tests}};
}

std::string PrimaryOf(const RunFolder& run, Task task) {
  const std::string fallback = task == Task::kClassification ? "accuracy" : "r2";
  return run.Has("metrics.json") ? run.Read("metrics.json").value("primary", fallback) : fallback;
}

Json Compare(const Invocation& call, const std::vector<RunFolder>& runs) {
  const std::string part = call.Text("part");
  const PairedRows rows = PairedRowsOf(runs, part);
  const std::vector<int64_t> group = GroupsOf(runs[0], rows.models[0]);
  std::vector<std::string> tested;
  for (const Json& word : call.args.at("metric")) {
    for (const std::string& name : Split(word.get<std::string>(), ',')) tested.push_back(name);
  }
  if (tested.empty()) tested = {PrimaryOf(runs[0], rows.models[0].task)};
  const PairedOptions options{.resamples = call.args.at("resamples").get<int>(),
                              .level = call.args.at("level").get<double>()};
  Json facts = {{"part", part},           {"rows", rows.models[0].size()},
                {"level", options.level}, {"resamples", options.resamples},
                {"adjustment", "holm"},   {"notes", NotesOf(runs, rows, part, !group.empty())},
                {"runs", Json::array()},  {"scores", Json::array()}};
  for (size_t i = 0; i < runs.size(); ++i) {
    facts["runs"].push_back({{"run", runs[i].id()}, {"rows", rows.own[i]}});
  }
  for (const PairedScore& score : ScorePaired(rows, group, tested, options)) {
    facts["scores"].push_back(ScoreJson(score, runs));
  }
  return facts;
}

void PrintScores(const Json& facts, std::ostream& out) {
  std::vector<std::vector<std::string>> rows = {{"score"}};
  for (const Json& run : facts["runs"]) rows[0].push_back(run["run"].get<std::string>());
  for (const Json& score : facts["scores"]) {
    const std::string metric = score["metric"].get<std::string>();
    rows.push_back({MetricLabel(metric)});
    for (const Json& value : score["values"]) {
      const Score one = ScoreAt({{"x", value}}, "x");
      const std::string range = RangeText(metric, one);
      rows.back().push_back(!one.known() ? "–"
                                         : ScoreText(metric, one.value) +
                                               (range.empty() ? "" : " (" + range + ")"));
    }
  }
  PrintTable(out, rows, std::max(TerminalWidth(1), 100));
}

std::string Signed(const Json& value) {
  if (!value.is_number()) return "–";
  const double number = value.get<double>();
  return (number > 0 ? "+" : "") + FormatNumber(number, 3);
}

void PrintTests(const Json& facts, std::ostream& out) {
  for (const Json& score : facts["scores"]) {
    for (const Json& test : score["tests"]) {
      const double p = test["adjusted"].is_number() ? test["adjusted"].get<double>() : NAN;
      out << "\n"
          << MetricLabel(score["metric"].get<std::string>()) << ", " << test["b"].get<std::string>()
          << " less " << test["a"].get<std::string>() << ": " << Signed(test["difference"]) << " ("
          << Signed(test["low"]) << " to " << Signed(test["high"]) << "), " << ProbabilityText(p)
          << " (" << test["method"].get<std::string>() << ")\n";
      const auto only_a = test["only_a"].get<int64_t>(), only_b = test["only_b"].get<int64_t>();
      if (only_a + only_b > 0) {
        out << "  " << FormatCount(only_b) << " rows only " << test["b"].get<std::string>()
            << " has right, " << FormatCount(only_a) << " only " << test["a"].get<std::string>()
            << "\n";
      }
      out << "  " << Paint(ComparisonVerdict(facts, score, test), Style::kBold) << "\n";
    }
  }
}

}  // namespace

Json RunRunsCompare(Invocation& call) {
  const std::vector<RunFolder> runs = RunsToCompare(call);
  RequireSameData(runs);
  CheckOutput(
      {.path = call.Text("html"),
       .endings = {".html", ".htm"},
       .inputs = {SourceOf(runs[0])},
       .command = "bottega runs compare " + runs[0].id() + " " + runs[1].id() + " --html "});
  const Json facts = Compare(call, runs);
  if (!call.Text("html").empty()) WriteFileAtomic(call.Text("html"), RenderComparison(facts));
  if (!call.json) {
    *call.out << FormatCount(facts["rows"].get<int64_t>()) << " rows of the " << call.Text("part")
              << " part\n";
    for (const Json& note : facts["notes"]) *call.out << note.get<std::string>() << "\n";
    *call.out << "\n";
    PrintScores(facts, *call.out);
    PrintTests(facts, *call.out);
    if (!call.Text("html").empty()) *call.out << "\npage: " << call.Text("html") << "\n";
  }
  return facts;
}

}  // namespace bottega
