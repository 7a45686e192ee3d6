#include "profile/agreement.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "base/random.h"

namespace bottega {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// Calls `body(ratings of one item)` for items with at least `least` ratings.
template <class Body>
void ForItems(const Ratings& ratings, size_t least, const Body& body) {
  const std::vector<Rating>& all = ratings.ratings;
  for (size_t begin = 0; begin < all.size();) {
    size_t end = begin;
    while (end < all.size() && all[end].item == all[begin].item) ++end;
    if (end - begin >= least) body(std::span(all).subspan(begin, end - begin));
    begin = end;
  }
}

double AgreeingPairs(std::span<const Rating> item) {
  double pairs = 0;
  for (size_t i = 0; i < item.size(); ++i) {
    for (size_t j = i + 1; j < item.size(); ++j) pairs += item[i].value == item[j].value;
  }
  return pairs;
}

double Pairs(double n) { return n * (n - 1) / 2; }

// Sums of weighted items from which alpha follows.
class AlphaSums {
 public:
  AlphaSums(const Ratings& ratings, AgreementScale scale) : ratings_(ratings), scale_(scale) {
    count_.resize(static_cast<size_t>(ratings.values));
    if (scale == AgreementScale::kOrdinal) {
      coincidence_.resize(count_.size() * count_.size());
    }
  }

  void Add(std::span<const Rating> item, double weight) {
    const double m = static_cast<double>(item.size());
    n_ += weight * m;
    for (const Rating& rating : item) count_[static_cast<size_t>(rating.value)] += weight;
    switch (scale_) {
      case AgreementScale::kNominal:
        observed_ += weight * 2 * (Pairs(m) - AgreeingPairs(item)) / (m - 1);
        break;
      case AgreementScale::kOrdinal:
        for (const Rating& a : item) {
          for (const Rating& b : item) {
            if (a.value != b.value) Coincidence(a.value, b.value) += weight / (m - 1);
          }
        }
        break;
      case AgreementScale::kInterval:
        AddNumbers(item, weight, m);
        break;
    }
  }

  double Alpha() const {
    double observed = observed_, expected = 0;
    if (scale_ == AgreementScale::kNominal) {
      double squares = 0;
      for (const double count : count_) squares += count * count;
      expected = n_ * n_ - squares;
    } else if (scale_ == AgreementScale::kInterval) {
      expected = 2 * (n_ * sum_squares_ - sum_ * sum_);
    } else {
      for (size_t a = 0; a < count_.size(); ++a) {
        double between = count_[a] / 2;
        for (size_t b = a + 1; b < count_.size(); ++b) {
          const double distance = between + count_[b] / 2;
          observed += 2 * coincidence_[a * count_.size() + b] * distance * distance;
          expected += 2 * count_[a] * count_[b] * distance * distance;
          between += count_[b];
        }
      }
    }
    return expected > 1e-9 ? 1 - (n_ - 1) * observed / expected : kNone;
  }

 private:
  double& Coincidence(int32_t a, int32_t b) {
    return coincidence_[static_cast<size_t>(a) * count_.size() + static_cast<size_t>(b)];
  }

  void AddNumbers(std::span<const Rating> item, double weight, double m) {
    double mean = 0, squares = 0;
    for (const Rating& r : item) mean += Number(r) / m;
    for (const Rating& r : item) {
      squares += (Number(r) - mean) * (Number(r) - mean);
      sum_ += weight * Number(r);
      sum_squares_ += weight * Number(r) * Number(r);
    }
    observed_ += weight * 2 * m * squares / (m - 1);
  }

  double Number(const Rating& rating) const {
    return ratings_.number[static_cast<size_t>(rating.value)];
  }

  const Ratings& ratings_;
  const AgreementScale scale_;
  std::vector<double> count_, coincidence_;
  double n_ = 0, observed_ = 0, sum_ = 0, sum_squares_ = 0;
};

// A Poisson draw of mean 1 by inversion.
int PoissonOne(Random* random) {
  const double u = random->Uniform();
  double term = std::exp(-1.0), below = term;
  int k = 0;
  while (u >= below && k < 20) below += term /= ++k;
  return k;
}

}  // namespace

double CohenKappa(const Contingency& pair, AgreementScale weights, double* deviation) {
  const double n = pair.total();
  std::vector<double> row(static_cast<size_t>(pair.rows)), column(row.size());
  for (int64_t a = 0; a < pair.rows; ++a) {
    for (int64_t b = 0; b < pair.columns; ++b) {
      row[static_cast<size_t>(a)] += pair.at(a, b);
      column[static_cast<size_t>(b)] += pair.at(a, b);
    }
  }
  double observed = 0, expected = 0;
  for (int64_t a = 0; a < pair.rows; ++a) {
    for (int64_t b = 0; b < pair.columns; ++b) {
      const double d = static_cast<double>(std::abs(a - b));
      const double weight = weights == AgreementScale::kNominal
                                ? static_cast<double>(a != b)
                                : (weights == AgreementScale::kOrdinal ? d : d * d);
      observed += weight * pair.at(a, b);
      expected += weight * row[static_cast<size_t>(a)] * column[static_cast<size_t>(b)] / n;
    }
  }
  const double chance = n > 0 ? expected / n : 0;  // 1 - pe
  if (deviation != nullptr) {
    const double apart = n > 0 ? observed / n : 0;
    *deviation = chance > 0 ? std::sqrt(std::max(0.0, apart * (1 - apart)) / n) / chance : kNone;
  }
  return chance > 0 ? 1 - observed / expected : kNone;
}

Contingency PairOfAnnotators(const Ratings& ratings, int32_t a, int32_t b) {
  Contingency pair{ratings.values, ratings.values,
                   std::vector<double>(static_cast<size_t>(ratings.values * ratings.values))};
  ForItems(ratings, 2, [&](std::span<const Rating> item) {
    int32_t of_a = -1, of_b = -1;
    for (const Rating& rating : item) {
      if (rating.annotator == a) of_a = rating.value;
      if (rating.annotator == b) of_b = rating.value;
    }
    if (of_a >= 0 && of_b >= 0) pair.count[static_cast<size_t>(of_a * ratings.values + of_b)] += 1;
  });
  return pair;
}

double FleissKappa(const Ratings& ratings) {
  std::vector<double> count(static_cast<size_t>(ratings.values));
  double items = 0, agreement = 0, n = 0, chance = 0;
  ForItems(ratings, 2, [&](std::span<const Rating> item) {
    items += 1;
    n += static_cast<double>(item.size());
    agreement += AgreeingPairs(item) / Pairs(static_cast<double>(item.size()));
    for (const Rating& rating : item) count[static_cast<size_t>(rating.value)] += 1;
  });
  for (const double c : count) chance += (c / n) * (c / n);
  return items > 0 && chance < 1 ? (agreement / items - chance) / (1 - chance) : kNone;
}

double KrippendorffAlpha(const Ratings& ratings, AgreementScale scale) {
  AlphaSums sums(ratings, scale);
  ForItems(ratings, 2, [&](std::span<const Rating> item) { sums.Add(item, 1); });
  return sums.Alpha();
}

Estimate KrippendorffAlphaInterval(const Ratings& ratings, AgreementScale scale, double level,
                                   uint64_t seed) {
  const double value = KrippendorffAlpha(ratings, scale);
  const int draws = static_cast<int>(
      std::clamp(4e7 / static_cast<double>(ratings.ratings.size() + 1), 60.0, 400.0));
  std::vector<double> alphas;
  for (int draw = 0; draw < draws; ++draw) {
    Random random(seed, Purpose::kBootstrap, 2, draw);
    AlphaSums sums(ratings, scale);
    ForItems(ratings, 2, [&](std::span<const Rating> item) {
      const int weight = PoissonOne(&random);
      if (weight > 0) sums.Add(item, weight);
    });
    if (const double alpha = sums.Alpha(); std::isfinite(alpha)) alphas.push_back(alpha);
  }
  if (alphas.empty()) return {value, kNone, kNone};
  std::ranges::sort(alphas);
  const auto at = [&](double share) {
    return alphas[static_cast<size_t>(share * static_cast<double>(alphas.size() - 1))];
  };
  return {value, std::min(value, at((1 - level) / 2)), std::max(value, at((1 + level) / 2))};
}

std::vector<double> ItemDisagreement(const Ratings& ratings) {
  std::vector<double> out(static_cast<size_t>(ratings.items), kNone);
  ForItems(ratings, 2, [&](std::span<const Rating> item) {
    out[static_cast<size_t>(item[0].item)] =
        1 - AgreeingPairs(item) / Pairs(static_cast<double>(item.size()));
  });
  return out;
}

}  // namespace bottega
