// Training folds of Adult (UCI; $BOTTEGA_DATA/tables/adult.data) with init's recipe and an mlp of
// 64 and 64: one fold alone on one thread, all five side by side on two workers, and how many times
// as long the five take. Fitting the steps on each fold's rows is counted; reading the table is
// not.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "base/files.h"
#include "base/progress.h"
#include "clean/plan.h"
#include "data/open.h"
#include "split/fold_plans.h"
#include "split/make_split.h"
#include "train/side_by_side.h"

namespace {

namespace fs = std::filesystem;
using bottega::Json;

constexpr int kFolds = 5, kTimes = 3;

std::string Setting(const char* name, const std::string& fallback) {
  const char* value = std::getenv(name);
  return value == nullptr ? fallback : value;
}

// init's recipe for the table, resolved, with what the comparison holds fixed.
Json RecipeFor(const std::string& table, const fs::path& folder) {
  const std::string program = Setting("BOTTEGA_BUILD", "build") + "/bottega -C " + folder.string();
  const std::string file = (folder / "recipe.json").string();
  const std::string commands =
      program + " init " + table + " --target -1 -q > /dev/null 2>&1 && " + program +
      " recipe show --json --set split.folds=5 --set split.test=0 --set split.train=0.85"
      " --set train.epochs=8 --set train.early_stopping=none --set train.batch=128"
      " --set 'model={name: mlp, hidden: [64, 64]}' > " +
      file;
  if (std::system(commands.c_str()) != 0) {
    std::fprintf(stderr, "cv_bench: %s failed\n", commands.c_str());
    std::exit(1);
  }
  return bottega::ReadJson(file).at("result").at("recipe");
}

class Bench {
 public:
  Bench(const std::string& table, const fs::path& folder)
      : folder_(folder),
        recipe_(RecipeFor(table, folder)),
        data_(bottega::OpenDataset(recipe_.at("data"), folder)) {
    const auto outcome = bottega::MakeSplitOutcome(data_, recipe_.at("split"), nullptr);
    const auto options = bottega::FoldOptionsOf(data_, recipe_.at("split"), outcome.method);
    plans_ = bottega::MakeFoldPlans(data_, outcome.plan, options);
  }

  // Seconds of fitting and training the first `folds` folds on so many workers.
  double Seconds(int folds, int workers) {
    const auto start = std::chrono::steady_clock::now();
    std::vector<bottega::FittedPlan> steps;
    for (int k = 0; k < folds; ++k) steps.push_back(Fit(plans_[static_cast<size_t>(k)]));
    std::vector<bottega::SideJob> jobs;
    for (int k = 0; k < folds; ++k) {
      const auto at = static_cast<size_t>(k);
      const fs::path run = folder_ / ("run" + std::to_string(runs_++));
      jobs.push_back({"fold " + std::to_string(k),
                      {.data = &data_,
                       .split = &plans_[at].split,
                       .plan = &steps[at],
                       .recipe = recipe_,
                       .run = run}});
    }
    bottega::TrainSideBySide(jobs, {.workers = workers});
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

 private:
  bottega::FittedPlan Fit(const bottega::FoldPlan& fold) const {
    return bottega::FitPlan(data_, bottega::PositionsOf(data_, fold.split, bottega::Part::kTrain),
                            recipe_.at("clean"));
  }

  const fs::path folder_;
  const Json recipe_;
  const bottega::Dataset data_;
  std::vector<bottega::FoldPlan> plans_;
  int runs_ = 0;
};

}  // namespace

int main() {
  const std::string table = Setting("BOTTEGA_DATA", "../shared/data") + "/tables/adult.data";
  if (!std::ifstream(table)) {
    std::fprintf(stderr, "cv_bench: %s is missing (BOTTEGA_DATA)\n", table.c_str());
    return 1;
  }
  bottega::SetQuiet(true);
  const bottega::TemporaryFolder folder;
  Bench bench(fs::absolute(table).string(), folder.path());
  double one = 1e9, five = 1e9;
  for (int i = 0; i < kTimes; ++i) {
    one = std::min(one, bench.Seconds(1, 1));
    five = std::min(five, bench.Seconds(kFolds, 2));
  }
  std::printf("adult_one_fold,%.3f,s\n", one);
  std::printf("adult_five_folds,%.3f,s\n", five);
  std::printf("adult_five_to_one,%.3f,times\n", five / one);
}
