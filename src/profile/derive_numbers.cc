#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "base/interrupt.h"
#include "base/threads.h"
#include "profile/arithmetic_rule.h"
#include "profile/trimmed_fit.h"

namespace bottega {
namespace {

using Values = std::vector<double>;

constexpr double kTwins = 0.99;  // correlation of two columns that may stand for each other

double Dot(const Values& a, const Values& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

class Search {
 public:
  Search(const std::vector<DeriveColumn>& columns, const std::vector<int64_t>& rows,
         const DeriveOptions& options)
      : columns_(columns), options_(options), judge_(columns, numbers_, options.errors) {
    for (size_t i = 0; i < columns.size() && numbers_.size() < options.most_columns; ++i) {
      const CellColumn& cells = *columns[i].cells;
      if (!cells.is_number() || cells.distinct() < 3) continue;
      numbers_.push_back({.index = i});
    }
    ParallelFor(static_cast<int64_t>(numbers_.size()), 1, [&](int64_t i, int64_t) {
      NumberColumn& number = numbers_[static_cast<size_t>(i)];
      number = NumberColumnOf(*columns[number.index].cells, number.index, rows);
    });
  }

  std::vector<Derivation> Run() {
    std::vector<std::vector<Derivation>> found(numbers_.size());
    ParallelFor(static_cast<int64_t>(numbers_.size()), 1, [&](int64_t i, int64_t) {
      ThrowIfInterrupted();
      const size_t y = static_cast<size_t>(i);
      if (!columns_[numbers_[y].index].output || numbers_[y].spread <= 0) return;
      for (const bool product : {false, true}) Pursue(y, product, &found[y]);
    });
    std::vector<Derivation> out;
    for (std::vector<Derivation>& some : found) std::ranges::move(some, std::back_inserter(out));
    return out;
  }

 private:
  const Values& Of(size_t i, bool product) const {
    return product ? numbers_[i].log : numbers_[i].value;
  }
  const Values& Chosen(size_t i, bool product) const {
    return product ? numbers_[i].log_chosen : numbers_[i].chosen;
  }

  void Pursue(size_t y, bool product, std::vector<Derivation>* found) const;
  size_t Nearest(const Values& residual, size_t y, bool product,
                 const std::vector<bool>& used) const;
  std::optional<LinearFit> Fit(size_t y, bool product, const std::vector<size_t>& inputs) const;
  Derivation Exact(size_t y, bool product, const std::vector<size_t>& inputs,
                   Derivation found) const;
  std::optional<Derivation> Judge(size_t y, bool product, std::vector<size_t> inputs,
                                  const LinearFit& fit) const;

  const std::vector<DeriveColumn>& columns_;
  const DeriveOptions options_;
  std::vector<NumberColumn> numbers_;
  const ArithmeticJudge judge_;
};

size_t Search::Nearest(const Values& residual, size_t y, bool product,
                       const std::vector<bool>& used) const {
  size_t best = numbers_.size();
  double most = 0.1;
  for (size_t j = 0; j < numbers_.size(); ++j) {
    const Values& other = Chosen(j, product);
    if (j == y || used[j] || other.empty()) continue;
    const double correlation = std::abs(Dot(residual, other));
    if (correlation > most) {
      most = correlation;
      best = j;
    }
  }
  return best;
}

std::optional<LinearFit> Search::Fit(size_t y, bool product,
                                     const std::vector<size_t>& inputs) const {
  std::vector<const Values*> x;
  for (const size_t j : inputs) x.push_back(&Of(j, product));
  const Values& target = Of(y, product);
  std::vector<size_t> rows;
  for (size_t r = 0; r < target.size() && rows.size() < kLookRows; ++r) {
    const bool finite = std::isfinite(target[r]) && std::ranges::all_of(x, [&](const Values* v) {
                          return std::isfinite((*v)[r]);
                        });
    if (finite) rows.push_back(r);
  }
  if (rows.size() < std::max(kFewestRows, 10 * (inputs.size() + 1))) return std::nullopt;
  LinearFit fit = TrimmedLeastSquares(x, target, rows);
  if (!fit.solved) return std::nullopt;
  return fit;
}

// Orthogonal matching pursuit: adds the input that goes best with what is left unexplained.
void Search::Pursue(size_t y, bool product, std::vector<Derivation>* found) const {
  Values residual = Chosen(y, product);
  if (residual.empty()) return;
  std::vector<bool> used(numbers_.size());
  std::vector<size_t> inputs;
  while (inputs.size() < static_cast<size_t>(options_.terms)) {
    const size_t next = Nearest(residual, y, product, used);
    if (next == numbers_.size()) return;
    used[next] = true;
    inputs.push_back(next);
    const std::optional<LinearFit> fit = Fit(y, product, inputs);
    if (!fit) {
      inputs.pop_back();
      continue;
    }
    if (std::optional<Derivation> good = Judge(y, product, inputs, *fit)) {
      found->push_back(good->exact ? std::move(*good)
                                   : Exact(y, product, inputs, std::move(*good)));
      return;
    }
    std::vector<const Values*> x;
    for (const size_t j : inputs) x.push_back(&Of(j, product));
    const Values& target = Of(y, product);
    Values left(std::min(kLookRows, target.size()));
    for (size_t r = 0; r < left.size(); ++r) left[r] = target[r] - Predict(*fit, x, r);
    residual = DirectionOf(left);
    if (residual.empty()) return;
  }
}

// `found`, or the same with one input replaced by a column much like it (the same in another unit)
// where that reproduces the values exactly.
Derivation Search::Exact(size_t y, bool product, const std::vector<size_t>& inputs,
                         Derivation found) const {
  for (size_t i = 0; i < inputs.size(); ++i) {
    const Values& own = Chosen(inputs[i], product);
    for (size_t j = 0; j < numbers_.size(); ++j) {
      const Values& other = Chosen(j, product);
      if (j == y || other.empty() || std::abs(Dot(own, other)) < kTwins) continue;
      if (std::ranges::find(inputs, j) != inputs.end()) continue;
      std::vector<size_t> tried = inputs;
      tried[i] = j;
      const std::optional<LinearFit> fit = Fit(y, product, tried);
      if (!fit) continue;
      std::optional<Derivation> better = Judge(y, product, tried, *fit);
      if (better && better->exact) return std::move(*better);
    }
  }
  return found;
}

// Drops inputs that hardly matter, and demands exponents in halves of products.
std::optional<Derivation> Search::Judge(size_t y, bool product, std::vector<size_t> inputs,
                                        const LinearFit& first) const {
  LinearFit fit = first;
  for (size_t i = 0; i < inputs.size();) {
    const double reach =
        product ? std::abs(fit.slope[i]) / 0.25
                : std::abs(fit.slope[i]) * numbers_[inputs[i]].spread / (2e-3 * numbers_[y].spread);
    if (reach >= 1 || inputs.size() == 1) {
      ++i;
      continue;
    }
    inputs.erase(inputs.begin() + static_cast<int64_t>(i));
    const std::optional<LinearFit> fewer = Fit(y, product, inputs);
    if (!fewer) return std::nullopt;
    fit = *fewer;
    i = 0;
  }
  ArithmeticRule rule{inputs, fit.slope, product ? std::exp(fit.constant) : fit.constant, product};
  if (product) {
    for (double& exponent : rule.factor) {
      const double half = std::round(2 * exponent) / 2;
      if (half == 0 || std::abs(half) > 3 || std::abs(half - exponent) > 0.05) return std::nullopt;
      exponent = half;
    }
    if (inputs.size() == 1 && rule.factor[0] == 1) return std::nullopt;
    rule = judge_.Recentred(y, std::move(rule));
  }
  return judge_.Plainest(y, std::move(rule));
}

}  // namespace

std::vector<Derivation> DeriveNumbers(const std::vector<DeriveColumn>& columns,
                                      const std::vector<int64_t>& rows,
                                      const DeriveOptions& options) {
  return Search(columns, rows, options).Run();
}

}  // namespace bottega
