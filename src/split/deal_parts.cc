// The Splitter's dealing: units of rows into parts and folds, by strata or by time.
#include <algorithm>
#include <limits>
#include <map>

#include "split/splitter.h"
#include "split/time_cuts.h"

namespace bottega {

std::vector<bool> Splitter::Undealt() const {
  std::vector<bool> undealt(n_);
  for (size_t i = 0; i < n_; ++i) undealt[i] = !out_[i] && part_[i] < 0;
  return undealt;
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

void Splitter::DealParts(const std::array<double, kParts>& shares) {
  std::vector<double> dealt_shares;
  std::vector<int> dealt_parts;
  for (int p = 0; p < kParts; ++p) {
    if (shares[static_cast<size_t>(p)] <= 0) continue;
    dealt_shares.push_back(shares[static_cast<size_t>(p)]);
    dealt_parts.push_back(p);
  }
  HandleRareClasses(static_cast<int>(dealt_parts.size()));
  const std::vector<bool> wanted = Undealt();
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

void Splitter::DealByTime(const std::array<double, kParts>& shares) {
  const std::vector<bool> wanted = Undealt();
  std::vector<double> latest, times;
  const std::vector<int64_t> order = ByTime(wanted, &latest);
  std::vector<int64_t> sizes;
  for (int64_t u : order) {
    const auto& members = units_.members[static_cast<size_t>(u)];
    sizes.push_back(
        std::ranges::count_if(members, [&](int64_t i) { return wanted[static_cast<size_t>(i)]; }));
    times.push_back(latest[static_cast<size_t>(u)]);
  }
  const std::vector<size_t> cuts = TimeCuts(sizes, times, {shares[0], shares[0] + shares[1]});
  for (size_t k = 0; k < order.size(); ++k) {
    for (int64_t i : units_.members[static_cast<size_t>(order[k])]) {
      if (wanted[static_cast<size_t>(i)]) {
        part_[static_cast<size_t>(i)] = k < cuts[0] ? 0 : k < cuts[1] ? 1 : 2;
      }
    }
  }
}

}  // namespace bottega
