#include "train/balance.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/random.h"
#include "feed/feed.h"

namespace bottega {

namespace {

std::vector<int64_t> Counts(std::span<const int32_t> labels, int64_t classes) {
  std::vector<int64_t> counts(static_cast<size_t>(classes), 0);
  for (const int32_t label : labels) {
    if (label >= 0) ++counts[static_cast<size_t>(label)];
  }
  return counts;
}

}  // namespace

std::vector<double> ClassWeights(std::span<const int32_t> labels, int64_t classes) {
  const std::vector<int64_t> counts = Counts(labels, classes);
  int64_t n = 0;
  for (const int64_t count : counts) n += count;
  std::vector<double> weights;
  for (const int64_t count : counts) {
    weights.push_back(count == 0 ? 0
                                 : static_cast<double>(n) / static_cast<double>(classes) /
                                       static_cast<double>(count));
  }
  return weights;
}

std::vector<double> EffectiveNumberWeights(std::span<const int32_t> labels, int64_t classes,
                                           double beta) {
  const std::vector<int64_t> counts = Counts(labels, classes);
  std::vector<double> weights;
  double sum = 0, n = 0;
  for (const int64_t count : counts) {
    const double rows = static_cast<double>(count);
    // expm1 and log1p: beta may be next to 1.
    const double weight = count == 0 ? 0 : (1 - beta) / -std::expm1(rows * std::log(beta));
    weights.push_back(beta == 0 && count > 0 ? 1 : weight);
    sum += weights.back() * rows;
    n += rows;
  }
  for (double& weight : weights) weight *= sum > 0 ? n / sum : 0;
  return weights;
}

Balance::Balance(const Json& settings, std::vector<int32_t> labels, int64_t classes,
                 std::span<const double> weights)
    : labels_(std::move(labels)), counts_(Counts(labels_, classes)) {
  if (settings.is_null()) return;
  name_ = settings.at("name").get<std::string>();
  for (const int64_t count : counts_) {
    if (count == 0) continue;
    ++present_;
    smallest_ = smallest_ == 0 ? count : std::min(smallest_, count);
    largest_ = std::max(largest_, count);
  }
  if (name_ == "weights") class_factor_ = ClassWeights(labels_, classes);
  if (name_ == "effective_number") {
    class_factor_ = EffectiveNumberWeights(labels_, classes, settings.at("beta").get<double>());
  }
  if (name_ == "oversample" || name_ == "sampler") sampling_ = BalancedWeights(labels_, classes);
  if (settings.at("correct").get<bool>()) FindOffset(weights, classes);
}

void Balance::FindOffset(std::span<const double> weights, int64_t classes) {
  std::vector<double> natural(static_cast<size_t>(classes), 0);
  for (size_t i = 0; i < labels_.size(); ++i) {
    if (labels_[i] >= 0) natural[static_cast<size_t>(labels_[i])] += weights[i];
  }
  std::vector<double> trained = natural;
  double natural_sum = 0, trained_sum = 0;
  for (size_t c = 0; c < trained.size(); ++c) {
    if (counts_[c] == 0) continue;
    // Resampled classes have equally many rows, each of the class's mean weight.
    trained[c] *= class_factor_.empty() ? 1 / static_cast<double>(counts_[c]) : class_factor_[c];
    natural_sum += natural[c];
    trained_sum += trained[c];
  }
  for (size_t c = 0; c < trained.size(); ++c) {
    const bool known = natural[c] > 0 && trained[c] > 0;
    logit_offset_.push_back(
        known ? static_cast<float>(std::log(natural[c] / natural_sum * trained_sum / trained[c]))
              : 0.0f);
  }
}

int64_t Balance::EpochRows(int64_t rows) const {
  if (name_ == "oversample") return present_ * largest_;
  if (name_ == "undersample") return present_ * smallest_;
  return rows;
}

bool Balance::draws() const {
  return name_ == "oversample" || name_ == "undersample" || name_ == "sampler";
}

// WeightedOrder takes equal steps through the rows: class by class, so that none has more than one
// step beyond its share.
std::vector<int64_t> Balance::ByClass(int64_t rows, uint64_t seed, int64_t epoch) const {
  std::vector<int64_t> sorted(labels_.size());
  std::iota(sorted.begin(), sorted.end(), int64_t{0});
  const auto label = [&](int64_t row) { return labels_[static_cast<size_t>(row)]; };
  std::ranges::stable_sort(sorted, std::less<>(), label);
  std::vector<double> weights;
  for (const int64_t row : sorted) weights.push_back(sampling_[static_cast<size_t>(row)]);
  std::vector<int64_t> order = WeightedOrder(weights, EpochRows(rows), seed, epoch);
  for (int64_t& at : order) at = sorted[static_cast<size_t>(at)];
  return order;
}

std::vector<int64_t> Balance::Order(int64_t rows, uint64_t seed, int64_t epoch) const {
  if (!sampling_.empty()) return ByClass(rows, seed, epoch);
  std::vector<int64_t> order = ShuffledOrder(rows, seed, epoch);
  if (name_ != "undersample") return order;
  std::vector<int64_t> taken(counts_.size(), 0);
  std::erase_if(order, [&](int64_t row) {
    const int32_t label = labels_[static_cast<size_t>(row)];
    return label < 0 || ++taken[static_cast<size_t>(label)] > smallest_;
  });
  // The last rows of the former order are all of small classes.
  std::vector<int64_t> mixed;
  for (const int64_t i :
       Permutation(static_cast<int64_t>(order.size()), seed, Purpose::kSample, epoch)) {
    mixed.push_back(order[static_cast<size_t>(i)]);
  }
  return mixed;
}

}  // namespace bottega
