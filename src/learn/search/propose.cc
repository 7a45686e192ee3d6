#include "learn/search/propose.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/random.h"
#include "learn/search/parzen.h"
#include "learn/search/sobol.h"

namespace bottega {

namespace {

constexpr int kDraws = 24;           // candidates that TPE chooses among
constexpr double kGoodShare = 0.15;  // of the trials whose density is drawn from
constexpr int64_t kMostGood = 25;

class RandomProposer : public Proposer {
 public:
  RandomProposer(size_t dimensions, uint64_t seed) : dimensions_(dimensions), seed_(seed) {}
  UnitPoint Propose(int64_t number, const std::vector<Observation>&) const override {
    Random random(seed_, Purpose::kSearch, 1, number);
    UnitPoint point(dimensions_);
    for (double& u : point) u = random.Uniform();
    return point;
  }

 private:
  const size_t dimensions_;
  const uint64_t seed_;
};

class SobolProposer : public Proposer {
 public:
  SobolProposer(size_t dimensions, uint64_t seed) : dimensions_(dimensions), seed_(seed) {}
  UnitPoint Propose(int64_t number, const std::vector<Observation>&) const override {
    return SobolPoint(number, dimensions_, seed_);
  }

 private:
  const size_t dimensions_;
  const uint64_t seed_;
};

class GridProposer : public Proposer {
 public:
  explicit GridProposer(SearchSpace space) : space_(std::move(space)) {}
  UnitPoint Propose(int64_t number, const std::vector<Observation>&) const override {
    return space_.GridPoint(number);
  }

 private:
  const SearchSpace space_;
};

class TpeProposer : public Proposer {
 public:
  TpeProposer(SearchSpace space, uint64_t seed, int64_t startup)
      : space_(std::move(space)), seed_(seed), startup_(startup) {}

  UnitPoint Propose(int64_t number, const std::vector<Observation>& known) const override {
    const std::vector<const Observation*> ranked = Comparable(known);
    if (static_cast<int64_t>(ranked.size()) < startup_) {
      return SobolPoint(number, space_.size(), seed_);
    }
    const auto n = static_cast<int64_t>(ranked.size());
    const auto share = static_cast<int64_t>(std::ceil(kGoodShare * static_cast<double>(n)));
    const int64_t good = std::clamp<int64_t>(share, 1, kMostGood);
    UnitPoint point(space_.size());
    for (size_t d = 0; d < space_.size(); ++d) {
      std::vector<double> best, rest;
      for (int64_t i = 0; i < n; ++i) {
        (i < good ? best : rest).push_back(ranked[static_cast<size_t>(i)]->point[d]);
      }
      for (const Observation& one : known) {
        if (one.running) rest.push_back(one.point[d]);
      }
      point[d] = Choose(d, best, rest, number);
    }
    return point;
  }

 private:
  // Of equally long training, best first: the longest that enough trials have.
  std::vector<const Observation*> Comparable(const std::vector<Observation>& known) const {
    std::map<int64_t, std::vector<const Observation*>> by_epochs;
    for (const Observation& one : known) {
      if (!one.running) by_epochs[one.epochs].push_back(&one);
    }
    std::vector<const Observation*> chosen;
    for (const auto& [epochs, trials] : by_epochs) {
      if (static_cast<int64_t>(trials.size()) >= startup_) chosen = trials;
    }
    const auto value = [](const Observation* one) {
      return std::isfinite(one->loss) ? one->loss : std::numeric_limits<double>::infinity();
    };
    std::ranges::stable_sort(chosen, std::less<>(), value);
    return chosen;
  }

  double Choose(size_t d, const std::vector<double>& best, const std::vector<double>& rest,
                int64_t number) const {
    const Dimension& dimension = space_.dimensions()[d];
    const size_t choices = dimension.choices.size();
    const ParzenEstimator good(best, choices), bad(rest, choices);
    Random random(seed_, Purpose::kSearch, 2 + static_cast<int64_t>(d), number);
    double chosen = 0, largest = -std::numeric_limits<double>::infinity();
    for (int i = 0; i < kDraws; ++i) {
      const double u = good.Draw(random);
      const double gain = good.LogDensity(u) - bad.LogDensity(u);
      if (gain > largest) chosen = u, largest = gain;
    }
    return chosen;
  }

  const SearchSpace space_;
  const uint64_t seed_;
  const int64_t startup_;
};

}  // namespace

std::unique_ptr<Proposer> MakeProposer(const std::string& method, const SearchSpace& space,
                                       uint64_t seed, int64_t startup) {
  if (method == "grid") return std::make_unique<GridProposer>(space);
  if (method == "random") return std::make_unique<RandomProposer>(space.size(), seed);
  if (space.size() > kSobolDimensions) {
    throw Error(ErrorKind::kRecipe,
                "tune.space has " + std::to_string(space.size()) + " settings; " + method +
                    " knows up to " + std::to_string(kSobolDimensions),
                {}, "bottega tune --set tune.method=random");
  }
  if (method == "sobol") return std::make_unique<SobolProposer>(space.size(), seed);
  if (method == "tpe") return std::make_unique<TpeProposer>(space, seed, startup);
  throw Error(ErrorKind::kInternal, "unknown search method '" + method + "'");
}

}  // namespace bottega
