#include "split/fold_plans.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "split/deal.h"
#include "split/strata.h"
#include "split/time_cuts.h"

namespace bottega {

namespace {

// Deals of one seed are told apart by the epoch of their randomness; the parts have 0.
constexpr int64_t kFoldEpoch = 1, kValidationEpoch = 1'000'000;

// What dealing needs to know of each row of a plan.
class Rows {
 public:
  Rows(const Dataset& data, const RowPlan& plan, const FoldOptions& options);

  // Units whose rows are all among the `wanted` ones, as deal units or by time.
  std::vector<int32_t> DealWanted(const std::vector<bool>& wanted,
                                  const std::vector<double>& shares, int64_t epoch) const;
  bool by_time() const { return !time_.empty(); }

 private:
  using UnitRows = std::map<int64_t, std::vector<size_t>>;  // by smallest record number

  UnitRows UnitsOf(const std::vector<bool>& wanted) const;
  std::vector<int32_t> ByTime(const UnitRows& units, const std::vector<double>& shares) const;
  std::vector<int32_t> ByStrata(const UnitRows& units, const std::vector<double>& shares,
                                int64_t epoch) const;

  const RowPlan& plan_;
  const uint64_t seed_;
  std::vector<int32_t> stratum_;
  int32_t strata_ = 1;
  std::vector<double> time_;
};

Rows::Rows(const Dataset& data, const RowPlan& plan, const FoldOptions& options)
    : plan_(plan), seed_(options.seed) {
  const Strata strata = StrataOf(data, options.bins);
  const bool random = options.method == "random";
  if (!random) strata_ = strata.count;
  std::vector<double> times;
  if (options.method == "time") times = NumbersOf(data, options.time_column);
  std::unordered_map<int64_t, size_t> position;
  for (size_t i = 0; i < data.rows.size(); ++i) position[data.rows[i]] = i;
  for (const int64_t row : plan.row) {
    const size_t at = position.at(row);
    stratum_.push_back(random ? 0 : std::max(strata.of[at], 0));
    if (!times.empty()) time_.push_back(times[at]);
  }
}

Rows::UnitRows Rows::UnitsOf(const std::vector<bool>& wanted) const {
  UnitRows units;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]) units[plan_.group[i] < 0 ? plan_.row[i] : plan_.group[i]].push_back(i);
  }
  return units;
}

std::vector<int32_t> Rows::ByStrata(const UnitRows& units, const std::vector<double>& shares,
                                    int64_t epoch) const {
  std::vector<DealUnit> deal;
  for (const auto& [key, members] : units) {
    std::map<int32_t, int64_t> counts;
    for (const size_t i : members) ++counts[stratum_[i]];
    deal.push_back({key, {counts.begin(), counts.end()}});
  }
  return Deal(deal, strata_, shares, seed_, epoch);
}

// A unit stands where its latest row does.
std::vector<int32_t> Rows::ByTime(const UnitRows& units, const std::vector<double>& shares) const {
  std::vector<double> latest;
  std::vector<int64_t> size;
  for (const auto& [key, members] : units) {
    double last = -std::numeric_limits<double>::infinity();
    for (const size_t i : members) last = std::max(last, time_[i]);
    latest.push_back(last);
    size.push_back(static_cast<int64_t>(members.size()));
  }
  std::vector<size_t> order(units.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, {}, [&](size_t u) { return latest[u]; });
  std::vector<double> times, cumulative;
  std::vector<int64_t> sizes;
  for (const size_t u : order) {
    times.push_back(latest[u]);
    sizes.push_back(size[u]);
  }
  double sum = 0;
  for (size_t k = 0; k + 1 < shares.size(); ++k) cumulative.push_back(sum += shares[k]);
  const std::vector<size_t> cuts = TimeCuts(sizes, times, cumulative);
  std::vector<int32_t> dealt(units.size());
  for (size_t k = 0; k < order.size(); ++k) {
    dealt[order[k]] = static_cast<int32_t>(std::ranges::upper_bound(cuts, k) - cuts.begin());
  }
  return dealt;
}

std::vector<int32_t> Rows::DealWanted(const std::vector<bool>& wanted,
                                      const std::vector<double>& shares, int64_t epoch) const {
  const UnitRows units = UnitsOf(wanted);
  const std::vector<int32_t> dealt =
      by_time() ? ByTime(units, shares) : ByStrata(units, shares, epoch);
  std::vector<int32_t> of_row(wanted.size(), -1);
  size_t u = 0;
  for (const auto& [key, members] : units) {
    for (const size_t i : members) of_row[i] = dealt[u];
    ++u;
  }
  return of_row;
}

void RequireFilled(const std::vector<int32_t>& dealt, size_t parts, const Dataset& data,
                   int folds) {
  std::vector<bool> filled(parts);
  for (const int32_t part : dealt) {
    if (part >= 0) filled[static_cast<size_t>(part)] = true;
  }
  if (std::ranges::count(filled, false) == 0) return;
  throw Error(
      ErrorKind::kData,
      "the sets of rows that stay together are too few for " + std::to_string(folds) + " folds",
      {.file = data.source.string()}, "bottega split --set split.folds=2");
}

// `fold` of each row in this repeat: what one training sees.
FoldPlan PlanOf(const RowPlan& plan, const std::vector<int32_t>& fold, const Rows& rows, int repeat,
                int held_out, const FoldOptions& options) {
  const size_t n = plan.row.size();
  std::vector<bool> learns(n);
  for (size_t i = 0; i < n; ++i) {
    const bool earlier = fold[i] < held_out;
    learns[i] = plan.part[i] != Part::kTest && (rows.by_time() ? earlier : fold[i] != held_out);
  }
  std::vector<bool> may_validate = learns;
  for (size_t i = 0; i < n; ++i) {
    if (!rows.by_time() && fold[i] < 0) may_validate[i] = false;
  }
  std::vector<int32_t> dealt(n, 0);
  if (options.validation > 0) {
    const int64_t epoch = kValidationEpoch + int64_t{repeat} * options.folds + held_out;
    dealt = rows.DealWanted(may_validate, {1 - options.validation, options.validation}, epoch);
  }
  FoldPlan one{.repeat = repeat, .fold = held_out};
  for (size_t i = 0; i < n; ++i) {
    const bool tests = plan.part[i] != Part::kTest && fold[i] == held_out;
    if (!learns[i] && !tests) continue;
    one.split.row.push_back(plan.row[i]);
    one.split.part.push_back(tests           ? Part::kTest
                             : dealt[i] == 1 ? Part::kValidation
                                             : Part::kTrain);
    one.split.fold.push_back(fold[i]);
    one.split.group.push_back(plan.group[i]);
  }
  return one;
}

std::vector<bool> FixedRows(const RowPlan& plan) {
  const bool any = std::ranges::any_of(plan.fold, [](int32_t fold) { return fold >= 0; });
  std::vector<bool> fixed(plan.row.size());
  for (size_t i = 0; i < fixed.size(); ++i) {
    fixed[i] = any && plan.fold[i] < 0 && plan.part[i] != Part::kTest;
  }
  return fixed;
}

}  // namespace

FoldOptions FoldOptionsOf(const Dataset& data, const Json& section, const std::string& method) {
  FoldOptions options{.folds = section.at("folds"),
                      .repeats = section.at("repeats"),
                      .method = method,
                      .seed = section.at("seed"),
                      .bins = section.at("bins"),
                      .time_column = ColumnFor(data, section, "time", Role::kTime)};
  const double train = section.at("train"), validation = section.at("validation");
  options.validation = validation / (train + validation);
  return options;
}

std::vector<int32_t> DealFolds(const Dataset& data, const RowPlan& plan, const FoldOptions& options,
                               int repeat, const std::vector<bool>& fixed) {
  const Rows rows(data, plan, options);
  std::vector<bool> wanted(plan.row.size());
  for (size_t i = 0; i < wanted.size(); ++i) {
    // By time the earliest rows have no fold anyway.
    const bool kept = !rows.by_time() && !fixed.empty() && fixed[i];
    wanted[i] = plan.part[i] != Part::kTest && !kept;
  }
  const size_t parts = static_cast<size_t>(options.folds) + (rows.by_time() ? 1 : 0);
  const std::vector<double> shares(parts, 1.0 / static_cast<double>(parts));
  std::vector<int32_t> dealt = rows.DealWanted(wanted, shares, kFoldEpoch + repeat);
  RequireFilled(dealt, parts, data, options.folds);
  if (!rows.by_time()) return dealt;
  for (int32_t& fold : dealt) fold = fold < 0 ? -1 : fold - 1;
  return dealt;
}

std::vector<FoldPlan> MakeFoldPlans(const Dataset& data, const RowPlan& plan,
                                    const FoldOptions& options) {
  const Rows rows(data, plan, options);
  if (rows.by_time() && options.repeats > 1) {
    throw Error(ErrorKind::kRecipe, "folds by time cannot be repeated: there is one order of time",
                {}, "bottega train --cv " + std::to_string(options.folds));
  }
  const std::vector<bool> fixed = FixedRows(plan);
  std::vector<FoldPlan> plans;
  for (int repeat = 0; repeat < options.repeats; ++repeat) {
    const std::vector<int32_t> fold = DealFolds(data, plan, options, repeat, fixed);
    for (int k = 0; k < options.folds; ++k) {
      plans.push_back(PlanOf(plan, fold, rows, repeat, k, options));
    }
  }
  return plans;
}

}  // namespace bottega
