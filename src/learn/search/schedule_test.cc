#include "learn/search/schedule.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace bottega {
namespace {

SearchSpace Line() { return SearchSpace::FromJson(Json::parse(R"({"x": {"low": 0, "high": 1}})")); }

// Losses fall with epochs towards |x - 0.3|.
double Loss(const UnitPoint& point, int64_t epochs) {
  return std::abs(point[0] - 0.3) + 1.0 / static_cast<double>(epochs);
}

struct Ran {
  std::vector<std::string> jobs;
  int64_t epochs = 0;
  std::optional<int64_t> best;
  std::vector<SearchSchedule::Trial> trials;
};

Ran RunSearch(const SearchOptions& options, const std::string& method, bool backwards = false) {
  const SearchSpace space = Line();
  const auto proposer = MakeProposer(method, space, 5, 5);
  SearchSchedule schedule(options, space, *proposer);
  Ran ran;
  std::vector<int64_t> at(static_cast<size_t>(options.trials), 0);
  for (int guard = 0; guard < 10000; ++guard) {
    std::vector<SearchJob> jobs = schedule.Wanted();
    if (jobs.empty()) break;
    EXPECT_LE(static_cast<int64_t>(jobs.size()), options.workers);
    if (backwards) std::ranges::reverse(jobs);
    for (const SearchJob& job : jobs) {
      const auto trial = static_cast<size_t>(job.trial);
      EXPECT_GT(job.epochs, at[trial]);
      ran.epochs += job.epochs - at[trial];
      at[trial] = job.epochs;
      schedule.Tell(job, Loss(schedule.trials()[trial].point, job.epochs));
    }
  }
  for (const auto& trial : schedule.trials()) {
    for (const auto& [epochs, loss] : trial.losses) {
      ran.jobs.push_back(std::to_string(trial.point[0]) + ":" + std::to_string(epochs));
    }
  }
  ran.best = schedule.Best();
  ran.trials = schedule.trials();
  return ran;
}

TEST(SearchSchedule, WithoutPruningEveryTrialGoesTheWholeWay) {
  const Ran ran =
      RunSearch({.trials = 10, .max_epochs = 9, .pruner = "none", .workers = 3}, "sobol");
  EXPECT_EQ(ran.jobs.size(), 10u);
  EXPECT_EQ(ran.epochs, 90);
}

TEST(SearchSchedule, HalvingTrainsFewLongAndKeepsTheBest) {
  const SearchOptions options{.trials = 27,
                              .max_epochs = 27,
                              .pruner = "asha",
                              .min_epochs = 1,
                              .reduction = 3,
                              .workers = 4};
  const Ran ran = RunSearch(options, "sobol");
  EXPECT_LT(ran.epochs, 27 * 27 / 4);
  ASSERT_TRUE(ran.best);
  const SearchSchedule::Trial& best = ran.trials[static_cast<size_t>(*ran.best)];
  EXPECT_EQ(best.epochs(), 27);
  // No trial that went further than another's rung was worse there than all that stayed.
  double nearest = 1;
  for (const auto& trial : ran.trials) nearest = std::min(nearest, std::abs(trial.point[0] - 0.3));
  EXPECT_DOUBLE_EQ(std::abs(best.point[0] - 0.3), nearest);
}

TEST(SearchSchedule, DoesNotDependOnTheOrderInWhichResultsCome) {
  for (const char* pruner : {"none", "asha", "hyperband"}) {
    const SearchOptions options{
        .trials = 20, .max_epochs = 27, .pruner = pruner, .reduction = 3, .workers = 4};
    const Ran one = RunSearch(options, "tpe"), other = RunSearch(options, "tpe", true);
    EXPECT_EQ(one.jobs, other.jobs) << pruner;
    EXPECT_EQ(one.best, other.best) << pruner;
  }
}

TEST(SearchSchedule, HyperbandBeginsSomeTrialsLater) {
  const Ran ran = RunSearch(
      {.trials = 30, .max_epochs = 27, .pruner = "hyperband", .reduction = 3, .workers = 2},
      "sobol");
  std::vector<int64_t> begun;
  for (const auto& trial : ran.trials) begun.push_back(trial.losses.front().first);
  EXPECT_GT(std::ranges::count(begun, 1), std::ranges::count(begun, 3));
  EXPECT_GT(std::ranges::count(begun, 3), std::ranges::count(begun, 9));
  EXPECT_GE(std::ranges::count(begun, 27), 1);
}

TEST(SearchSchedule, AFewTrialsStillEndWithOneThatIsFinished) {
  const Ran ran = RunSearch(
      {.trials = 2, .max_epochs = 27, .pruner = "asha", .reduction = 3, .workers = 2}, "sobol");
  ASSERT_TRUE(ran.best);
  EXPECT_EQ(ran.trials[static_cast<size_t>(*ran.best)].epochs(), 27);
}

TEST(SearchSchedule, EndsWhenAllTrialsFail) {
  const SearchSpace space = Line();
  const auto proposer = MakeProposer("random", space, 5, 5);
  SearchSchedule schedule({.trials = 6, .max_epochs = 8, .pruner = "asha", .workers = 2}, space,
                          *proposer);
  for (int guard = 0; guard < 100 && !schedule.Wanted().empty(); ++guard) {
    schedule.Tell(schedule.Wanted()[0], std::nan(""));
  }
  EXPECT_TRUE(schedule.Wanted().empty());
  EXPECT_FALSE(schedule.Best());
  EXPECT_EQ(schedule.trials().size(), 6u);
}

}  // namespace
}  // namespace bottega
