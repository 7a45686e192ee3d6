#include "learn/confident_learning.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/threads.h"

namespace bottega {
namespace {

constexpr float kSlack = 1e-6F;
constexpr int64_t kChunk = 1 << 14;

std::vector<int64_t> CountLabels(const std::vector<int32_t>& label, size_t classes) {
  std::vector<int64_t> count(classes);
  for (const int32_t y : label) {
    if (y >= 0) ++count[static_cast<size_t>(y)];
  }
  return count;
}

// Whole numbers nearest to `values` whose sum is that of `values`, rounded: what is missing goes to
// the largest remainders, what is too much comes from the smallest.
std::vector<int64_t> RoundKeepingSum(const double* values, size_t n) {
  std::vector<int64_t> out(n);
  std::vector<double> remainder(n);
  double sum = 0;
  int64_t rounded = 0;
  for (size_t i = 0; i < n; ++i) {
    out[i] = static_cast<int64_t>(std::nearbyint(values[i]));
    remainder[i] = values[i] - static_cast<double>(out[i]);
    sum += values[i];
    rounded += out[i];
  }
  int64_t missing = static_cast<int64_t>(std::nearbyint(sum)) - rounded;
  if (missing == 0) return out;
  std::vector<size_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](size_t i) { return remainder[i]; });
  if (missing > 0) std::ranges::reverse(order);
  for (size_t i = 0; missing != 0; ++i) {
    const int64_t step = missing > 0 ? 1 : -1;
    out[order[i % n]] += step;
    missing -= step;
  }
  return out;
}

std::vector<int64_t> Calibrate(const std::vector<int64_t>& joint,
                               const std::vector<int64_t>& count) {
  const size_t k = count.size();
  std::vector<double> scaled(k * k);
  for (size_t i = 0; i < k; ++i) {
    const auto row = joint.begin() + static_cast<int64_t>(i * k);
    const double sum =
        static_cast<double>(std::accumulate(row, row + static_cast<int64_t>(k), int64_t{0}));
    for (size_t j = 0; j < k; ++j) {
      scaled[i * k + j] = static_cast<double>(joint[i * k + j]) / std::max(sum, 1e-100) *
                          static_cast<double>(count[i]);
    }
  }
  const double total = std::accumulate(scaled.begin(), scaled.end(), 0.0);
  const double rows = static_cast<double>(std::accumulate(count.begin(), count.end(), int64_t{0}));
  for (double& value : scaled) value = value / std::max(total, 1e-100) * rows;
  std::vector<int64_t> out;
  for (size_t i = 0; i < k; ++i) {
    const std::vector<int64_t> row = RoundKeepingSum(&scaled[i * k], k);
    out.insert(out.end(), row.begin(), row.end());
  }
  return out;
}

// How many rows of a given label to prune in favour of each true class, keep[given * k + true]; the
// diagonal is what stays, at least one row a class, paid for by the class's other entries alike.
std::vector<int64_t> PruneCounts(const std::vector<int64_t>& joint, size_t k) {
  std::vector<int64_t> out(joint.size());
  for (size_t given = 0; given < k; ++given) {
    const int64_t* row = &joint[given * k];
    const int64_t kept = std::max<int64_t>(row[given], 1);
    const double nonzero =
        static_cast<double>(std::count_if(row, row + k, [](int64_t n) { return n != 0; }));
    const double less = static_cast<double>(kept - row[given]) / std::max(nonzero - 1, 1.0);
    for (size_t j = 0; j < k; ++j) {
      out[given * k + j] = static_cast<int64_t>(std::max(0.0, static_cast<double>(row[j]) - less));
    }
    out[given * k + given] = kept;
  }
  return out;
}

// A number whose order is that of the finite floats `key`, then of `index`.
uint64_t SortKey(float key, size_t index) {
  const uint32_t bits = std::bit_cast<uint32_t>(key + 0.0F);  // one zero
  const uint32_t ordered = bits >> 31 != 0 ? ~bits : bits | 0x80000000U;
  return uint64_t{ordered} << 32 | index;
}

using Marks = std::vector<uint8_t>;

// Marks the `most` of `rows` with the least key(index into rows); ties go to the earlier row.
template <class Key>
void MarkLeast(const std::vector<int32_t>& rows, int64_t most, Key key, std::vector<uint64_t>* keys,
               Marks* marks) {
  most = std::min(most, static_cast<int64_t>(rows.size()));
  if (most <= 0) return;
  keys->resize(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) (*keys)[i] = SortKey(key(i), i);
  std::nth_element(keys->begin(), keys->begin() + (most - 1), keys->end());
  for (int64_t i = 0; i < most; ++i) {
    const size_t index = (*keys)[static_cast<size_t>(i)] & 0xffffffff;
    (*marks)[static_cast<size_t>(rows[index])] = 1;
  }
}

// `by_class` and `by_rate` may be null: not wanted.
void PruneClass(const std::vector<int32_t>& rows, const Matrix& p, size_t given,
                const std::vector<int64_t>& prune, Marks* by_class, Marks* by_rate) {
  const size_t k = static_cast<size_t>(p.columns), n = rows.size();
  if (n <= 1) return;
  std::vector<float> columns(k * n);  // the class's rows once, column by column
  for (size_t i = 0; i < n; ++i) {
    const float* row = p.row(rows[i]);
    for (size_t j = 0; j < k; ++j) columns[j * n + i] = row[j];
  }
  const float* own = &columns[given * n];
  std::vector<uint64_t> keys;
  if (by_class != nullptr) {
    MarkLeast(
        rows, static_cast<int64_t>(n) - prune[given * k + given], [&](size_t i) { return own[i]; },
        &keys, by_class);
  }
  for (size_t j = 0; j < k && by_rate != nullptr; ++j) {
    if (j == given) continue;
    const float* other = &columns[j * n];
    MarkLeast(
        rows, prune[given * k + j], [&](size_t i) { return own[i] - other[i]; }, &keys, by_rate);
  }
}

bool OwnIsLikeliest(const float* p, int64_t classes, int32_t label) {
  const float own = p[label] + kSlack;
  for (int64_t c = 0; c < classes; ++c) {
    if (c != label && (c < label ? p[c] >= own : p[c] > own)) return false;
  }
  return true;
}

float WeightedEntropy(const float* p, int64_t classes, int32_t label) {
  double entropy = 0;
  for (int64_t c = 0; c < classes; ++c) {
    if (p[c] > 0) entropy -= p[c] * std::log(static_cast<double>(p[c]));
  }
  entropy /= std::log(static_cast<double>(classes));
  const double e = entropy / std::max(p[label], kSlack);
  return static_cast<float>(std::log(e + 1) / std::max<double>(e, kSlack));
}

}  // namespace

std::vector<float> ConfidentThresholds(const std::vector<int32_t>& label,
                                       const Matrix& probability) {
  const size_t k = static_cast<size_t>(probability.columns);
  std::vector<double> sum(k);
  for (size_t i = 0; i < label.size(); ++i) {
    if (label[i] >= 0)
      sum[static_cast<size_t>(label[i])] += probability.at(static_cast<int64_t>(i), label[i]);
  }
  const std::vector<int64_t> count = CountLabels(label, k);
  std::vector<float> thresholds(k, 2);
  for (size_t c = 0; c < k; ++c) {
    if (count[c] == 0) continue;
    thresholds[c] =
        std::max(2 * kSlack, static_cast<float>(sum[c] / static_cast<double>(count[c])));
  }
  return thresholds;
}

std::vector<int32_t> ConfidentClasses(const Matrix& probability,
                                      const std::vector<float>& thresholds) {
  const int64_t k = probability.columns;
  std::vector<float> least = thresholds;
  for (float& threshold : least) threshold -= kSlack;
  std::vector<int32_t> out(static_cast<size_t>(probability.rows), -1);
  ParallelFor(probability.rows, kChunk, [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r) {
      const float* p = probability.row(r);
      int64_t reached = 0, first = -1, best = 0;
      for (int64_t c = 0; c < k; ++c) {
        if (p[c] > p[best]) best = c;
        if (p[c] < least[static_cast<size_t>(c)]) continue;
        if (reached++ == 0) first = c;
      }
      out[static_cast<size_t>(r)] = static_cast<int32_t>(reached > 1 ? best : first);
    }
  });
  return out;
}

std::vector<int64_t> ConfidentJoint(const std::vector<int32_t>& label, const Matrix& probability,
                                    const std::vector<int32_t>& confident, bool calibrate) {
  const size_t k = static_cast<size_t>(probability.columns);
  std::vector<int64_t> joint(k * k);
  for (size_t i = 0; i < label.size(); ++i) {
    if (label[i] < 0 || confident[i] < 0) continue;
    ++joint[static_cast<size_t>(label[i]) * k + static_cast<size_t>(confident[i])];
  }
  for (size_t c = 0; c < k; ++c) joint[c * k + c] = std::max<int64_t>(joint[c * k + c], 1);
  return calibrate ? Calibrate(joint, CountLabels(label, k)) : joint;
}

std::vector<uint8_t> FindLabelIssues(const std::vector<int32_t>& label, const Matrix& probability,
                                     LabelFilter filter) {
  const std::vector<int32_t> confident =
      ConfidentClasses(probability, ConfidentThresholds(label, probability));
  Marks marks(label.size(), 0), other;
  if (filter == LabelFilter::kConfident) {
    for (size_t i = 0; i < label.size(); ++i)
      marks[i] = confident[i] >= 0 && confident[i] != label[i];
  } else {
    const size_t k = static_cast<size_t>(probability.columns);
    const std::vector<int64_t> prune =
        PruneCounts(ConfidentJoint(label, probability, confident), k);
    std::vector<std::vector<int32_t>> rows(k);
    for (size_t i = 0; i < label.size(); ++i) {
      if (label[i] >= 0) rows[static_cast<size_t>(label[i])].push_back(static_cast<int32_t>(i));
    }
    if (filter == LabelFilter::kBoth) other.assign(label.size(), 0);
    Marks* by_class = filter == LabelFilter::kPruneByNoiseRate ? nullptr : &marks;
    Marks* by_rate = filter == LabelFilter::kPruneByClass ? nullptr
                     : filter == LabelFilter::kBoth       ? &other
                                                          : &marks;
    ParallelFor(static_cast<int64_t>(k), 1, [&](int64_t c, int64_t) {
      PruneClass(rows[static_cast<size_t>(c)], probability, static_cast<size_t>(c), prune, by_class,
                 by_rate);
    });
  }
  for (size_t i = 0; i < marks.size(); ++i) {
    if (marks[i] == 0) continue;
    marks[i] =
        label[i] >= 0 && (other.empty() || other[i] != 0) &&
        !OwnIsLikeliest(probability.row(static_cast<int64_t>(i)), probability.columns, label[i]);
  }
  return marks;
}

std::vector<float> LabelQualityScores(const std::vector<int32_t>& label, const Matrix& probability,
                                      LabelQuality quality) {
  const int64_t k = probability.columns;
  std::vector<float> out(label.size(), std::numeric_limits<float>::quiet_NaN());
  ParallelFor(probability.rows, kChunk, [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r) {
      const int32_t y = label[static_cast<size_t>(r)];
      if (y < 0) continue;
      const float* p = probability.row(r);
      float score = p[y];
      if (quality == LabelQuality::kNormalizedMargin) {
        float other = -std::numeric_limits<float>::infinity();
        for (int64_t c = 0; c < k; ++c) {
          if (c != y) other = std::max(other, p[c]);
        }
        score = (score - other + 1) / 2;
      } else if (quality == LabelQuality::kConfidenceWeightedEntropy) {
        score = WeightedEntropy(p, k, y);
      }
      out[static_cast<size_t>(r)] = score;
    }
  });
  return out;
}

}  // namespace bottega
