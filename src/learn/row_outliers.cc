#include "learn/row_outliers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/interrupt.h"
#include "base/random.h"
#include "base/threads.h"
#include "learn/central_covariance.h"
#include "learn/neighbors.h"
#include "learn/outlier_encoding.h"
#include "learn/rare_pairs.h"
#include "profile/tail.h"

namespace bottega {
namespace {

constexpr int64_t kFewest = 50;
constexpr int64_t kMostPairValues = 200;
constexpr int64_t kMostColumns = 40;  // that pairs are sought among
constexpr double kMostOdd = 0.01;     // of the rows may be odd by one number; more are a group
constexpr int kNeighbors = 5;
constexpr int64_t kReferences = 500;
constexpr int kParts = 12;
constexpr double kViews = 4;  // tests of one row beside that of pairs, which has a limit of its own

// Lowers what is expected of a row, and notes by which view.
class Verdicts {
 public:
  explicit Verdicts(int64_t rows) : rows_(static_cast<size_t>(rows)) {
    for (size_t i = 0; i < rows_.size(); ++i) {
      rows_[i].row = static_cast<int64_t>(i);
      rows_[i].expected = std::numeric_limits<double>::infinity();
    }
  }
  // A row that one number explains needs no vaguer reason.
  bool Settled(size_t row, double limit) const { return rows_[row].expected < limit; }
  OddRow* Lower(size_t row, double expected, OddKind kind, std::vector<int> columns) {
    if (!(expected < rows_[row].expected)) return nullptr;
    rows_[row].expected = expected;
    rows_[row].kind = kind;
    rows_[row].columns = std::move(columns);
    return &rows_[row];
  }
  std::vector<OddRow>& rows() { return rows_; }

 private:
  std::vector<OddRow> rows_;
};

Tail TailOfScores(std::vector<double> scores) {
  std::ranges::sort(scores);
  return TailOf(scores);
}

// Per number column, of each row what the other columns do not explain.
std::vector<std::vector<double>> ResidualsOf(const EncodedRows& data) {
  const CentralFit fit = FitCentre(data.x);
  const size_t k = static_cast<size_t>(data.x.columns), n = static_cast<size_t>(data.x.rows);
  std::vector<std::vector<double>> residual(data.number.size(), std::vector<double>(n));
  ParallelFor(data.x.rows, 1024, [&](int64_t begin, int64_t end) {
    ThrowIfInterrupted();
    for (int64_t i = begin; i < end; ++i) {
      const float* row = data.x.row(i);
      for (size_t c = 0; c < data.number.size(); ++c) {
        const size_t j = static_cast<size_t>(data.number[c]);
        const double* weights = &fit.precision[j * k];
        double sum = 0;
        for (size_t l = 0; l < k; ++l) sum += weights[l] * (row[l] - fit.mean[l]);
        residual[c][static_cast<size_t>(i)] = sum / std::sqrt(weights[j]);
      }
    }
  });
  return residual;
}

void JudgeResiduals(const EncodedRows& data, double settled, Verdicts* verdicts) {
  const std::vector<std::vector<double>> residual = ResidualsOf(data);
  const size_t n = static_cast<size_t>(data.x.rows);
  const double tests = static_cast<double>(data.number.size());
  for (size_t c = 0; c < data.number.size(); ++c) {
    std::vector<double> above, below;
    for (size_t i = 0; i < n; ++i) {
      if (std::isnan(data.beyond[c][i])) continue;
      above.push_back(residual[c][i]);
      below.push_back(-residual[c][i]);
    }
    if (static_cast<int64_t>(above.size()) < kFewest) continue;
    const double rows = static_cast<double>(above.size());
    const Tail upper = TailOfScores(std::move(above)), lower = TailOfScores(std::move(below));
    std::vector<double> expected(n, std::numeric_limits<double>::infinity());
    double odd = 0;
    for (size_t i = 0; i < n; ++i) {
      if (std::isnan(data.beyond[c][i])) continue;
      const double r = residual[c][i];
      const Tail& tail = r > upper.middle ? upper : lower;
      double beyond = data.beyond[c][i];
      if (tail.scale > 0) beyond = std::min(beyond, tail.Beyond(&tail == &upper ? r : -r));
      expected[i] = rows * tests * beyond;
      odd += expected[i] < settled;
    }
    if (odd > std::max(5.0, kMostOdd * rows)) continue;
    const int column = data.owner[static_cast<size_t>(data.number[c])];
    for (size_t i = 0; i < n; ++i) {
      OddRow* row = verdicts->Lower(i, expected[i], OddKind::kNumber, {column});
      if (row != nullptr) row->high = residual[c][i] > upper.middle;
    }
  }
}

void JudgeDistances(const EncodedRows& data, double settled, Verdicts* verdicts) {
  if (data.number.size() < 2) return;
  Matrix numbers(data.x.rows, static_cast<int64_t>(data.number.size()));
  for (int64_t i = 0; i < numbers.rows; ++i) {
    for (size_t c = 0; c < data.number.size(); ++c) {
      numbers.row(i)[c] = data.x.at(i, data.number[c]);
    }
  }
  const CentralFit fit = FitCentre(numbers);
  const size_t k = data.number.size(), n = static_cast<size_t>(numbers.rows);
  std::vector<double> distance(n);
  std::vector<std::vector<int>> columns(n);
  ParallelFor(numbers.rows, 1024, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      std::vector<std::pair<double, int>> part(k);
      double sum = 0;
      for (size_t a = 0; a < k; ++a) {
        double inner = 0;
        for (size_t b = 0; b < k; ++b) {
          inner +=
              fit.precision[a * k + b] * (numbers.at(i, static_cast<int64_t>(b)) - fit.mean[b]);
        }
        const double d = (numbers.at(i, static_cast<int64_t>(a)) - fit.mean[a]) * inner;
        part[a] = {-d, data.owner[static_cast<size_t>(data.number[a])]};
        sum += d;
      }
      std::ranges::partial_sort(part, part.begin() + 2);
      distance[static_cast<size_t>(i)] = std::sqrt(std::max(0.0, sum));
      columns[static_cast<size_t>(i)] = {part[0].second, part[1].second};
    }
  });
  const Tail tail = TailOfScores(distance);
  if (tail.scale <= 0) return;
  for (size_t i = 0; i < n; ++i) {
    if (verdicts->Settled(i, settled)) continue;
    verdicts->Lower(i, static_cast<double>(n) * tail.Beyond(distance[i]), OddKind::kNumbers,
                    std::move(columns[i]));
  }
}

void JudgePairs(const std::vector<const CellColumn*>& cells, double rare, double limit,
                Verdicts* verdicts) {
  std::vector<PairColumn> columns;
  std::vector<int> owner;
  for (size_t c = 0; c < cells.size() && owner.size() < kMostColumns; ++c) {
    const bool fits = cells[c]->is_number() || cells[c]->distinct() <= kMostPairValues;
    if (!fits || cells[c]->distinct() < 2) continue;
    columns.push_back(
        {CoarseCodesOf(*cells[c], kParts, 0, kMostPairValues), cells[c]->is_number()});
    owner.push_back(static_cast<int>(c));
  }
  const std::vector<RarePair> rarest = FindRarePairs(columns);
  const int32_t most_rows = 3 + static_cast<int32_t>(rarest.size() / 4000);
  for (size_t i = 0; i < rarest.size(); ++i) {
    if (rarest[i].given < 0 || rarest[i].rows > most_rows) continue;
    verdicts->Lower(
        i, limit * rarest[i].ratio / rare, OddKind::kPair,
        {owner[static_cast<size_t>(rarest[i].given)], owner[static_cast<size_t>(rarest[i].value)]});
  }
}

void JudgeNeighbors(const EncodedRows& data, uint64_t seed, double settled, Verdicts* verdicts) {
  Matrix x = data.x;
  for (float& value : x.values) value = std::clamp(value, -4.0F, 4.0F);
  const std::vector<int64_t> order = Permutation(x.rows, seed, Purpose::kSample, 11);
  const int64_t count = std::min(x.rows, kReferences);
  Matrix reference(count, x.columns);
  std::vector<int64_t> group(static_cast<size_t>(count)), own(static_cast<size_t>(x.rows));
  for (int64_t i = 0; i < count; ++i) {
    group[static_cast<size_t>(i)] = order[static_cast<size_t>(i)];
    std::copy_n(x.row(order[static_cast<size_t>(i)]), x.columns, reference.row(i));
  }
  std::iota(own.begin(), own.end(), 0);
  const Neighbors near = NearestNeighbors(reference, x, kNeighbors, group, own);
  std::vector<double> distance(static_cast<size_t>(x.rows));
  for (size_t i = 0; i < distance.size(); ++i) {
    distance[i] = std::log(0.05 + near.distance[i * kNeighbors + kNeighbors - 1]);
  }
  const Tail tail = TailOfScores(distance);
  if (tail.scale <= 0) return;
  for (size_t i = 0; i < distance.size(); ++i) {
    if (verdicts->Settled(i, settled)) continue;
    verdicts->Lower(i, static_cast<double>(x.rows) * tail.Beyond(distance[i]), OddKind::kFar, {});
  }
}

}  // namespace

RowOutliers FindRowOutliers(const std::vector<const CellColumn*>& cells,
                            const RowOutlierOptions& options) {
  RowOutliers out;
  if (cells.empty() || static_cast<int64_t>(cells[0]->code.size()) < kFewest) return out;
  const EncodedRows data = EncodeForOutliers(cells);
  Verdicts verdicts(data.x.rows);
  const double settled = options.expected / kViews;
  if (!data.number.empty()) {
    JudgeResiduals(data, settled, &verdicts);
    JudgeDistances(data, settled, &verdicts);
  }
  if (data.x.columns > 0) JudgeNeighbors(data, options.seed, settled, &verdicts);
  for (OddRow& row : verdicts.rows()) row.expected *= kViews;
  JudgePairs(cells, options.rare, options.expected, &verdicts);
  for (OddRow& row : verdicts.rows()) {
    out.expected.push_back(static_cast<float>(std::min(1.0, row.expected)));
    if (row.expected < options.expected) out.odd.push_back(std::move(row));
  }
  std::ranges::stable_sort(out.odd, {}, &OddRow::expected);
  return out;
}

}  // namespace bottega
