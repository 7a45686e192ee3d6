#include "cli/engine/sub_runs.h"

#include "base/error.h"
#include "base/text.h"

namespace bottega {

void MarkUnfinished(const RunFolder& run, const std::string& mark, const Json& value) {
  Json manifest = run.Read("manifest.json");
  manifest[mark] = value;
  run.Write("manifest.json", manifest);
}

std::optional<RunFolder> SubRunToResume(const Invocation& call, const std::string& mark,
                                        const std::string& verb) {
  const std::string name = call.Text("run");
  if (!call.Flag("resume")) {
    if (name.empty()) return std::nullopt;
    throw Error(ErrorKind::kUsage, "a run is named, but not to be resumed", {},
                "bottega " + verb + " --resume " + ShellQuote(name));
  }
  std::optional<RunFolder> run;
  if (!name.empty()) {
    run = FindRun(".", name);
    if (!run->Read("manifest.json").contains(mark)) {
      throw Error(ErrorKind::kUsage, "run " + run->id() + " was not made by `bottega " + verb + "`",
                  {}, "bottega runs");
    }
  }
  for (const RunFolder& one : ListRuns(".")) {
    if (run) break;
    if (!one.Trained() && one.Read("manifest.json").contains(mark)) run = one;
  }
  if (run && !call.sets.empty()) {
    throw Error(ErrorKind::kUsage, "a run is resumed with the recipe it was started with", {},
                "bottega " + verb + " --resume " + run->id());
  }
  return run;
}

TrainInputs InputsOf(const RunFolder& run, const RunData& data) {
  TrainInputs inputs;
  inputs.data = &data.data;
  inputs.split = &data.split;
  inputs.plan = &data.plan;
  inputs.recipe = data.recipe.value;
  inputs.run = run.path();
  return inputs;
}

}  // namespace bottega
