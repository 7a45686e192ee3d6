#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/stages.h"
#include "cli/stale_note.h"
#include "metric/diagnosis/candidates.h"
#include "model/models_specs.h"
#include "report/diagnosis_html.h"
#include "report/report.h"
#include "run/manifest.h"
#include "train/diagnosis/diagnose_stage.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char* kLevels[][2] = {{"warning", "!"}, {"info", "i"}, {"good", "+"}};

std::string ScoreOf(const RunFolder& run, const FittedPlan& plan) {
  if (run.Has("metrics.json")) {
    const Json metrics = run.Read("metrics.json");
    if (metrics.contains("primary") && metrics.at("primary").is_string()) {
      return metrics.at("primary");
    }
  }
  return plan.task == "classification" ? "accuracy" : "r2";
}

// Components that the recipe leaves to `auto` are named before their parameters can be set.
std::vector<std::string> NamesFor(const std::vector<std::string>& wanted, const Json& now,
                                  const Json& then) {
  std::vector<std::string> names;
  const auto name = [&](const std::string& path, const Json& is, const Json& was) {
    const bool about = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& set) {
      return set.starts_with(path + ".");
    });
    if (about && is.at("name") == "auto") {
      names.push_back(path + ".name=" + was.at("name").get<std::string>());
    }
  };
  name("model", now.at("model"), then.at("model"));
  name("train.loss", now.at("train").at("loss"), then.at("train").at("loss"));
  return names;
}

// What makes the change when it is pasted: over the recipe as it stands now, with what the run's
// own command had set.
std::string CommandFor(const RunFolder& run, const Json& manifest, const Json& change) {
  const auto before = manifest.value("sets", std::vector<std::string>());
  const auto wanted = change.at("sets").get<std::vector<std::string>>();
  const Json now = LoadRecipe(run.Project() / kRecipeName, before).value;
  const std::vector<std::string> named =
      JoinSets(before, NamesFor(wanted, now, manifest.at("recipe")));
  std::string command = "bottega train";
  for (const std::string& set : JoinSets(named, wanted)) command += " --set " + ShellQuote(set);
  return command;
}

std::string Summary(const Json& diagnosis) {
  std::string text;
  for (const auto& [level, mark] : kLevels) {
    for (const Json& verdict : diagnosis.at("verdicts")) {
      if (verdict.at("level") != level) continue;
      text += std::string(mark) + " " + verdict.at("title").get<std::string>() + "\n";
      for (const Json& line : verdict.at("evidence")) {
        text += "    " + line.get<std::string>() + "\n";
      }
    }
  }
  const Json& changes = diagnosis.at("changes");
  if (!changes.empty()) text += "changes, the most useful first:\n";
  for (const Json& change : changes) {
    text += "  " + change.at("rank").dump() + ". " + change.at("why").get<std::string>();
    const Json& gain = change.at("gain");
    if (gain.is_object() && gain.at("value").is_number()) {
      const bool measured = change.at("measured").get<bool>();
      text += std::string(": validation loss ") + (measured ? "" : "expected to be ") +
              "lower by " + FormatNumber(gain.at("value").get<double>(), 3) + " (" +
              FormatNumber(gain.at("low").get<double>(), 3) + " to " +
              FormatNumber(gain.at("high").get<double>(), 3) + ")";
    }
    text += "\n     " + change.at("command").get<std::string>() + "\n";
  }
  return text;
}

void WriteDiagnosis(const RunFolder& run, const Json& diagnosis) {
  {
    const FolderLock lock = run.Lock();
    run.Write("diagnosis.json", diagnosis);
    WriteFileAtomic(run.File("diagnosis.html"), RenderDiagnosis(diagnosis));
    SealOutputs(run, {"diagnosis.json", "diagnosis.html"});
  }
  if (run.Has("report.html")) WriteReport(run);
}

void RequireNetwork(const RunFolder& run) {
  const std::string model = run.Read("model/config.json").at("settings").at("name");
  if (KindOfModel(model) == ModelKind::kNetwork) return;
  throw Error(ErrorKind::kUsage,
              "the model of run " + run.id() + " is " + model +
                  "; what holds a model back is looked for in the layers of networks",
              {}, "bottega train --set model=mlp");
}

}  // namespace

Json RunDiagnose(Invocation& call) {
  const RunFolder run = FindRun(".", call.Text("run"));
  RequireModel(run);
  RequireNetwork(run);
  const RunData data = LoadRunData(run);
  DiagnoseInputs inputs;
  inputs.run.data = &data.data;
  inputs.run.split = &data.split;
  inputs.run.plan = &data.plan;
  inputs.run.recipe = data.recipe.value;
  inputs.run.run = run.path();
  const std::string stored = data.recipe.value.dump();
  inputs.resolve = [&](const std::vector<std::string>& sets) {
    return ResolveRecipe(stored, "the run's recipe", sets).value;
  };
  inputs.scratch = run.Project() / ".bottega" / "diagnose" / run.id();
  inputs.score = ScoreOf(run, data.plan);
  const Json& budget = call.args.at("budget");
  if (budget.is_number()) inputs.budget = budget.get<double>();
  inputs.seeds = call.args.at("seeds").get<int>();
  Json diagnosis = Diagnose(inputs);
  const Json manifest = run.Read("manifest.json");
  for (Json& change : diagnosis["changes"]) change["command"] = CommandFor(run, manifest, change);
  diagnosis["run"] = run.id();
  WriteDiagnosis(run, diagnosis);
  fs::remove_all(inputs.scratch);
  if (!call.json) {
    *call.out << Summary(diagnosis) << "page: " << run.File("diagnosis.html").string() << "\n";
  }
  return diagnosis;
}

}  // namespace bottega
