#include "cli/engine/side_runs.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/engine/search_run.h"
#include "infer/infer_stage.h"
#include "split/fold_plans.h"
#include "train/side_by_side.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

std::string FoldFolder(int repeat, int fold) {
  return "folds/" + std::to_string(repeat) + "-" + std::to_string(fold);
}

std::string SeedFolder(int64_t seed) { return "seeds/" + std::to_string(seed); }

int Folds(const Recipe& recipe) {
  const Json& folds = recipe["split"]["folds"];
  return folds.is_null() ? 0 : folds.get<int>();
}

// The other seeds; the run itself has the first.
std::vector<int64_t> OtherSeeds(const Recipe& recipe) {
  const auto first = recipe["train"]["seed"].get<int64_t>();
  const auto count = recipe["train"].value("seeds", int64_t{1});
  std::vector<int64_t> seeds;
  for (int64_t i = 1; i < count; ++i) seeds.push_back(first + i);
  return seeds;
}

void WritePlan(const fs::path& folder, const FittedPlan& plan) {
  WriteJson(folder / "plan.json", PlanToJson(plan));
}

FittedPlan ReadPlan(const fs::path& folder) {
  const fs::path path = folder / "plan.json";
  return PlanFromJson(ReadJson(path), path.string());
}

FittedPlan FitFold(const FoldPlan& fold, const Recipe& recipe, const Dataset& data,
                   const FittedPlan& own) {
  try {
    FittedPlan plan = FitPlan(data, PositionsOf(data, fold.split, Part::kTrain), recipe["clean"]);
    RequireFeatures(data, plan);
    if (own.positive >= 0 && plan.classes == own.classes) plan.positive = own.positive;
    return plan;
  } catch (const Error& error) {
    throw Error(error.kind(),
                "fold " + std::to_string(fold.repeat) + "-" + std::to_string(fold.fold) + ": " +
                    error.message(),
                error.place(), error.hint());
  }
}

// The rows of one part alone.
RowPlan OnlyPart(const RowPlan& plan, Part part) {
  RowPlan only;
  for (size_t i = 0; i < plan.row.size(); ++i) {
    if (plan.part[i] != part) continue;
    only.row.push_back(plan.row[i]);
    only.part.push_back(part);
    only.fold.push_back(plan.fold[i]);
    only.group.push_back(plan.group[i]);
  }
  return only;
}

}  // namespace

void WriteSideRuns(const RunFolder& run, const Recipe& recipe, const Dataset& repaired,
                   const SplitOutcome& split, const FittedPlan& plan) {
  if (Folds(recipe) > 0) {
    const FoldOptions options = FoldOptionsOf(repaired, recipe["split"], split.method);
    for (const FoldPlan& fold : MakeFoldPlans(repaired, split.plan, options)) {
      const fs::path folder = run.File(FoldFolder(fold.repeat, fold.fold));
      WritePlan(folder, FitFold(fold, recipe, repaired, plan));
      WriteRowPlan(folder / "split.parquet", fold.split);
    }
  }
  for (const int64_t seed : OtherSeeds(recipe)) {
    const fs::path folder = run.File(SeedFolder(seed));
    WritePlan(folder, plan);
    WriteRowPlan(folder / "split.parquet", split.plan);
  }
}

std::vector<SideRun> ReadSideRuns(const RunFolder& run, const RunData& data) {
  std::vector<SideRun> sides;
  const auto add = [&](SideRun side) {
    side.split = ReadRowPlan(run.File(side.folder) / "split.parquet");
    side.plan = ReadPlan(run.File(side.folder));
    sides.push_back(std::move(side));
  };
  const int repeats = data.recipe["split"].value("repeats", 1);
  for (int repeat = 0; repeat < repeats; ++repeat) {
    for (int fold = 0; fold < Folds(data.recipe); ++fold) {
      // A run of a version that only wrote the fold column has no folders.
      if (!run.Has(FoldFolder(repeat, fold))) continue;
      add({.folder = FoldFolder(repeat, fold), .repeat = repeat, .fold = fold});
    }
  }
  for (const int64_t seed : OtherSeeds(data.recipe))
    add({.folder = SeedFolder(seed), .seed = seed});
  return sides;
}

std::vector<TrainOutcome> TrainSideRuns(const RunFolder& run, const TrainInputs& own,
                                        const std::vector<SideRun>& sides, int jobs) {
  std::vector<SideJob> all = {{"model", own}};
  if (!sides.empty()) all[0].inputs.recipe["train"] = SettleTraining(own);
  for (const SideRun& side : sides) {
    TrainInputs inputs = all[0].inputs;
    inputs.split = &side.split;
    inputs.plan = &side.plan;
    inputs.run = run.File(side.folder);
    inputs.recipe = TunedRecipe(inputs.run, {.value = inputs.recipe}).value;
    if (side.seed >= 0) inputs.recipe["train"]["seed"] = side.seed;
    if (!fs::exists(inputs.run / "choices.json")) {
      WriteFileAtomic(inputs.run / "choices.json", ReadFile(run.File("choices.json")));
    }
    const std::string name = Replace(Replace(side.folder, "folds/", "fold "), "seeds/", "seed ");
    all.push_back({name, std::move(inputs)});
  }
  std::vector<TrainOutcome> outcomes;
  for (SideOutcome& one : TrainSideBySide(all, {.workers = jobs})) {
    outcomes.push_back(std::move(one.outcome));
  }
  return outcomes;
}

std::vector<FoldResult> PredictFolds(const RunFolder& run, const RunData& data,
                                     const std::vector<SideRun>& sides, const Predictions& own) {
  std::vector<FoldResult> results;
  for (const SideRun& side : sides) {
    if (side.fold < 0) continue;
    const fs::path folder = run.File(side.folder);
    const RowPlan held_out = OnlyPart(side.split, Part::kTest);
    const std::unique_ptr<Predictor> predictor = LoadPredictor(folder);
    Predictions predictions = AlignedTo(own, PredictParts(*predictor, data.data, held_out, folder));
    std::ranges::fill(predictions.part, kOutOfFold);
    results.push_back({.repeat = side.repeat,
                       .fold = side.fold,
                       .learned = side.split.size() - held_out.size(),
                       .predictions = std::move(predictions)});
  }
  return results;
}

std::vector<SeedResult> PredictSeeds(const RunFolder& run, const RunData& data,
                                     const std::vector<SideRun>& sides, const Predictions& own) {
  std::vector<SeedResult> results;
  for (const SideRun& side : sides) {
    if (side.seed < 0) continue;
    const fs::path folder = run.File(side.folder);
    const std::unique_ptr<Predictor> predictor = LoadPredictor(folder);
    results.push_back({.seed = static_cast<uint64_t>(side.seed),
                       .predictions = PredictParts(*predictor, data.data, side.split, folder)});
  }
  if (results.empty()) return results;
  const auto first = data.recipe["train"]["seed"].get<uint64_t>();
  results.insert(results.begin(), {.seed = first, .predictions = own});
  return results;
}

}  // namespace bottega
