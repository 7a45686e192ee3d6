#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "base/threads.h"
#include "profile/dependencies.h"
#include "profile/group_tally.h"
#include "profile/row_groups.h"

namespace bottega {
namespace {

constexpr double kMostOdds = 4;     // what one dependency may say, in natural log odds
constexpr double kOtherColumn = 1;  // log odds lost where the other column may be the wrong one

double LogChoose(int64_t n, int64_t k) {
  return std::lgamma(double(n) + 1) - std::lgamma(double(k) + 1) - std::lgamma(double(n - k) + 1);
}

// Log odds that n rows, c of which differ, hold one value and noise rather than several values.
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

// All dependencies with one `to`.
class Suspected {
 public:
  Suspected(const std::vector<const CellColumn*>& columns, const std::vector<Dependency>& all,
         const std::vector<size_t>& mine)
      : all_(all), mine_(mine), to_(*columns[all[mine[0]].to]) {
    for (const size_t d : mine_) {
      std::vector<const CellColumn*> from;
      for (const size_t x : all_[d].from) from.push_back(columns[x]);
      groups_.push_back(GroupRows(from));
    }
  }
  std::vector<DependencyViolation> Find(double least);

 private:
  void Suspects(const RowGroups& groups);
  void Vote(size_t d, const RowGroups& groups);
  void VoteOnRow(size_t d, const GroupTally& tally, int32_t row, const std::vector<bool>& tops);

  const std::vector<Dependency>& all_;
  const std::vector<size_t>& mine_;
  const CellColumn& to_;
  std::vector<RowGroups> groups_;
  std::unordered_map<int32_t, Suspect> suspects_;
};

bool AgreesWell(const GroupTally& tally) {
  const int64_t top = tally.top() < 0 ? 0 : tally.Of(tally.top());
  return top >= 2 && top * 10 >= tally.known() * 9;
}

void Suspected::Suspects(const RowGroups& groups) {
  GroupTally tally(to_.distinct());
  for (int64_t g = 0; g < groups.size(); ++g) {
    tally.Count(groups.Group(g), to_.code);
    const auto rows = static_cast<int64_t>(groups.Group(g).size());
    if (tally.known() == rows && (tally.seen().size() < 2 || rows < 3)) continue;
    for (const int32_t row : groups.Group(g)) {
      const int32_t value = to_.code[static_cast<size_t>(row)];
      const bool odd = value < 0 ? AgreesWell(tally) : tally.IsNoise(value);
      if (odd) suspects_[row];
    }
  }
}

// What a group says of the cell of `row`: log odds that the cell is wrong.
void Suspected::VoteOnRow(size_t d, const GroupTally& tally, int32_t row,
                       const std::vector<bool>& tops) {
  const auto at = suspects_.find(row);
  if (at == suspects_.end() || tally.known() == 0) return;
  Suspect& suspect = at->second;
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
  double odds = missing ? std::log(double(agree) + 1) : OneValueOdds(all_[d], n, tally.Of(value));
  if (!missing && tops[static_cast<size_t>(value)]) odds -= kOtherColumn;
  suspect.Propose(top, odds);
  ++suspect.violation.against;
  if (odds <= suspect.strongest) return;
  suspect.strongest = odds;
  suspect.violation.dependency = d;
  suspect.violation.group = n - !missing;
  suspect.violation.agree = agree;
}

void Suspected::Vote(size_t d, const RowGroups& groups) {
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
    for (const int32_t row : group) VoteOnRow(d, tally, row, tops);
  }
}

std::vector<DependencyViolation> Suspected::Find(double least) {
  for (const RowGroups& groups : groups_) Suspects(groups);
  if (suspects_.empty()) return {};
  for (size_t i = 0; i < mine_.size(); ++i) Vote(mine_[i], groups_[i]);
  std::vector<DependencyViolation> found;
  for (auto& [row, suspect] : suspects_) {
    const double confidence = 1 / (1 + std::exp(-suspect.odds));
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
  std::vector<std::vector<DependencyViolation>> found(columns.size());
  ParallelFor(static_cast<int64_t>(columns.size()), 1, [&](int64_t i, int64_t) {
    const auto to = static_cast<size_t>(i);
    if (by_target[to].empty() || columns[to]->distinct() == 0) return;
    found[to] = Suspected(columns, dependencies, by_target[to]).Find(least);
  });
  std::vector<DependencyViolation> all;
  for (const std::vector<DependencyViolation>& some : found) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace bottega
