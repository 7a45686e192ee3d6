#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/stages.h"
#include "cli/recipe.h"
#include "data/open.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

bool IsRecipe(const std::string& path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

// The recipe to run: the one named, the one here, or a new one for the data named.
std::string RecipeFor(Invocation& call) {
  const std::string source = call.Text("source");
  if (source.empty()) return kRecipeName;
  if (IsRecipe(source)) return source;
  std::error_code ignored;
  if (fs::exists(kRecipeName, ignored)) {
    const Recipe here = LoadRecipe(kRecipeName, {});
    const std::string known = here["data"]["source"].get<std::string>();
    if (fs::equivalent(known, source, ignored)) return kRecipeName;
    throw Error(ErrorKind::kUsage, "the recipe here is for other data: " + known,
                {.file = kRecipeName}, "bottega init " + ShellQuote(source) + " --force");
  }
  const Inference inference = InferDataset(source, call.Text("target"));
  RequireTwoClasses(inference);
  WriteFileAtomic(kRecipeName, InitialRecipe(inference, source));
  Note("wrote " + std::string(kRecipeName));
  for (const std::string& remark : inference.remarks) Note("  " + remark);
  return kRecipeName;
}

}  // namespace

Json RunRun(Invocation& call) {
  const std::string from = call.Text("from");
  std::optional<RunFolder> run;
  if (from == "evaluate" || from == "report") {
    run = FindRun(".", "latest");
  } else {
    const fs::path path = RecipeFor(call);
    Project project(path.has_parent_path() ? path.parent_path() : fs::path("."),
                    LoadRecipe(path, call.sets));
    run = StartJourney(project, call.typed, from != "train");
  }
  const std::string summary = FinishJourney(*run, from);
  if (!call.json) {
    *call.out << summary << "report: " << run->File("report.html").string() << "\n";
    call.out->flush();
  }
  EnforceGates(*run, run->Read("manifest.json").at("recipe"));
  return {{"run", run->id()},
          {"metrics", run->Read("metrics.json")},
          {"report", run->File("report.html").string()}};
}

}  // namespace bottega
