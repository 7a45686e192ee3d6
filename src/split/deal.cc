#include "split/deal.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/random.h"

namespace bottega {

namespace {

class Dealer {
 public:
  Dealer(const std::vector<DealUnit>& units, int32_t strata, const std::vector<double>& shares,
         uint64_t seed, int64_t epoch);
  std::vector<int32_t> Run();

 private:
  // Strata are rows of `have_` and `want_`; the last one stands for all rows together.
  double& Have(int32_t stratum, size_t part) {
    return have_[static_cast<size_t>(stratum) * shares_.size() + part];
  }
  double Want(int32_t stratum, size_t part) const {
    return total_[static_cast<size_t>(stratum)] * shares_[part];
  }
  double Cost(const DealUnit& unit, size_t part);
  void Put(size_t unit, size_t part, double sign = 1);
  void DealLarge();
  void DealSingles(int32_t stratum, const std::vector<size_t>& singles);
  std::vector<double> Ideal(int32_t stratum, double singles);
  void FillGaps(int32_t stratum, const std::vector<size_t>& singles);

  const std::vector<DealUnit>& units_;
  const int32_t strata_;
  const std::vector<double>& shares_;
  std::vector<uint64_t> draw_;
  std::vector<double> total_, have_, carry_;
  std::vector<int32_t> part_;
};

Dealer::Dealer(const std::vector<DealUnit>& units, int32_t strata,
               const std::vector<double>& shares, uint64_t seed, int64_t epoch)
    : units_(units),
      strata_(strata),
      shares_(shares),
      draw_(units.size()),
      total_(static_cast<size_t>(strata) + 1),
      have_(total_.size() * shares.size()),
      carry_(shares.size()),
      part_(units.size(), -1) {
  for (size_t u = 0; u < units.size(); ++u) {
    Random random(seed, Purpose::kSplit, epoch, units[u].key);
    const uint64_t high = random.Bits();
    draw_[u] = high << 32 | random.Bits();
    for (const auto& [stratum, rows] : units[u].counts) {
      total_[static_cast<size_t>(stratum)] += static_cast<double>(rows);
      total_.back() += static_cast<double>(rows);
    }
  }
}

// How much nearer (negative) or farther the unit brings the part to its share.
double Dealer::Cost(const DealUnit& unit, size_t part) {
  const auto change = [&](int32_t stratum, double rows) {
    const double want = Want(stratum, part);
    return rows * (rows + 2 * (Have(stratum, part) - want)) / want;
  };
  double cost = change(strata_, static_cast<double>(unit.size()));
  for (const auto& [stratum, rows] : unit.counts) {
    cost += change(stratum, static_cast<double>(rows));
  }
  return cost;
}

void Dealer::Put(size_t unit, size_t part, double sign) {
  part_[unit] = static_cast<int32_t>(part);
  for (const auto& [stratum, rows] : units_[unit].counts) {
    Have(stratum, part) += sign * static_cast<double>(rows);
    Have(strata_, part) += sign * static_cast<double>(rows);
  }
}

void Dealer::DealLarge() {
  std::vector<size_t> large;
  for (size_t u = 0; u < units_.size(); ++u) {
    if (units_[u].size() > 1) large.push_back(u);
  }
  std::ranges::sort(large, [&](size_t a, size_t b) {
    const auto rank = [&](size_t u) {
      return std::tuple(-units_[u].size(), draw_[u], units_[u].key);
    };
    return rank(a) < rank(b);
  });
  for (size_t u : large) {
    size_t best = 0;
    double least = Cost(units_[u], 0);
    for (size_t p = 1; p < shares_.size(); ++p) {
      const double cost = Cost(units_[u], p);
      if (cost < least) {
        least = cost;
        best = p;
      }
    }
    Put(u, best);
  }
}

// How many of the stratum's single rows each part should get; sums to `singles`.
std::vector<double> Dealer::Ideal(int32_t stratum, double singles) {
  std::vector<double> ideal(shares_.size());
  double sum = 0;
  for (size_t p = 0; p < ideal.size(); ++p) {
    ideal[p] = std::max(0.0, Want(stratum, p) - Have(stratum, p));
    sum += ideal[p];
  }
  for (size_t p = 0; p < ideal.size(); ++p) {
    ideal[p] = sum > 0 ? ideal[p] * singles / sum : singles * shares_[p];
  }
  return ideal;
}

void Dealer::DealSingles(int32_t stratum, const std::vector<size_t>& singles) {
  const std::vector<double> ideal = Ideal(stratum, static_cast<double>(singles.size()));
  std::vector<size_t> quota(ideal.size());
  size_t dealt = 0;
  for (size_t p = 0; p < ideal.size(); ++p) {
    quota[p] = static_cast<size_t>(ideal[p] + 1e-9);
    dealt += quota[p];
  }
  std::vector<size_t> order(ideal.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, std::greater<>(), [&](size_t p) {
    return ideal[p] - static_cast<double>(quota[p]) + carry_[p];
  });
  for (size_t k = 0; dealt < singles.size(); k = (k + 1) % order.size()) {
    ++quota[order[k]];
    ++dealt;
  }
  size_t next = 0;
  for (size_t p = 0; p < ideal.size(); ++p) {
    carry_[p] += ideal[p] - static_cast<double>(quota[p]);
    for (size_t k = 0; k < quota[p]; ++k) Put(singles[next++], p);
  }
}

// A stratum that has enough single rows stands in every part.
void Dealer::FillGaps(int32_t stratum, const std::vector<size_t>& singles) {
  if (singles.size() < shares_.size()) return;
  for (size_t p = 0; p < shares_.size(); ++p) {
    if (Have(stratum, p) > 0) continue;
    std::vector<size_t> count(shares_.size());
    for (size_t u : singles) ++count[static_cast<size_t>(part_[u])];
    const auto richest = static_cast<size_t>(std::ranges::max_element(count) - count.begin());
    for (size_t u : singles) {
      if (part_[u] != static_cast<int32_t>(richest)) continue;
      Put(u, richest, -1);
      Put(u, p);
      break;
    }
  }
}

std::vector<int32_t> Dealer::Run() {
  DealLarge();
  std::vector<std::vector<size_t>> singles(static_cast<size_t>(strata_));
  for (size_t u = 0; u < units_.size(); ++u) {
    if (part_[u] < 0) singles[static_cast<size_t>(units_[u].counts[0].first)].push_back(u);
  }
  for (int32_t s = 0; s < strata_; ++s) {
    std::vector<size_t>& rows = singles[static_cast<size_t>(s)];
    std::ranges::sort(rows, {}, [&](size_t u) { return std::pair(draw_[u], units_[u].key); });
    DealSingles(s, rows);
    FillGaps(s, rows);
  }
  return part_;
}

}  // namespace

int64_t DealUnit::size() const {
  int64_t size = 0;
  for (const auto& [stratum, rows] : counts) size += rows;
  return size;
}

std::vector<int32_t> Deal(const std::vector<DealUnit>& units, int32_t strata,
                          const std::vector<double>& shares, uint64_t seed, int64_t epoch) {
  return Dealer(units, strata, shares, seed, epoch).Run();
}

}  // namespace bottega
