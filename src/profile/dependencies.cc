#include "profile/dependencies.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "base/threads.h"
#include "profile/group_tally.h"
#include "profile/row_groups.h"

namespace bottega {
namespace {

constexpr int64_t kSampleRows = 100'000;
constexpr size_t kMostOfOne = 8;       // dependencies of one column
constexpr double kMixed = 0.1;         // share of rows in groups that truly hold several values
constexpr double kBeyondChance = 4;    // times the rows that a shuffled column explains
constexpr int64_t kEarlyRows = 2'000;  // after so many rows a hopeless pair is given up

struct Measure {
  int64_t groups = 0, rows = 0, violations = 0, noise = 0;
  int64_t large = 0, mixed = 0;  // groups of three rows and more; of them without one clear value
  int64_t mixed_rows = 0;
  int64_t explained = 0;  // rows of other values than the most frequent, in groups of one value
  double strength = 0;
};

// What is summed over groups for mu+.
class Strength {
 public:
  explicit Strength(int64_t distinct) : total_(static_cast<size_t>(distinct)) {}

  void Add(const GroupTally& tally) {
    double squares = 0, n = 0;
    for (const int32_t value : tally.seen()) {
      if (tally.IsNoise(value)) continue;
      const auto count = static_cast<double>(tally.Of(value));
      total_[static_cast<size_t>(value)] += count;
      squares += count * count;
      n += count;
    }
    within_ += squares / n;
    rows_ += n;
    ++groups_;
  }
  double Value() const {
    double squares = 0;
    for (const double count : total_) squares += count * count;
    const double apart = 1 - squares / (rows_ * rows_);
    if (rows_ <= groups_ || apart <= 1e-12) return 0;
    const double within = 1 - within_ / rows_;
    return std::max(0.0, 1 - within / apart * (rows_ - 1) / (rows_ - groups_));
  }

 private:
  std::vector<double> total_;
  double within_ = 0, rows_ = 0, groups_ = 0;
};

// `give_up`: stop when more than this share of the rows are violations (1: never).
Measure MeasureOf(const RowGroups& groups, const std::vector<int32_t>& code, int64_t distinct,
                  int32_t most_frequent, double give_up = 1) {
  Measure out;
  GroupTally tally(distinct);
  Strength strength(distinct);
  for (int64_t g = 0; g < groups.size(); ++g) {
    tally.Count(groups.Group(g), code);
    const int64_t n = tally.known();
    if (n < 2) continue;
    ++out.groups;
    out.rows += n;
    out.violations += n - tally.Of(tally.top());
    int64_t noise = 0;
    for (const int32_t value : tally.seen()) {
      if (tally.IsNoise(value)) noise += tally.Of(value);
    }
    out.noise += noise;
    const bool mixed = tally.Of(tally.top()) + noise < n;
    if (tally.top() != most_frequent && !mixed) out.explained += tally.Of(tally.top());
    if (n >= 3) {
      ++out.large;
      out.mixed += mixed;
      out.mixed_rows += mixed ? n : 0;
    }
    strength.Add(tally);
    if (out.rows > kEarlyRows && static_cast<double>(out.violations) > give_up * double(out.rows)) {
      return out;
    }
  }
  if (out.groups > 0) out.strength = strength.Value();
  return out;
}

int32_t MostFrequent(const CellColumn& column) {
  return static_cast<int32_t>(std::ranges::max_element(column.count) - column.count.begin());
}

Dependency DependencyOf(std::vector<size_t> from, size_t to, const Measure& measure) {
  return {.from = std::move(from),
          .to = to,
          .groups = measure.groups,
          .rows = measure.rows,
          .violations = measure.violations,
          .noise = measure.noise,
          .mixed =
              (static_cast<double>(measure.mixed) + 0.5) / (static_cast<double>(measure.large) + 1),
          .strength = measure.strength};
}

class Finder {
 public:
  Finder(const std::vector<const CellColumn*>& columns, const DependencyOptions& options)
      : columns_(columns), options_(options) {}

  std::vector<Dependency> Find() const;

 private:
  std::vector<size_t> Chosen() const;
  std::vector<Dependency> From(size_t x, const std::vector<size_t>& chosen) const;
  bool Holds(const Measure& measure) const;
  bool BeyondChance(const RowGroups& groups, const std::vector<int64_t>& order, size_t to,
                    const Measure& measure) const;

  const std::vector<const CellColumn*>& columns_;
  const DependencyOptions& options_;
};

std::vector<size_t> Finder::Chosen() const {
  std::vector<size_t> chosen;
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i]->distinct() >= 2) chosen.push_back(i);
  }
  std::ranges::stable_sort(chosen, {}, [&](size_t i) { return columns_[i]->distinct(); });
  if (static_cast<int64_t>(chosen.size()) > options_.columns) {
    chosen.resize(static_cast<size_t>(options_.columns));
  }
  return chosen;
}

bool Finder::Holds(const Measure& measure) const {
  return measure.rows >= options_.support && measure.groups >= 2 &&
         measure.strength >= options_.strength &&
         static_cast<double>(measure.noise) <= options_.noise * static_cast<double>(measure.rows) &&
         static_cast<double>(measure.mixed_rows) <= kMixed * static_cast<double>(measure.rows) &&
         measure.explained >= options_.support / 2;
}

// The values of `to` shuffled among the rows of `groups` (whose rows `order` permutes).
bool Finder::BeyondChance(const RowGroups& groups, const std::vector<int64_t>& order, size_t to,
                          const Measure& measure) const {
  const std::vector<int32_t>& code = columns_[to]->code;
  std::vector<int32_t> shuffled;
  shuffled.reserve(order.size());
  for (const int64_t from : order) {
    shuffled.push_back(code[static_cast<size_t>(groups.rows[static_cast<size_t>(from)])]);
  }
  RowGroups by_place{.begin = groups.begin, .rows = std::vector<int32_t>(order.size())};
  std::iota(by_place.rows.begin(), by_place.rows.end(), 0);
  const Measure chance =
      MeasureOf(by_place, shuffled, columns_[to]->distinct(), MostFrequent(*columns_[to]));
  return static_cast<double>(measure.explained) >
         kBeyondChance * (static_cast<double>(chance.explained) + 1);
}

std::vector<Dependency> Finder::From(size_t x, const std::vector<size_t>& chosen) const {
  std::vector<Dependency> found;
  const RowGroups all = GroupRows({columns_[x]});
  if (static_cast<int64_t>(all.rows.size()) < options_.support) return found;
  const RowGroups sample = SampleGroups(all, kSampleRows, x);
  std::vector<int64_t> order;
  for (const size_t y : chosen) {
    if (y == x) continue;
    const Measure measure = MeasureOf(sample, columns_[y]->code, columns_[y]->distinct(),
                                      MostFrequent(*columns_[y]), 0.3);
    if (!Holds(measure)) continue;
    if (order.empty()) {
      order = Permutation(static_cast<int64_t>(sample.rows.size()), x, Purpose::kSample);
    }
    if (BeyondChance(sample, order, y, measure)) {
      found.push_back(DependencyOf({x}, y, measure));
    }
  }
  return found;
}

std::vector<Dependency> Finder::Find() const {
  const std::vector<size_t> chosen = Chosen();
  std::vector<std::vector<Dependency>> found(chosen.size());
  ParallelFor(static_cast<int64_t>(chosen.size()), 1, [&](int64_t i, int64_t) {
    found[static_cast<size_t>(i)] = From(chosen[static_cast<size_t>(i)], chosen);
  });
  std::vector<std::vector<Dependency>> by_target(columns_.size());
  for (const std::vector<Dependency>& some : found) {
    for (const Dependency& one : some) by_target[one.to].push_back(one);
  }
  ParallelFor(static_cast<int64_t>(by_target.size()), 1, [&](int64_t i, int64_t) {
    std::vector<Dependency>& some = by_target[static_cast<size_t>(i)];
    std::ranges::stable_sort(some, [](const Dependency& a, const Dependency& b) {
      return std::pair(-a.strength, -a.rows) < std::pair(-b.strength, -b.rows);
    });
    if (some.size() > kMostOfOne) some.resize(kMostOfOne);
    for (Dependency& one : some) one = MeasureDependency(columns_, one.from, one.to);
  });
  std::vector<Dependency> all;
  for (const std::vector<Dependency>& some : by_target) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace

std::vector<Dependency> FindDependencies(const std::vector<const CellColumn*>& columns,
                                         const DependencyOptions& options) {
  return Finder(columns, options).Find();
}

Dependency MeasureDependency(const std::vector<const CellColumn*>& columns,
                             const std::vector<size_t>& from, size_t to) {
  std::vector<const CellColumn*> by;
  for (const size_t x : from) by.push_back(columns[x]);
  if (columns[to]->distinct() == 0) return {.from = from, .to = to};
  const Measure measure = MeasureOf(GroupRows(by), columns[to]->code, columns[to]->distinct(),
                                    MostFrequent(*columns[to]));
  return DependencyOf(from, to, measure);
}

}  // namespace bottega
