#include <filesystem>
#include <map>

#include "audit/planted.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/stages.h"
#include "cli/hint.h"
#include "cli/print.h"
#include "cli/recipe_fit.h"
#include "data/generate/fruit.h"
#include "data/generate/loans.h"
#include "data/open.h"
#include "infer/infer_stage.h"
#include "metric/metrics.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char* kMarker = ".bottega-demo";
constexpr const char* kFruitTest = "fruit-test";

Json Generate(const Invocation& call, const fs::path& folder, bool unbalanced, bool test_folder) {
  const uint64_t seed = call.args.at("seed").get<uint64_t>();
  const double wrong = call.args.at("wrong_labels").get<double>();
  if (call.Text("name") == "loans") {
    return GenerateLoans(folder, {.seed = seed, .wrong_labels = wrong});
  }
  FruitOptions options{.seed = seed, .unbalanced = unbalanced, .wrong_labels = wrong};
  options.test_folder = test_folder;
  return GenerateFruit(folder, options);
}

// The demo's own folder, empty. One that an earlier demo made is made anew; any other is refused.
fs::path FreshFolder(const std::string& name, const std::string& typed) {
  const fs::path folder = "bottega-demo-" + name;
  std::error_code ignored;
  if (fs::exists(folder, ignored) && !fs::exists(folder / kMarker, ignored)) {
    throw Error(ErrorKind::kUsage, "this folder is not of an earlier demo",
                {.file = folder.string()}, "`mkdir -p elsewhere && " + typed + " -C elsewhere`");
  }
  fs::remove_all(folder, ignored);
  WriteFileAtomic(folder / kMarker, "made by bottega demo\n");
  return folder;
}

// The recipe that `init` would write, with the purpose filled in as a person would.
std::string DemoRecipe(const Inference& inference, const std::string& source, bool fruit) {
  std::string text = InitialRecipe(inference, source);
  const auto fill = [&](const std::string& key, const std::string& value) {
    const size_t at = text.find(key + ": \"\"");
    if (at != std::string::npos) text.replace(at + key.size() + 2, 2, value);
  };
  fill("purpose", fruit ? "sort fruit at a market stall"
                        : "pre-sort credit applications for a person who decides");
  fill("affected", fruit ? "the stall and its customers" : "applicants");
  fill("owner", "the demo");
  return text;
}

struct Journey {
  RunFolder run;
  AuditResult audit;
  Dataset data;  // as read
  std::string summary;
};

Journey RunJourney(const Invocation& call, const fs::path& folder, const std::string& source) {
  const Inference inference = InferDataset(folder / source, "");
  const std::string recipe = DemoRecipe(inference, source, call.Text("name") == "fruit");
  WriteFileAtomic(folder / kRecipeName, recipe);
  Project project(folder, ResolveRecipe(recipe, (folder / kRecipeName).string(), call.sets));
  RequireFit(project.recipe(), inference.data);
  try {
    const RunFolder run = StartJourney(project, call.typed, "");
    std::string summary = FinishJourney(run, "");
    return {run, project.audit(), project.data(), std::move(summary)};
  } catch (const Error& error) {
    throw Error(error.kind(), error.message(), error.place(),
                InFolder(error.hint(), folder.string()));
  }
}

Json PrintPlanted(Invocation& call, const std::vector<PlantedScore>& scores) {
  std::vector<std::vector<std::string>> rows = {
      {"planted", "found", "of", "false alarms", "check"}};
  Json result = Json::array();
  for (const PlantedScore& score : scores) {
    rows.push_back({score.kind, FormatCount(score.found), FormatCount(score.planted),
                    FormatCount(score.false_alarms), score.check});
    result.push_back({{"kind", score.kind},
                      {"check", score.check},
                      {"found", score.found},
                      {"planted", score.planted},
                      {"false_alarms", score.false_alarms}});
  }
  if (!call.json) {
    *call.out << "\n";
    PrintTable(*call.out, rows, TerminalWidth(1));
  }
  return result;
}

Json PrintLabels(Invocation& call, const Json& truth, const Journey& journey) {
  const Predictions predictions = ReadPredictions(journey.run.File("predictions.parquet"));
  const LabelAccuracy labels = ScoreLabels(truth, predictions, journey.data, "test");
  if (!call.json) {
    *call.out << "\ntest accuracy on the labels as given " << FormatPercent(labels.given)
              << ", on the true ones " << FormatPercent(labels.truly) << " (" << labels.rows
              << " rows)\n";
  }
  return {{"given", labels.given}, {"true", labels.truly}, {"rows", labels.rows}};
}

std::map<std::string, double> Recalls(const RunFolder& run, const fs::path& test) {
  const std::unique_ptr<Predictor> predictor = LoadPredictor(run.path());
  const FittedPlan plan = PlanFromJson(run.Read("plan.json"), run.File("plan.json").string());
  const Dataset data = OpenLike(test, predictor->columns(), predictor->classes(), plan.reading);
  RowPlan rows;
  rows.row = data.rows;
  rows.part.assign(data.rows.size(), Part::kTest);
  rows.fold.assign(data.rows.size(), -1);
  rows.group.assign(data.rows.size(), -1);
  const Predictions answers = PredictParts(*predictor, data, rows, run.path());
  std::map<std::string, double> recalls;
  for (const std::string& name : answers.classes) {
    recalls[name] = Metric("per_class." + name + ".recall", answers);
  }
  return recalls;
}

// The unbalanced set beside the balanced one, on one balanced test folder that neither was
// trained on.
Json CompareBalance(Invocation& call, const Journey& unbalanced, const fs::path& test) {
  const fs::path folder = FreshFolder("fruit-balanced", call.typed);
  Generate(call, folder / "fruit", false, false);
  Note("the balanced set, for comparison");
  const Journey balanced = RunJourney(call, folder, "fruit");
  const auto few = Recalls(unbalanced.run, test), many = Recalls(balanced.run, test);
  std::vector<std::vector<std::string>> rows = {{"recall of", "unbalanced", "balanced"}};
  Json result = Json::object();
  for (const auto& [name, recall] : few) {
    rows.push_back({name, FormatPercent(recall), FormatPercent(many.at(name))});
    result[name] = {{"unbalanced", recall}, {"balanced", many.at(name)}};
  }
  if (!call.json) {
    *call.out << "\nper-class recall on the same balanced test folder (" << test.string() << ")\n";
    PrintTable(*call.out, rows, TerminalWidth(1));
  }
  return result;
}

Json DataOnly(Invocation& call) {
  if (!call.sets.empty()) {
    throw Error(ErrorKind::kUsage, "--data-only makes no recipe that --set could change", {},
                "bottega demo --help");
  }
  const fs::path folder = call.Text("data_only");
  const Json truth = Generate(call, folder, call.Flag("unbalanced"), call.Flag("unbalanced"));
  Json planted = Json::object();
  for (const Json& kind : truth["planted"]) {
    const char* what = kind.contains("rows")    ? "rows"
                       : kind.contains("files") ? "files"
                                                : "columns";
    planted[kind["kind"].get<std::string>()] = kind[what].size();
  }
  if (!call.json) *call.out << "wrote the data and its truth to " << folder.string() << "\n";
  return {{"folder", folder.string()}, {"planted", planted}};
}

}  // namespace

Json RunDemo(Invocation& call) {
  const std::string name = call.Text("name");
  const bool fruit = name == "fruit";
  const bool unbalanced = call.Flag("unbalanced");
  if (unbalanced && !fruit) {
    throw Error(ErrorKind::kUsage, "--unbalanced is about the fruit", {},
                "bottega demo fruit --unbalanced");
  }
  if (!call.Text("data_only").empty()) return DataOnly(call);
  const double started = MonotonicSeconds();
  const fs::path folder = FreshFolder(unbalanced ? "fruit-unbalanced" : name, call.typed);
  Note("drawing " + name + " in " + folder.string());
  // The table stands beside its truth; the pictures have a folder of their own.
  const Json truth =
      Generate(call, fruit ? folder / "fruit" : folder / "data", unbalanced, unbalanced);
  const Journey journey = RunJourney(call, folder, fruit ? "fruit" : "data/loans.csv");
  if (!call.json) *call.out << journey.summary;
  Json result = {{"run", journey.run.path().string()}, {"folder", folder.string()}};
  result["planted"] = PrintPlanted(call, ScorePlanted(truth, journey.audit, journey.data));
  result["labels"] = PrintLabels(call, truth, journey);
  if (unbalanced) result["recall"] = CompareBalance(call, journey, folder / kFruitTest);
  result["report"] = journey.run.File("report.html").string();
  result["seconds"] = MonotonicSeconds() - started;
  if (!call.json) {
    *call.out << "\ndone in " << FormatDuration(result["seconds"].get<double>())
              << "\nreport: " << result["report"].get<std::string>() << "\n";
  }
  return result;
}

}  // namespace bottega
