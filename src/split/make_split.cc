#include "split/make_split.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "split/fold_plans.h"
#include "split/splitter.h"

namespace bottega {

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
      pinned_(n_) {}

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

std::vector<int64_t> Splitter::UnitsOfClasses() const {
  std::vector<std::set<int64_t>> units(strata_.names.size());
  for (size_t i = 0; i < n_; ++i) {
    if (!out_[i] && part_[i] < 0) units[static_cast<size_t>(strata_.of[i])].insert(units_.of[i]);
  }
  std::vector<int64_t> counts;
  for (const std::set<int64_t>& of_class : units) {
    counts.push_back(static_cast<int64_t>(of_class.size()));
  }
  return counts;
}

void Splitter::TrainOnly(int32_t stratum) {
  for (size_t i = 0; i < n_; ++i) {
    if (strata_.of[i] != stratum || out_[i] || part_[i] >= 0) continue;
    for (int64_t j : units_.members[static_cast<size_t>(units_.of[i])]) {
      part_[static_cast<size_t>(j)] = 0;
      pinned_[static_cast<size_t>(j)] = true;
    }
  }
}

// A class needs a unit for each part that is dealt.
void Splitter::HandleRareClasses(int parts) {
  if (strata_.names.empty() || outcome_.method == "random" || outcome_.method == "time") return;
  const std::vector<int64_t> units = UnitsOfClasses();
  const auto enough = std::ranges::count_if(units, [&](int64_t n) { return n >= parts; });
  std::string choice = section_.at("rare_classes");
  if (choice == "auto") choice = enough >= 2 ? "train" : "error";
  std::vector<std::string> rare;
  for (size_t k = 0; k < units.size(); ++k) {
    if (units[k] == 0 || units[k] >= parts) continue;
    const std::string name = "'" + Shorten(strata_.names[k], 40) + "'";
    const std::string count = FormatCount(units[k]);
    if (choice == "error") {
      throw Error(ErrorKind::kData,
                  "class " + name + " has " + count + (units[k] == 1 ? " row" : " rows") +
                      " that may be parted, fewer than the " + std::to_string(parts) + " parts" +
                      (enough < 2 ? ", and without it there are not two classes to score" : ""),
                  {.file = data_.source.string(), .column = data_.TargetColumn()->name},
                  "add rows of that class, or only train on them: `bottega run --set "
                  "split.rare_classes=train`");
    }
    rare.push_back(name + " (" + count + ")");
    if (choice == "train") TrainOnly(static_cast<int32_t>(k));
    for (size_t i = 0; i < n_ && choice == "leave_out"; ++i) {
      if (strata_.of[i] != static_cast<int32_t>(k) || part_[i] >= 0) continue;
      LeaveOut(static_cast<int64_t>(i), "its class has too few rows for every part");
    }
  }
  if (!rare.empty()) NoteRare(rare, choice == "train", parts);
}

void Splitter::NoteRare(std::vector<std::string> rare, bool train, int parts) {
  constexpr size_t kNamed = 5;
  const size_t count = rare.size();
  if (count > kNamed) {
    rare.resize(kNamed);
    rare.push_back("...");
  }
  outcome_.notes.push_back(
      FormatCount(static_cast<int64_t>(count)) + (count == 1 ? " class has" : " classes have") +
      " fewer rows that may be parted than the " + std::to_string(parts) +
      " parts: " + Join(rare, ", ") +
      (train ? ". These rows train; no score tells how well such rows are recognized."
             : ". These rows are left out."));
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
    plan.group.push_back(alone ? -1 : units_.key[unit]);
  }
  plan.fold = Folds(plan);
  return plan;
}

std::vector<int32_t> Splitter::Folds(const RowPlan& plan) const {
  if (section_.at("folds").is_null()) return std::vector<int32_t>(plan.row.size(), -1);
  std::vector<bool> pinned;
  for (size_t i = 0; i < n_; ++i) {
    if (!out_[i]) pinned.push_back(pinned_[i]);
  }
  return DealFolds(data_, plan, FoldOptionsOf(data_, section_, outcome_.method), 0, pinned);
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
  CheckParts();
  outcome_.plan = Plan();
  return std::move(outcome_);
}

SplitOutcome MakeSplitOutcome(const Dataset& data, const Json& section,
                              const Duplicates* duplicates) {
  return Splitter(data, section, duplicates).Run();
}

RowPlan MakeSplit(const Dataset& data, const Json& section, const Duplicates* duplicates) {
  return MakeSplitOutcome(data, section, duplicates).plan;
}

}  // namespace bottega
