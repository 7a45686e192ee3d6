#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/threads.h"
#include "profile/dependencies.h"
#include "profile/group_tally.h"
#include "profile/row_groups.h"

namespace bottega {
namespace {

constexpr double kMostOdds = 4;       // what one dependency may say, in natural log odds
constexpr double kOtherColumn = 1;    // log odds lost where the other column may be the wrong one
constexpr double kSilent = 1.5;       // and for each dependency in which the row stands alone
constexpr double kSurelyShared = -9;  // log probability
constexpr double kSameRow = 2;        // and for each further column in which the row differs

double LogChoose(int64_t n, int64_t k) {
  return std::lgamma(double(n) + 1) - std::lgamma(double(k) + 1) - std::lgamma(double(n - k) + 1);
}

// Log odds that n rows, c of which differ from the most frequent value, hold one value and noise
// rather than several values.
double OneValueOdds(const Dependency& dependency, int64_t n, int64_t c) {
  const double e =
      std::clamp((double(dependency.noise) + 1) / (double(dependency.rows) + 2), 1e-4, 0.2);
  const double prior = std::log((1 - dependency.mixed) / dependency.mixed);
  const double noise = LogChoose(n, c) + double(c) * std::log(e) + double(n - c) * std::log1p(-e);
  return std::clamp(prior + noise + std::log(double(n) + 1), -kMostOdds, kMostOdds);
}

struct Suspect {
  double odds = 0;
  double strongest = -INFINITY;
  int exempt = 0;  // dependencies that this row breaks rightly
  DependencyViolation violation;
  std::vector<std::pair<int32_t, double>> after;  // log odds by proposed value

  void Propose(int32_t value, double log_odds) {
    odds += log_odds;
    for (auto& [known, sum] : after) {
      if (known == value) {
        sum += log_odds;
        return;
      }
    }
    after.emplace_back(value, log_odds);
  }
};

// How many columns of a row differ from its group, by dependency and row: a row that differs in
// several belongs to something else of the same name, or its `from` is wrong.
class RowsApart {
 public:
  explicit RowsApart(const std::vector<Dependency>& all) {
    std::map<std::vector<size_t>, uint64_t> numbers;
    for (const Dependency& one : all) {
      from_.push_back(numbers.emplace(one.from, numbers.size()).first->second);
    }
  }
  void Add(size_t dependency, int32_t row) { ++count_[Key(dependency, row)]; }
  int Of(size_t dependency, int32_t row) const {
    const auto at = count_.find(Key(dependency, row));
    return at == count_.end() ? 0 : at->second;
  }

 private:
  uint64_t Key(size_t dependency, int32_t row) const {
    return from_[dependency] << 32 | static_cast<uint32_t>(row);
  }
  std::vector<uint64_t> from_;
  std::unordered_map<uint64_t, int> count_;
};

uint64_t Key(size_t dependency, int32_t row) {
  return static_cast<uint64_t>(dependency) << 32 | static_cast<uint32_t>(row);
}

// All dependencies with one `to`.
class Suspected {
 public:
  Suspected(const std::vector<const CellColumn*>& columns, const std::vector<Dependency>& all,
            const std::vector<size_t>& mine);
  // (dependency, row) of cells that stand alone against their group.
  const std::vector<std::pair<size_t, int32_t>>& apart() const { return apart_; }
  std::vector<DependencyViolation> Find(const RowsApart& rows_apart, double least);

 private:
  void Suspects(size_t d, const RowGroups& groups);
  void ExemptShared(const std::vector<const CellColumn*>& columns, size_t d);
  void Vote(size_t d, const RowGroups& groups, const RowsApart& rows_apart);
  void VoteOnRow(size_t d, const GroupTally& tally, int32_t row, double doubt);

  const std::vector<Dependency>& all_;
  const std::vector<size_t>& mine_;
  const CellColumn& to_;
  std::vector<RowGroups> groups_;
  std::vector<std::pair<size_t, int32_t>> apart_;
  std::unordered_set<uint64_t> exempt_;  // by Key
  std::unordered_map<int32_t, Suspect> suspects_;
};

Suspected::Suspected(const std::vector<const CellColumn*>& columns,
                     const std::vector<Dependency>& all, const std::vector<size_t>& mine)
    : all_(all), mine_(mine), to_(*columns[all[mine[0]].to]) {
  for (const size_t d : mine_) {
    std::vector<const CellColumn*> from;
    for (const size_t x : all_[d].from) from.push_back(columns[x]);
    groups_.push_back(GroupRows(from));
    Suspects(d, groups_.back());
    ExemptShared(columns, d);
  }
}

bool AgreesWell(const GroupTally& tally) {
  const int64_t top = tally.top() < 0 ? 0 : tally.Of(tally.top());
  return top >= 2 && top * 10 >= tally.known() * 9;
}

void Suspected::Suspects(size_t d, const RowGroups& groups) {
  GroupTally tally(to_.distinct());
  for (int64_t g = 0; g < groups.size(); ++g) {
    tally.Count(groups.Group(g), to_.code);
    const auto rows = static_cast<int64_t>(groups.Group(g).size());
    if (tally.known() == rows && (tally.seen().size() < 2 || rows < 3)) continue;
    for (const int32_t row : groups.Group(g)) {
      const int32_t value = to_.code[static_cast<size_t>(row)];
      const bool odd = value < 0 ? AgreesWell(tally) : tally.IsNoise(value);
      if (odd) suspects_[row];
      if (odd && value >= 0) apart_.emplace_back(d, row);
    }
  }
}

// Takes rows out that break `d` far more often than others, for they share a value of some column.
void Suspected::ExemptShared(const std::vector<const CellColumn*>& columns, size_t d) {
  const auto first =
      std::ranges::partition_point(apart_, [&](const auto& one) { return one.first != d; });
  const std::span mine(first, apart_.end());
  const Dependency& rule = all_[d];
  const double e = std::max(double(rule.noise) / std::max(1.0, double(rule.rows)), 1e-4);
  for (size_t z = 0; z < columns.size(); ++z) {
    if (z == rule.to || std::ranges::count(rule.from, z) > 0) continue;
    const std::vector<int32_t>& code = columns[z]->code;
    std::unordered_map<int32_t, int64_t> broken;
    for (const auto& [rule_index, row] : mine) ++broken[code[static_cast<size_t>(row)]];
    std::erase_if(broken, [&](const auto& one) {
      const auto& [value, k] = one;
      if (value < 0 || k < 3) return true;
      const int64_t n = columns[z]->count[static_cast<size_t>(value)];
      const double by_chance = LogChoose(n, k) + double(k) * std::log(e) +
                               double(n - k) * std::log1p(-e) +
                               std::log(double(columns[z]->distinct()));
      return k * 2 < n || by_chance >= kSurelyShared;
    });
    if (broken.empty()) continue;
    for (const auto& [rule_index, row] : mine) {
      if (broken.contains(code[static_cast<size_t>(row)])) exempt_.insert(Key(d, row));
    }
  }
  apart_.erase(
      std::remove_if(first, apart_.end(),
                     [&](const auto& one) { return exempt_.contains(Key(d, one.second)); }),
      apart_.end());
}

// What a group says of the cell of `row`: log odds that the cell is wrong, less `doubt`.
void Suspected::VoteOnRow(size_t d, const GroupTally& tally, int32_t row, double doubt) {
  Suspect& suspect = suspects_.at(row);
  const int32_t value = to_.code[static_cast<size_t>(row)];
  const int32_t top = tally.top();
  const int64_t n = tally.known();
  const int64_t agree = tally.Of(top);
  if (value == top) {
    if (agree < 2) return;
    suspect.odds -= std::max(0.0, OneValueOdds(all_[d], n, n - agree));
    ++suspect.violation.in_favour;
    return;
  }
  const bool missing = value < 0;
  if (missing ? !AgreesWell(tally) : n < 3 || agree == tally.Of(value)) return;
  const double odds =
      missing ? std::log(double(agree) + 1) : OneValueOdds(all_[d], n, n - agree) - doubt;
  suspect.Propose(top, odds);
  ++suspect.violation.against;
  if (odds <= suspect.strongest) return;
  suspect.strongest = odds;
  suspect.violation.dependency = d;
  suspect.violation.group = n - !missing;
  suspect.violation.agree = agree;
}

void Suspected::Vote(size_t d, const RowGroups& groups, const RowsApart& rows_apart) {
  GroupTally tally(to_.distinct());
  // Values that another group holds rightly: then the other column may be the wrong one.
  std::vector<bool> tops(static_cast<size_t>(to_.distinct()));
  for (int64_t g = 0; g < groups.size(); ++g) {
    tally.Count(groups.Group(g), to_.code);
    const int32_t top = tally.top();
    if (top >= 0 && tally.Of(top) >= 2) tops[static_cast<size_t>(top)] = true;
  }
  for (int64_t g = 0; g < groups.size(); ++g) {
    const std::span<const int32_t> group = groups.Group(g);
    tally.Count(group, to_.code);
    if (tally.known() == 0) continue;
    for (const int32_t row : group) {
      const auto suspect = suspects_.find(row);
      if (suspect == suspects_.end()) continue;
      if (exempt_.contains(Key(d, row))) {
        ++suspect->second.exempt;
        continue;
      }
      const int32_t value = to_.code[static_cast<size_t>(row)];
      double doubt = kSameRow * std::max(0, rows_apart.Of(d, row) - 1);
      if (value >= 0 && tops[static_cast<size_t>(value)]) doubt += kOtherColumn;
      VoteOnRow(d, tally, row, doubt);
    }
  }
}

std::vector<DependencyViolation> Suspected::Find(const RowsApart& rows_apart, double least) {
  if (suspects_.empty()) return {};
  for (size_t i = 0; i < mine_.size(); ++i) Vote(mine_[i], groups_[i], rows_apart);
  std::vector<DependencyViolation> found;
  for (auto& [row, suspect] : suspects_) {
    const int voices = suspect.violation.against + suspect.violation.in_favour;
    const double silent = kSilent * (static_cast<double>(mine_.size()) - voices - suspect.exempt);
    const bool missing = to_.code[static_cast<size_t>(row)] < 0;
    const double confidence = 1 / (1 + std::exp((missing ? 0 : silent) - suspect.odds));
    if (suspect.after.empty() || confidence < least) continue;
    DependencyViolation violation = suspect.violation;
    violation.position = row;
    violation.column = all_[mine_[0]].to;
    violation.before = to_.code[static_cast<size_t>(row)];
    violation.after =
        std::ranges::max_element(suspect.after, {}, &std::pair<int32_t, double>::second)->first;
    violation.confidence = confidence;
    found.push_back(violation);
  }
  std::ranges::sort(found, {}, &DependencyViolation::position);
  return found;
}

}  // namespace

std::vector<DependencyViolation> FindViolations(const std::vector<const CellColumn*>& columns,
                                                const std::vector<Dependency>& dependencies,
                                                double least) {
  std::vector<std::vector<size_t>> by_target(columns.size());
  for (size_t d = 0; d < dependencies.size(); ++d) by_target[dependencies[d].to].push_back(d);
  std::erase_if(by_target, [&](const std::vector<size_t>& mine) {
    return mine.empty() || columns[dependencies[mine[0]].to]->distinct() == 0;
  });
  std::vector<std::optional<Suspected>> suspected(by_target.size());
  const auto n = static_cast<int64_t>(by_target.size());
  ParallelFor(n, 1, [&](int64_t i, int64_t) {
    const auto at = static_cast<size_t>(i);
    suspected[at].emplace(columns, dependencies, by_target[at]);
  });
  RowsApart rows_apart(dependencies);
  for (const auto& one : suspected) {
    for (const auto& [d, row] : one->apart()) rows_apart.Add(d, row);
  }
  std::vector<std::vector<DependencyViolation>> found(by_target.size());
  ParallelFor(n, 1, [&](int64_t i, int64_t) {
    const auto at = static_cast<size_t>(i);
    found[at] = suspected[at]->Find(rows_apart, least);
  });
  std::vector<DependencyViolation> all;
  for (const std::vector<DependencyViolation>& some : found) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace bottega
