#include <algorithm>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/limits.h"
#include "cli/engine/search_run.h"
#include "cli/engine/side_runs.h"
#include "cli/engine/stream_run.h"
#include "cli/engine/sub_runs.h"
#include "cli/print.h"
#include "report/tune_html.h"
#include "run/manifest.h"
#include "train/limits.h"

namespace bottega {

namespace {

constexpr size_t kShownTrials = 5;

void TakeShortcuts(Invocation* call) {
  const std::pair<const char*, const char*> shortcuts[] = {{"cv", "split.folds"},
                                                           {"trials", "tune.trials"},
                                                           {"method", "tune.method"},
                                                           {"pruner", "tune.pruner"},
                                                           {"metric", "tune.metric"}};
  for (const auto& [flag, path] : shortcuts) {
    const Json& value = call->args.at(flag);
    if (value.is_null()) continue;
    call->sets.push_back(std::string(path) + "=" +
                         (value.is_string() ? value.get<std::string>() : value.dump()));
  }
}

RunFolder NewSearch(Invocation& call) {
  AddLimits(&call);
  Project project = Project::Open(call.sets);
  RequireTrainable(project, kSearch.verb);
  // Its errors, before there is a run.
  const SearchRequest request =
      MakeSearchRequest(project.recipe(), project.data(), project.streamed());
  RequireValidation(project);
  NoteWhatIsIgnored(request, project.recipe(), project.data(), project.streamed());
  return PrepareRun(project, call.typed, {.manifest = {{kSearch.mark, true}}});
}

// The folds' searches, then the run's own, whose facts are returned: one budget for all of them.
// The trials of a run that streams, which has no folds, learn from the rows that the run encodes.
Json SearchAll(const RunFolder& run, const RunData& data, int jobs, const Limits& limits) {
  const FolderLock lock = run.Lock();
  const SearchRequest request = MakeSearchRequest(data.recipe, data.data);
  TrainInputs own = InputsOf(run, data);
  Apply(limits, &own);
  own.rows = StreamedRows(run, data);
  const std::optional<double> budget = TimeBudget(own);
  const double started = MonotonicSeconds();
  const auto search = [&](TrainInputs inputs) {
    if (budget) inputs.time_budget = std::max(0.0, *budget - (MonotonicSeconds() - started));
    return SearchIn(inputs, data.recipe, request, jobs);
  };
  for (const SideRun& side : ReadSideRuns(run, data)) {
    if (side.fold < 0) continue;
    Note("search in " + side.folder);
    TrainInputs inputs = own;
    inputs.split = &side.split;
    inputs.plan = &side.plan;
    inputs.run = run.File(side.folder);
    search(inputs);
  }
  return search(own);
}

// Longest trained first, then the best.
std::vector<Json> Ranked(const Json& facts) {
  std::vector<Json> trials = facts.at("trials").get<std::vector<Json>>();
  const bool larger = facts.at("larger_is_better");
  std::ranges::stable_sort(trials, [&](const Json& a, const Json& b) {
    if (a["score"].is_null() || b["score"].is_null())
      return b["score"].is_null() > a["score"].is_null();
    const bool chosen_a = a["trial"] == facts["best"], chosen_b = b["trial"] == facts["best"];
    if (chosen_a != chosen_b) return chosen_a;
    const double x = a["score"], y = b["score"];
    return larger ? x > y : x < y;
  });
  return trials;
}

std::string SettingsText(const Json& settings) {
  std::vector<std::string> parts;
  for (const auto& [path, value] : settings.items()) {
    const std::string name = path.substr(path.rfind('.') + 1);
    parts.push_back(
        name + " " +
        (value.is_number_float() ? FormatNumber(value.get<double>(), 3) : value.dump()));
  }
  return Join(parts, ", ");
}

void Print(const Invocation& call, const RunFolder& run, const Json& facts) {
  const std::string unit = facts.value("unit", "epoch") + "s";
  std::vector<std::vector<std::string>> rows = {{"trial", unit, facts["metric"], "settings"}};
  for (const Json& trial : Ranked(facts)) {
    if (rows.size() > kShownTrials) break;
    rows.push_back(
        {std::to_string(trial["trial"].get<int64_t>()),
         std::to_string(trial["epochs"].get<int64_t>()),
         trial["score"].is_null() ? "failed" : FormatNumber(trial["score"].get<double>(), 4),
         SettingsText(trial["settings"])});
  }
  PrintTable(*call.out, rows, TerminalWidth(1));
  const int64_t full =
      facts["epochs"].get<int64_t>() * static_cast<int64_t>(facts["trials"].size());
  *call.out << FormatCount(static_cast<int64_t>(facts["trials"].size())) << " trials, "
            << FormatCount(facts["trained_epochs"].get<int64_t>()) << " " << unit;
  if (facts["pruner"] != "none") {
    *call.out << " (" << FormatCount(full) << " if each had been trained to the end)";
  }
  *call.out << "\n";
  for (const Json& one : facts.value("importance", Json::array())) {
    *call.out << "  " << one["path"].get<std::string>() << " explains "
              << FormatPercent(one["share"].get<double>(), 0) << " of the differences\n";
  }
  *call.out << "report: " << run.File("tune.html").string() << "\n"
            << "model: " << run.File("model").string() << "\n"
            << "next: bottega evaluate " << run.id() << "\n";
}

Json SearchAndTrain(const RunFolder& run, int jobs, const Limits& limits) {
  if (run.Trained()) return run.Read("tune.json");
  const Json facts = SearchAll(run, LoadRunData(run), jobs, limits);
  TrainRun(run, LoadRunData(run), jobs, limits);  // with the winner's settings
  return facts;
}

}  // namespace

Json RunTune(Invocation& call) {
  TakeShortcuts(&call);
  const Limits limits = LimitsOf(call);
  std::optional<RunFolder> run = SubRunToResume(call, kSearch);
  if (!run) run = NewSearch(call);
  Note("run " + run->id());
  const int jobs = call.args.at("jobs").is_null() ? 0 : call.args.at("jobs").get<int>();
  const Json facts = ContinuedAs(kSearch, *run, [&] { return SearchAndTrain(*run, jobs, limits); });
  WriteFileAtomic(run->File("tune.html"), TuneHtml(facts, run->id()));
  SealOutputs(*run, {"tune.json", "tuned.json", "tune.html"});
  if (!call.json) Print(call, *run, facts);
  return {{"run", run->id()}, {"search", facts}};
}

}  // namespace bottega
