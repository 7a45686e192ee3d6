#include "split/make_split.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "base/text.h"
#include "split/deal.h"
#include "split/strata.h"
#include "split/units.h"

namespace bottega {

namespace {

constexpr int kTest = static_cast<int>(Part::kTest);
constexpr int kParts = 3;

class Splitter {
 public:
  Splitter(const Dataset& data, const Json& section, const Duplicates* duplicates);
  SplitOutcome Run();

 private:
  using Positions = std::vector<int64_t>;

  void CheckShares();
  void ChooseMethod();
  void LeaveOut(int64_t position, const std::string& reason);
  void LeaveOutUnusable();
  void TakeGivenParts();
  void KeepUnitsWhole();
  void DealParts(const std::array<double, kParts>& shares);
  void DealByTime(const std::array<double, kParts>& shares);
  void HandleRareClasses(int parts);
  void DealFolds();
  // Units among the positions for which `wanted` holds, and which they are.
  std::vector<DealUnit> UnitsWhere(const std::vector<bool>& wanted, std::vector<int64_t>* which);
  std::vector<int64_t> ByTime(const std::vector<bool>& wanted, std::vector<double>* latest);
  void CheckParts();
  RowPlan Plan() const;

  const Dataset& data_;
  const Json& section_;
  const size_t n_;
  const int group_column_, time_column_;
  Units units_;
  Strata strata_;
  std::vector<double> time_;
  std::array<double, kParts> shares_{};
  std::vector<int> part_;           // per position; -1: to be dealt
  std::vector<bool> out_, pinned_;  // pinned: trains in every fold
  std::vector<int32_t> fold_;
  SplitOutcome outcome_;
};

Splitter::Splitter(const Dataset& data, const Json& section, const Duplicates* duplicates)
    : data_(data),
      section_(section),
      n_(static_cast<size_t>(data.size())),
      group_column_(ColumnFor(data, section, "group", Role::kGroup)),
      time_column_(ColumnFor(data, section, "time", Role::kTime)),
      units_(JoinRows(data,
                      section.at("keep_duplicates_together").get<bool>() ? duplicates : nullptr,
                      group_column_)),
      strata_(StrataOf(data, section.at("bins").get<int>())),
      part_(n_, -1),
      out_(n_),
      pinned_(n_),
      fold_(n_, -1) {}

void Splitter::CheckShares() {
  const char* names[] = {"train", "validation", "test"};
  double sum = 0;
  for (size_t p = 0; p < kParts; ++p) sum += shares_[p] = section_.at(names[p]).get<double>();
  const std::string hint =
      "bottega split --set split.train=0.7 --set split.validation=0.15 "
      "--set split.test=0.15";
  if (std::abs(sum - 1) > 1e-6) {
    throw Error(ErrorKind::kRecipe,
                "split.train, split.validation and split.test sum to " + FormatNumber(sum, 6) +
                    ", not to 1",
                {}, hint);
  }
  if (shares_[0] <= 0) throw Error(ErrorKind::kRecipe, "split.train must be above 0", {}, hint);
}

void Splitter::ChooseMethod() {
  std::string& method = outcome_.method;
  method = section_.at("method");
  if (method == "auto") {
    method = time_column_ >= 0 ? "time" : group_column_ >= 0 ? "grouped" : "stratified";
  }
  if (method == "grouped" && group_column_ < 0) {
    throw Error(ErrorKind::kRecipe,
                "split.method is grouped, but no column says which rows belong "
                "together",
                {}, "name it as split.group; `bottega split --set split.method=auto` does without");
  }
  if (method == "random") strata_ = {.of = strata_.of, .names = strata_.names, .count = 1};
  if (method != "time") return;
  const FeatureType type =
      time_column_ < 0 ? FeatureType::kText : data_.columns[static_cast<size_t>(time_column_)].type;
  if (type != FeatureType::kDate && type != FeatureType::kNumber) {
    throw Error(ErrorKind::kRecipe,
                "split.method is time, but no column of dates or numbers says "
                "when a row was",
                {}, "name it as split.time; `bottega split --set split.method=auto` does without");
  }
  time_ = NumbersOf(data_, time_column_);
}

void Splitter::LeaveOut(int64_t position, const std::string& reason) {
  const auto i = static_cast<size_t>(position);
  if (out_[i]) return;
  out_[i] = true;
  outcome_.left_out.push_back({data_.rows[i], reason});
}

void Splitter::LeaveOutUnusable() {
  for (size_t i = 0; i < n_; ++i) {
    const auto position = static_cast<int64_t>(i);
    if (strata_.of[i] < 0) LeaveOut(position, "the target is missing");
    if (!time_.empty() && !std::isfinite(time_[i])) LeaveOut(position, "its time is missing");
  }
  if (outcome_.method == "random")
    std::ranges::replace_if(strata_.of, [](int32_t s) { return s > 0; }, 0);
}

void Splitter::TakeGivenParts() {
  const std::vector<int8_t> given = GivenParts(data_);
  std::array<int64_t, kParts> rows{};
  for (size_t i = 0; i < given.size(); ++i) {
    if (given[i] < 0) {
      LeaveOut(static_cast<int64_t>(i), "its part is none of train, validation, test");
    } else if (!out_[i]) {
      part_[i] = given[i];
      ++rows[static_cast<size_t>(given[i])];
    }
  }
  if (given.empty()) return;
  if (rows[0] == 0) {
    outcome_.notes.push_back("The source's part column gives no row to train: it is not used.");
    std::ranges::fill(part_, -1);
    return;
  }
  KeepUnitsWhole();
  std::array<double, kParts> shares{};
  double sum = 0;
  for (size_t p = 0; p < kParts; ++p) {
    if (p == 0 || rows[p] == 0) sum += shares[p] = shares_[p];
  }
  for (double& share : shares) share /= sum;
  const bool cut = shares[1] > 0 || shares[2] > 0;
  outcome_.notes.push_back(cut ? "Parts that the source gives are kept; " +
                                     std::string(shares[1] > 0 ? "validation" : "test") +
                                     " is cut from train."
                               : "The parts are those that the source gives.");
  if (!cut) outcome_.method = "given";
  shares_ = shares;
  std::ranges::replace(part_, 0, -1);
}

// A unit of which one row stands in a given test part cannot train; the test part is not touched.
void Splitter::KeepUnitsWhole() {
  const char* const name[] = {"train", "validation", "test"};
  for (const std::vector<int64_t>& members : units_.members) {
    int highest = -1;
    for (int64_t i : members) {
      if (!out_[static_cast<size_t>(i)]) highest = std::max(highest, part_[static_cast<size_t>(i)]);
    }
    for (int64_t i : members) {
      if (out_[static_cast<size_t>(i)] || part_[static_cast<size_t>(i)] == highest) continue;
      LeaveOut(i, std::string("it repeats, or belongs with, a row of the source's ") +
                      name[highest] + " part");
    }
  }
}

std::vector<DealUnit> Splitter::UnitsWhere(const std::vector<bool>& wanted,
                                           std::vector<int64_t>* which) {
  std::vector<DealUnit> deal;
  for (size_t u = 0; u < units_.members.size(); ++u) {
    std::map<int32_t, int64_t> counts;
    for (int64_t i : units_.members[u]) {
      if (wanted[static_cast<size_t>(i)]) ++counts[strata_.of[static_cast<size_t>(i)]];
    }
    if (counts.empty()) continue;
    deal.push_back({units_.key[u], {counts.begin(), counts.end()}});
    which->push_back(static_cast<int64_t>(u));
  }
  return deal;
}

// A class needs a unit for each part that is dealt.
void Splitter::HandleRareClasses(int parts) {
  if (strata_.names.empty() || outcome_.method == "random" || outcome_.method == "time") return;
  std::vector<std::set<int64_t>> units(strata_.names.size());
  for (size_t i = 0; i < n_; ++i) {
    if (!out_[i] && part_[i] < 0) units[static_cast<size_t>(strata_.of[i])].insert(units_.of[i]);
  }
  const std::string choice = section_.at("rare_classes");
  for (size_t k = 0; k < units.size(); ++k) {
    const auto count = static_cast<int>(units[k].size());
    if (count == 0 || count >= parts) continue;
    const std::string what = "class '" + Shorten(strata_.names[k], 40) + "' has " +
                             FormatCount(count) + (count == 1 ? " row" : " rows") +
                             " that may be parted, fewer than the " + std::to_string(parts) +
                             " parts";
    if (choice == "error") {
      throw Error(ErrorKind::kData, what,
                  {.file = data_.source.string(), .column = data_.TargetColumn()->name},
                  "add rows of that class, or only train on them: `bottega run --set "
                  "split.rare_classes=train`");
    }
    outcome_.notes.push_back(what + (choice == "train" ? "; they train." : "; they are left out."));
    for (size_t i = 0; i < n_; ++i) {
      if (strata_.of[i] != static_cast<int32_t>(k) || out_[i] || part_[i] >= 0) continue;
      if (choice == "leave_out") {
        LeaveOut(static_cast<int64_t>(i), "its class has too few rows for every part");
      } else {
        for (int64_t j : units_.members[static_cast<size_t>(units_.of[i])]) {
          part_[static_cast<size_t>(j)] = 0;
          pinned_[static_cast<size_t>(j)] = true;
        }
      }
    }
  }
}

void Splitter::DealParts(const std::array<double, kParts>& shares) {
  std::vector<double> dealt_shares;
  std::vector<int> dealt_parts;
  for (int p = 0; p < kParts; ++p) {
    if (shares[static_cast<size_t>(p)] <= 0) continue;
    dealt_shares.push_back(shares[static_cast<size_t>(p)]);
    dealt_parts.push_back(p);
  }
  HandleRareClasses(static_cast<int>(dealt_parts.size()));
  std::vector<bool> wanted(n_);
  for (size_t i = 0; i < n_; ++i) wanted[i] = !out_[i] && part_[i] < 0;
  std::vector<int64_t> which;
  const std::vector<DealUnit> units = UnitsWhere(wanted, &which);
  const std::vector<int32_t> dealt =
      Deal(units, strata_.count, dealt_shares, section_.at("seed").get<uint64_t>());
  for (size_t u = 0; u < units.size(); ++u) {
    for (int64_t i : units_.members[static_cast<size_t>(which[u])]) {
      if (wanted[static_cast<size_t>(i)]) {
        part_[static_cast<size_t>(i)] = dealt_parts[static_cast<size_t>(dealt[u])];
      }
    }
  }
}

// Units in the order of their latest row, so that no row before a cut is later than one after it.
std::vector<int64_t> Splitter::ByTime(const std::vector<bool>& wanted,
                                      std::vector<double>* latest) {
  std::vector<int64_t> order;
  latest->assign(units_.members.size(), -std::numeric_limits<double>::infinity());
  for (size_t u = 0; u < units_.members.size(); ++u) {
    double& last = (*latest)[u];
    for (int64_t i : units_.members[u]) {
      if (wanted[static_cast<size_t>(i)]) last = std::max(last, time_[static_cast<size_t>(i)]);
    }
    if (std::isfinite(last)) order.push_back(static_cast<int64_t>(u));
  }
  std::ranges::stable_sort(order, {}, [&](int64_t u) { return (*latest)[static_cast<size_t>(u)]; });
  return order;
}

// Cuts where the share is reached best without parting rows of equal time.
std::vector<size_t> CutsOf(const std::vector<int64_t>& sizes, const std::vector<double>& times,
                           const std::vector<double>& cumulative_shares) {
  const auto total = static_cast<double>(std::accumulate(sizes.begin(), sizes.end(), int64_t{0}));
  std::vector<size_t> cuts;
  for (double share : cumulative_shares) {
    double seen = 0, best_error = share * total;
    size_t best = 0;
    for (size_t k = 0; k < sizes.size(); ++k) {
      seen += static_cast<double>(sizes[k]);
      const bool tie = k + 1 < sizes.size() && times[k + 1] == times[k];
      if (const double error = std::abs(seen - share * total); !tie && error < best_error) {
        best = k + 1;
        best_error = error;
      }
    }
    cuts.push_back(best);
  }
  return cuts;
}

void Splitter::DealByTime(const std::array<double, kParts>& shares) {
  std::vector<bool> wanted(n_);
  for (size_t i = 0; i < n_; ++i) wanted[i] = !out_[i] && part_[i] < 0;
  std::vector<double> latest, times;
  const std::vector<int64_t> order = ByTime(wanted, &latest);
  std::vector<int64_t> sizes;
  for (int64_t u : order) {
    const auto& members = units_.members[static_cast<size_t>(u)];
    sizes.push_back(
        std::ranges::count_if(members, [&](int64_t i) { return wanted[static_cast<size_t>(i)]; }));
    times.push_back(latest[static_cast<size_t>(u)]);
  }
  const std::vector<size_t> cuts = CutsOf(sizes, times, {shares[0], shares[0] + shares[1]});
  for (size_t k = 0; k < order.size(); ++k) {
    for (int64_t i : units_.members[static_cast<size_t>(order[k])]) {
      if (wanted[static_cast<size_t>(i)]) {
        part_[static_cast<size_t>(i)] = k < cuts[0] ? 0 : k < cuts[1] ? 1 : 2;
      }
    }
  }
}

void Splitter::DealFolds() {
  if (section_.at("folds").is_null()) return;
  const auto folds = section_.at("folds").get<int>();
  std::vector<bool> wanted(n_);
  for (size_t i = 0; i < n_; ++i) wanted[i] = !out_[i] && !pinned_[i] && part_[i] != kTest;
  std::vector<int64_t> which;
  std::vector<int32_t> dealt;
  if (outcome_.method == "time") {
    std::vector<double> latest;
    which = ByTime(wanted, &latest);
    for (size_t k = 0; k < which.size(); ++k) {
      dealt.push_back(static_cast<int32_t>(k * static_cast<size_t>(folds) / which.size()));
    }
  } else {
    const std::vector<DealUnit> units = UnitsWhere(wanted, &which);
    const std::vector<double> shares(static_cast<size_t>(folds), 1.0 / folds);
    dealt = Deal(units, strata_.count, shares, section_.at("seed").get<uint64_t>(), 1);
  }
  if (which.size() < static_cast<size_t>(folds)) {
    throw Error(ErrorKind::kData,
                FormatCount(static_cast<int64_t>(which.size())) + " sets of rows cannot fill " +
                    std::to_string(folds) + " folds",
                {.file = data_.source.string()}, "bottega split --set split.folds=2");
  }
  for (size_t k = 0; k < which.size(); ++k) {
    for (int64_t i : units_.members[static_cast<size_t>(which[k])]) {
      if (wanted[static_cast<size_t>(i)]) fold_[static_cast<size_t>(i)] = dealt[k];
    }
  }
}

void Splitter::CheckParts() {
  const char* const name[] = {"train", "validation", "test"};
  std::array<int64_t, kParts> rows{};
  std::array<std::set<int32_t>, kParts> classes;
  for (size_t i = 0; i < n_; ++i) {
    if (out_[i]) continue;
    ++rows[static_cast<size_t>(part_[i])];
    classes[static_cast<size_t>(part_[i])].insert(strata_.of[i]);
  }
  for (size_t p = 0; p < kParts; ++p) {
    if (rows[p] > 0 || shares_[p] <= 0) continue;
    throw Error(ErrorKind::kData,
                std::string("nothing is left for ") + name[p] + ": " +
                    FormatCount(static_cast<int64_t>(units_.members.size())) +
                    " sets of rows that stay together are too few for this split",
                {.file = data_.source.string()},
                "add rows, or do without that part: `bottega split --set split.train=0.8 --set "
                "split.validation=0.2 --set split.test=0`");
  }
  for (size_t p = 1; p < kParts && !strata_.names.empty() && strata_.count > 1; ++p) {
    for (int32_t k : classes[p]) {
      if (!classes[0].contains(k)) {
        outcome_.notes.push_back("Class '" + strata_.names[static_cast<size_t>(k)] + "' is in " +
                                 name[p] + " but not in train.");
      }
    }
  }
}

RowPlan Splitter::Plan() const {
  RowPlan plan;
  for (size_t i = 0; i < n_; ++i) {
    if (out_[i]) continue;
    const auto unit = static_cast<size_t>(units_.of[i]);
    const bool alone = units_.members[unit].size() == 1 && group_column_ < 0;
    plan.row.push_back(data_.rows[i]);
    plan.part.push_back(static_cast<Part>(part_[i]));
    plan.fold.push_back(fold_[i]);
    plan.group.push_back(alone ? -1 : units_.key[unit]);
  }
  return plan;
}

SplitOutcome Splitter::Run() {
  CheckShares();
  ChooseMethod();
  LeaveOutUnusable();
  TakeGivenParts();
  outcome_.units = static_cast<int64_t>(units_.members.size());
  if (outcome_.method == "time") {
    DealByTime(shares_);
  } else {
    DealParts(shares_);
  }
  DealFolds();
  CheckParts();
  outcome_.plan = Plan();
  return std::move(outcome_);
}

}  // namespace

SplitOutcome MakeSplitOutcome(const Dataset& data, const Json& section,
                              const Duplicates* duplicates) {
  return Splitter(data, section, duplicates).Run();
}

RowPlan MakeSplit(const Dataset& data, const Json& section, const Duplicates* duplicates) {
  return MakeSplitOutcome(data, section, duplicates).plan;
}

}  // namespace bottega
