#include "learn/rate_curve.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bottega {
namespace {

constexpr double kReach = 12;  // logits on either side of 0
constexpr double kWidth = 0.25;
constexpr double kDeviations = 1.5;
constexpr size_t kRanges = static_cast<size_t>(2 * kReach / kWidth);

// Ranges and parts of them from the lowest range's lower end.
double PlaceOf(float p) {
  const double cut = std::clamp(static_cast<double>(p), 1e-7, 1 - 1e-7);
  return std::clamp((std::log(cut / (1 - cut)) + kReach) / kWidth, 0.0, kRanges - 1e-6);
}

// Least-squares fit that never falls (pool adjacent violators).
std::vector<double> MakeRising(const std::vector<double>& value,
                               const std::vector<double>& weight) {
  struct Block {
    double sum = 0, weight = 0;
    size_t size = 0;
  };
  std::vector<Block> blocks;
  for (size_t i = 0; i < value.size(); ++i) {
    blocks.push_back({value[i] * weight[i], weight[i], 1});
    while (blocks.size() > 1) {
      const Block& last = blocks.back();
      Block& before = blocks[blocks.size() - 2];
      if (before.sum * last.weight <= last.sum * before.weight) break;
      before = {before.sum + last.sum, before.weight + last.weight, before.size + last.size};
      blocks.pop_back();
    }
  }
  std::vector<double> out;
  for (const Block& block : blocks) out.insert(out.end(), block.size, block.sum / block.weight);
  return out;
}

}  // namespace

RateCurve::RateCurve(const std::vector<int32_t>& label, const Matrix& probability) {
  std::vector<double> pairs(kRanges), held(kRanges);
  for (int64_t r = 0; r < probability.rows; ++r) {
    const int32_t y = label[static_cast<size_t>(r)];
    if (y < 0) continue;
    for (int64_t c = 0; c < probability.columns; ++c) {
      const size_t range = static_cast<size_t>(PlaceOf(probability.at(r, c)));
      pairs[range] += 1;
      held[range] += c == y;
    }
  }
  // Thin ranges are joined to the next, so that each is measured by enough pairs.
  const double all = std::accumulate(pairs.begin(), pairs.end(), 0.0);
  const double fewest = std::clamp(all / 20, 15.0, 100.0);
  std::vector<double> rate, weight;
  std::vector<size_t> size;
  double sum = 0, n = 0, said = 0;
  size_t ranges = 0;
  for (size_t i = 0; i < kRanges; ++i) {
    const double middle = (static_cast<double>(i) + 0.5) * kWidth - kReach;
    sum += held[i];
    n += pairs[i];
    said += pairs[i] / (1 + std::exp(-middle));
    ++ranges;
    if (n < fewest && i + 1 < kRanges) continue;
    // One pair is thought of that holds as often as the probabilities say.
    rate.push_back(n > 0 ? (sum + said / n) / (n + 1) : 1);
    weight.push_back(n + 1);
    size.push_back(ranges);
    sum = n = said = 0;
    ranges = 0;
  }
  const std::vector<double> rising = MakeRising(rate, weight);
  double least = 0;
  for (size_t b = 0; b < rising.size(); ++b) {
    const double deviation = std::sqrt(rising[b] * (1 - rising[b]) / weight[b]);
    least = std::max(least, rising[b] - kDeviations * deviation);
    least_.insert(least_.end(), size[b], least);
  }
}

double RateCurve::Least(float probability) const {
  const double at = std::max(0.0, PlaceOf(probability) - 0.5);
  const size_t low = std::min(static_cast<size_t>(at), kRanges - 1);
  const size_t high = std::min(low + 1, kRanges - 1);
  return least_[low] + (at - static_cast<double>(low)) * (least_[high] - least_[low]);
}

}  // namespace bottega
