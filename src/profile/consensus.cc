// Majority vote and Dawid-Skene; see agreement.h.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/interrupt.h"
#include "profile/agreement.h"

namespace bottega {
namespace {

// Shares of votes per item; NaN without any.
std::vector<double> VoteShares(const Ratings& ratings) {
  const size_t k = static_cast<size_t>(ratings.values);
  std::vector<double> shares(static_cast<size_t>(ratings.items) * k),
      votes(static_cast<size_t>(ratings.items));
  for (const Rating& r : ratings.ratings) {
    shares[static_cast<size_t>(r.item) * k + static_cast<size_t>(r.value)] += 1;
    votes[static_cast<size_t>(r.item)] += 1;
  }
  for (size_t i = 0; i < votes.size(); ++i) {
    for (size_t v = 0; v < k; ++v) {
      shares[i * k + v] =
          votes[i] > 0 ? shares[i * k + v] / votes[i] : std::numeric_limits<double>::quiet_NaN();
    }
  }
  return shares;
}

// Prior and confusion from posteriors.
void Maximize(const Ratings& ratings, Consensus* out) {
  const size_t k = static_cast<size_t>(ratings.values);
  std::ranges::fill(out->prior, 0.0);
  std::ranges::fill(out->confusion, 1e-10);
  double items = 0;
  for (size_t i = 0; i < static_cast<size_t>(ratings.items); ++i) {
    if (std::isnan(out->posterior[i * k])) continue;
    items += 1;
    for (size_t v = 0; v < k; ++v) out->prior[v] += out->posterior[i * k + v];
  }
  for (double& prior : out->prior) prior /= std::max(1.0, items);
  for (const Rating& r : ratings.ratings) {
    for (size_t v = 0; v < k; ++v) {
      out->confusion[(static_cast<size_t>(r.annotator) * k + v) * k +
                     static_cast<size_t>(r.value)] +=
          out->posterior[static_cast<size_t>(r.item) * k + v];
    }
  }
  for (size_t row = 0; row < out->confusion.size() / k; ++row) {
    double sum = 0;
    for (size_t v = 0; v < k; ++v) sum += out->confusion[row * k + v];
    for (size_t v = 0; v < k; ++v) out->confusion[row * k + v] /= sum;
  }
}

// Posteriors from prior and confusion; the largest move of any.
double Expect(const Ratings& ratings, Consensus* out) {
  const size_t k = static_cast<size_t>(ratings.values);
  double moved = 0;
  const std::vector<Rating>& all = ratings.ratings;
  std::vector<double> logs(k), log_prior, log_confusion;
  for (const double prior : out->prior) log_prior.push_back(std::log(std::max(prior, 1e-300)));
  for (const double share : out->confusion) log_confusion.push_back(std::log(share));
  for (size_t begin = 0; begin < all.size();) {
    size_t end = begin;
    std::ranges::copy(log_prior, logs.begin());
    for (; end < all.size() && all[end].item == all[begin].item; ++end) {
      const double* confusion = &log_confusion[static_cast<size_t>(all[end].annotator) * k * k];
      for (size_t v = 0; v < k; ++v) {
        logs[v] += confusion[v * k + static_cast<size_t>(all[end].value)];
      }
    }
    const double most = *std::ranges::max_element(logs);
    double sum = 0;
    for (double& log : logs) sum += log = std::exp(log - most);
    double* posterior = &out->posterior[static_cast<size_t>(all[begin].item) * k];
    for (size_t v = 0; v < k; ++v) {
      moved = std::max(moved, std::abs(posterior[v] - logs[v] / sum));
      posterior[v] = logs[v] / sum;
    }
    begin = end;
  }
  return moved;
}

Consensus Start(const Ratings& ratings) {
  const size_t k = static_cast<size_t>(ratings.values);
  return {.posterior = VoteShares(ratings),
          .prior = std::vector<double>(k),
          .confusion = std::vector<double>(static_cast<size_t>(ratings.annotators) * k * k),
          .accuracy = std::vector<double>(static_cast<size_t>(ratings.annotators))};
}

}  // namespace

int32_t Consensus::Best(int64_t item) const {
  const double* p = &posterior[static_cast<size_t>(item) * prior.size()];
  if (std::isnan(p[0])) return -1;
  return static_cast<int32_t>(std::max_element(p, p + prior.size()) - p);
}

Consensus MajorityVote(const Ratings& ratings) {
  Consensus out = Start(ratings);
  Maximize(ratings, &out);
  std::vector<double> count(out.accuracy.size());
  for (const Rating& r : ratings.ratings) {
    out.accuracy[static_cast<size_t>(r.annotator)] += out.At(r.item, r.value);
    count[static_cast<size_t>(r.annotator)] += 1;
  }
  for (size_t a = 0; a < count.size(); ++a) out.accuracy[a] /= std::max(1.0, count[a]);
  return out;
}

Consensus DawidSkene(const Ratings& ratings, int iterations) {
  Consensus out = Start(ratings);
  Maximize(ratings, &out);
  for (int i = 0; i < iterations; ++i) {
    ThrowIfInterrupted();
    const double moved = Expect(ratings, &out);
    Maximize(ratings, &out);
    if (moved < 1e-5) break;
  }
  const size_t k = out.prior.size();
  for (size_t a = 0; a < out.accuracy.size(); ++a) {
    for (size_t v = 0; v < k; ++v) {
      out.accuracy[a] += out.prior[v] * out.confusion[(a * k + v) * k + v];
    }
  }
  return out;
}

}  // namespace bottega
