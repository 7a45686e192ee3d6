#include "train/diagnosis/trial_plan.h"

#include "base/random.h"

namespace bottega {

namespace {

constexpr double kReserve = 0.2, kMostLonger = 4, kThreeTimes = 3;
constexpr size_t kFewestRows = 200;
constexpr double kCheapCurve = 30;  // budgets below it get the short one

std::vector<int64_t> Slice(const std::vector<int64_t>& rows, const std::vector<int64_t>& order,
                           size_t part, size_t parts) {
  std::vector<int64_t> slice;
  for (size_t i = part * order.size() / parts; i < (part + 1) * order.size() / parts; ++i) {
    slice.push_back(rows[static_cast<size_t>(order[i])]);
  }
  std::sort(slice.begin(), slice.end());
  return slice;
}

double CurveCost(bool few) { return few ? 3.5 : 8.5; }

double CostOfAll(const TrialPlan& plan) {
  const double base = plan.share * plan.seeds;
  double cost = base + CurveCost(plan.short_curve);
  for (const Change& change : plan.changes) cost += CostOf(change, plan);
  return cost;
}

}  // namespace

std::string FolderName(const std::string& text) {
  std::string name;
  for (const char c : text) {
    const bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    name += fine ? c : '-';
  }
  return name;
}

double CostOf(const Change& change, const TrialPlan& plan) {
  return plan.share * plan.seeds * (change.kind == "longer" ? kThreeTimes : 1);
}

TrialPlan PlanTrials(const TrainSetup& setup, std::vector<Change> changes, double budget,
                     int seeds) {
  TrialPlan plan{.seeds = seeds, .changes = std::move(changes)};
  plan.short_curve = budget < kCheapCurve;
  const double most = budget * (1 - kReserve);
  while (plan.seeds > 2 && CostOfAll(plan) > most) --plan.seeds;
  while (CostOfAll(plan) > most && plan.share > 0.125 &&
         static_cast<double>(setup.train.size()) * plan.share / 2 >= kFewestRows) {
    plan.share /= 2;
  }
  while (CostOfAll(plan) > most && !plan.changes.empty()) {
    plan.skipped.push_back(plan.changes.back());
    plan.changes.pop_back();
  }
  const int64_t n = static_cast<int64_t>(setup.train.size());
  plan.rows = plan.share == 1
                  ? setup.train
                  : Slice(setup.train, Permutation(n, setup.seed(), Purpose::kDiagnosis), 0,
                          static_cast<size_t>(std::lround(1 / plan.share)));
  plan.cost = CostOfAll(plan);
  return plan;
}

std::vector<TrialJob> JobsOf(const Change& change, const TrialPlan& plan) {
  std::vector<TrialJob> jobs;
  for (int seed = 0; seed < plan.seeds; ++seed) {
    jobs.push_back({.name = FolderName(change.name) + "-s" + std::to_string(seed),
                    .sets = change.sets,
                    .rows = plan.rows,
                    .seed = seed});
  }
  return jobs;
}

std::vector<TrialJob> CurveJobs(const TrainSetup& setup, bool few) {
  const int64_t n = static_cast<int64_t>(setup.train.size());
  std::vector<TrialJob> jobs;
  for (int replicate = 0; replicate < (few ? 2 : 3); ++replicate) {
    const std::vector<int64_t> order =
        Permutation(n, setup.seed(), Purpose::kDiagnosis, replicate + 1);
    for (const size_t parts : {size_t{8}, size_t{4}, size_t{2}}) {
      if (parts == 2 && replicate == (few ? 1 : 2)) continue;
      for (size_t part = 0; part < (parts == 2 ? 2 : 1); ++part) {
        jobs.push_back({.name = "part-" + std::to_string(parts) + "-" + std::to_string(part) + "-" +
                                std::to_string(replicate),
                        .rows = Slice(setup.train, order, part, parts),
                        .seed = replicate,
                        .longer = std::min(few ? 2 : kMostLonger, static_cast<double>(parts)),
                        .judge_rest = parts == 2});
      }
    }
  }
  return jobs;
}

}  // namespace bottega
