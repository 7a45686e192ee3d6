#include "cli/retrain.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/progress.h"
#include "cli/engine_process.h"
#include "run/receipt.h"
#include "run/run_folder.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

// In the project's folder, because paths in a recipe are relative to it.
constexpr const char* kRecipe = ".bottega-retrain.yaml";

struct RecipeFile {
  explicit RecipeFile(const Json& recipe) { WriteFileAtomic(kRecipe, recipe.dump(2) + "\n"); }
  ~RecipeFile() {
    std::error_code ignored;
    fs::remove(kRecipe, ignored);
  }
  RecipeFile(const RecipeFile&) = delete;
  RecipeFile& operator=(const RecipeFile&) = delete;
};

// The id of the run that takes the place of `run`.
std::string TrainAnew(const RunFolder& run) {
  Note("training again what run " + run.id() + " was");
  const RecipeFile recipe(run.Read("manifest.json").at("recipe"));
  std::ostringstream out, err;
  // Quiet: a resolved recipe names every parameter, also those that have no effect.
  const int code = HandOverToEngine({"run", kRecipe, "--from", "split", "--json", "-q"}, out, err);
  const Json result = ParseJson(out.str(), "the answer of bottega run");
  const bool trained = code == 0 || code == ExitCode(ErrorKind::kGate);
  if (trained && result.contains("result")) return result.at("result").at("run");
  const Json error = result.value("error", Json::object());
  throw Error(
      ErrorKind::kData,
      "run " + run.id() + " could not be trained again: " + error.value("message", "it failed"), {},
      "mend that; then `bottega forget --retrain`");
}

// Removes a folder of the run and notes what was in it.
void RemoveFolder(const RunFolder& run, const std::string& name, Receipt* receipt) {
  std::error_code ignored;
  if (!fs::is_directory(run.File(name), ignored)) return;
  for (const fs::path& file : ListFiles(run.File(name))) {
    receipt->files.push_back({"runs/" + run.id() + "/" + name + "/" + file.generic_string(),
                              Sha256OfFile(run.File(name) / file), "",
                              "removed: another run took its place"});
  }
  fs::remove_all(run.File(name));
}

}  // namespace

Json RetrainStale(Invocation& call) {
  Json done = Json::array();
  const std::vector<Receipt> receipts = ListReceipts(".");
  std::vector<RunFolder> runs = ListRuns(".");
  std::ranges::reverse(runs);  // the oldest first, as they were made
  for (const RunFolder& run : runs) {
    const auto stale = StaleState(receipts, run.id());
    if (!stale || stale->training == 0) continue;
    Receipt receipt{.condition = "(the model of run " + run.id() + " was replaced)"};
    const Json inputs = run.Read("manifest.json").at("inputs");
    receipt.source = inputs.at("source");
    receipt.source_sha256 = inputs.at("sha256");
    receipt.stale.push_back(*stale);
    receipt.stale[0].replaced_by = TrainAnew(run);
    const FolderLock lock = run.Lock();
    for (const char* learned :
         {"model", "checkpoints", "candidates", "folds", "seeds", "trials", "ablations"}) {
      RemoveFolder(run, learned, &receipt);
    }
    receipt.id = NewRunId();
    receipt.time = NowUtc();
    WriteReceipt(".", receipt);
    done.push_back({{"run", run.id()}, {"replaced_by", receipt.stale[0].replaced_by}});
    if (!call.json) {
      *call.out << "run " << receipt.stale[0].replaced_by << " takes the place of run " << run.id()
                << "; receipt: " << ReceiptFilePath("", receipt.id).string() << "\n";
    }
  }
  if (done.empty() && !call.json) *call.out << "no model is stale\n";
  return done;
}

}  // namespace bottega
