#include "cli/engine/sub_runs.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "train/choices.h"

namespace bottega {

std::optional<RunFolder> SubRunToResume(const Invocation& call, const SubRunKind& kind) {
  const std::string verb = kind.verb;
  const std::string name = call.Text("run");
  if (!call.Flag("resume")) {
    if (name.empty()) return std::nullopt;
    throw Error(ErrorKind::kUsage, "a run is named, but not to be resumed", {},
                "bottega " + verb + " --resume " + ShellQuote(name));
  }
  std::optional<RunFolder> run;
  if (!name.empty()) {
    run = FindRun(".", name);
    if (!run->Read("manifest.json").contains(kind.mark)) {
      throw Error(ErrorKind::kUsage, "run " + run->id() + " was not made by `bottega " + verb + "`",
                  {}, "bottega runs");
    }
  }
  if (!run) run = NewestUnfinished(".", kind);
  if (run && !call.sets.empty()) {
    throw Error(ErrorKind::kUsage, "a run is resumed with the recipe it was started with", {},
                "bottega " + verb + " --resume " + run->id());
  }
  return run;
}

std::string HintAs(const SubRunKind& kind, const std::string& id, const std::string& hint) {
  const std::string train = "bottega train --resume";
  const size_t at = hint.find(train);
  if (at == std::string::npos) return hint;
  std::string rest = hint.substr(at + train.size());
  if (rest.starts_with(" " + id)) rest = rest.substr(id.size() + 1);
  return hint.substr(0, at) + "bottega " + kind.verb + " --resume " + id + rest;
}

void WriteSubRun(const TrainInputs& own, const std::filesystem::path& folder, int64_t batch) {
  if (std::filesystem::exists(folder / "choices.json")) return;
  MakeFolders(folder);
  WriteJson(folder / "plan.json", PlanToJson(*own.plan));
  // Those of the run, so that the clock does not choose between its trainings.
  const std::filesystem::path file = own.run / "choices.json";
  Choices choices = ChoicesFromJson(ReadJson(file), file.string());
  const int64_t own_batch = own.recipe.at("train").at("batch").is_null()
                                ? batch
                                : own.recipe["train"]["batch"].get<int64_t>();
  choices.micro_batch =
      choices.micro_batch == own_batch ? batch : std::min(choices.micro_batch, batch);
  while (batch % choices.micro_batch != 0) --choices.micro_batch;
  WriteJson(folder / "choices.json", ChoicesToJson(choices));
}

}  // namespace bottega
