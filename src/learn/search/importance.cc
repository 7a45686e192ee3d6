#include "learn/search/importance.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "learn/binned_matrix.h"
#include "learn/boosted_trees.h"
#include "learn/search/sobol.h"

namespace bottega {

namespace {

constexpr size_t kFewestTrials = 8;
constexpr int64_t kProbes = 256;  // points over which the other dimensions are averaged out
constexpr int64_t kSteps = 17;    // coordinates of a marginal
constexpr int kDraws = 20;        // of the bootstrap

double Variance(const std::vector<double>& values) {
  const double n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double sum = 0;
  for (const double v : values) sum += (v - mean) * (v - mean);
  return sum / n;
}

// Losses as ranks in [0, 1], which one terrible trial does not drown.
std::vector<double> Ranks(const std::vector<Observation>& trials) {
  std::vector<size_t> order(trials.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto loss = [&](size_t i) {
    return std::isfinite(trials[i].loss) ? trials[i].loss : std::numeric_limits<double>::infinity();
  };
  std::ranges::stable_sort(order, std::less<>(), loss);
  std::vector<double> ranks(trials.size());
  for (size_t r = 0; r < order.size(); ++r) {
    ranks[order[r]] = static_cast<double>(r) / static_cast<double>(order.size() - 1);
  }
  return ranks;
}

// Probes of the cube: first kProbes points, then for each dimension and step the same points with
// that coordinate put in.
Matrix Probes(size_t dimensions) {
  const auto d = static_cast<int64_t>(dimensions);
  Matrix probes(kProbes * (1 + d * kSteps), d);
  int64_t row = 0;
  const auto write = [&](int64_t dimension, double u) {
    for (int64_t p = 0; p < kProbes; ++p, ++row) {
      const UnitPoint point = SobolPoint(p, std::min(dimensions, kSobolDimensions), 1);
      for (int64_t j = 0; j < d; ++j) {
        probes.row(row)[j] =
            static_cast<float>(j == dimension ? u : point[static_cast<size_t>(j) % point.size()]);
      }
    }
  };
  write(-1, 0);
  for (int64_t dimension = 0; dimension < d; ++dimension) {
    for (int64_t s = 0; s < kSteps; ++s) {
      write(dimension, static_cast<double>(s) / static_cast<double>(kSteps - 1));
    }
  }
  return probes;
}

// The trees' answers at `probes`, learned from the trials numbered `drawn`.
std::vector<double> Surface(const std::vector<Observation>& trials,
                            const std::vector<double>& ranks, const std::vector<size_t>& drawn,
                            const Matrix& probes) {
  const auto d = probes.columns, n = static_cast<int64_t>(drawn.size());
  Matrix all(n + probes.rows, d);
  std::vector<double> value(static_cast<size_t>(all.rows),
                            std::numeric_limits<double>::quiet_NaN());
  std::vector<int32_t> learn, ask;
  for (int64_t i = 0; i < n; ++i) {
    const size_t at = drawn[static_cast<size_t>(i)];
    for (int64_t j = 0; j < d; ++j) {
      all.row(i)[j] = static_cast<float>(trials[at].point[static_cast<size_t>(j)]);
    }
    value[static_cast<size_t>(i)] = ranks[at];
    learn.push_back(static_cast<int32_t>(i));
  }
  std::copy(probes.values.begin(), probes.values.end(), all.row(n));
  for (int64_t i = 0; i < probes.rows; ++i) ask.push_back(static_cast<int32_t>(n + i));
  BoostOptions options{.rounds = 60, .leaves = 8, .min_hessian = 2, .validation = 0};
  const BinnedMatrix binned = BinMatrix(all);
  const Matrix out = BoostedTrees::FitValues(binned, learn, value, options).Predict(binned, ask);
  return {out.values.begin(), out.values.end()};
}

// Marginal means of one dimension.
std::vector<double> Marginal(const std::vector<double>& surface, size_t dimension) {
  std::vector<double> means;
  for (int64_t s = 0; s < kSteps; ++s) {
    const int64_t begin = kProbes * (1 + static_cast<int64_t>(dimension) * kSteps + s);
    const auto from = surface.begin() + begin;
    means.push_back(std::accumulate(from, from + kProbes, 0.0) / static_cast<double>(kProbes));
  }
  return means;
}

double Share(const std::vector<double>& surface, size_t dimension) {
  const double whole = Variance({surface.begin(), surface.begin() + kProbes});
  return whole > 0 ? std::min(1.0, Variance(Marginal(surface, dimension)) / whole) : 0;
}

}  // namespace

std::vector<Importance> ParameterImportance(const std::vector<Observation>& trials, uint64_t seed) {
  if (trials.size() < kFewestTrials) return {};
  const size_t dimensions = trials[0].point.size();
  const std::vector<double> ranks = Ranks(trials);
  const Matrix probes = Probes(dimensions);
  std::vector<size_t> every(trials.size());
  std::iota(every.begin(), every.end(), size_t{0});
  const std::vector<double> surface = Surface(trials, ranks, every, probes);
  std::vector<Importance> result(dimensions);
  std::vector<std::vector<double>> shares(dimensions);
  for (int draw = 0; draw < kDraws; ++draw) {
    Random random(seed, Purpose::kBootstrap, 0, draw);
    std::vector<size_t> drawn(trials.size());
    for (size_t& at : drawn)
      at = static_cast<size_t>(random.Below(static_cast<int64_t>(trials.size())));
    const std::vector<double> other = Surface(trials, ranks, drawn, probes);
    for (size_t d = 0; d < dimensions; ++d) shares[d].push_back(Share(other, d));
  }
  for (size_t d = 0; d < dimensions; ++d) {
    result[d].share = Share(surface, d);
    std::ranges::sort(shares[d]);
    result[d].low = std::min(result[d].share, shares[d][1]);
    result[d].high = std::max(result[d].share, shares[d][kDraws - 2]);
    result[d].loss = Marginal(surface, d);
    for (int64_t s = 0; s < kSteps; ++s) {
      result[d].u.push_back(static_cast<double>(s) / static_cast<double>(kSteps - 1));
    }
  }
  return result;
}

}  // namespace bottega
