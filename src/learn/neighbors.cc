#include "learn/neighbors.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/interrupt.h"
#include "base/threads.h"

namespace bottega {
namespace {

constexpr int64_t kTile = 32;    // reference rows side by side in a tile
constexpr int64_t kQueries = 4;  // query rows that share a tile in registers
constexpr int64_t kTilesAtOnce = 64;

// Reference rows in tiles, column by column: tile[t][c][0 .. kTile).
struct Tiles {
  int64_t rows = 0, columns = 0, count = 0;
  std::vector<float> values;
  std::vector<float> squares;  // per reference row, half the squared length
};

std::vector<float> MeansOf(const Matrix& matrix) {
  std::vector<float> means(static_cast<size_t>(matrix.columns));
  for (int64_t c = 0; c < matrix.columns; ++c) {
    double sum = 0, n = 0;
    for (int64_t r = 0; r < matrix.rows; ++r) {
      const float value = matrix.at(r, c);
      if (std::isnan(value)) continue;
      sum += value;
      ++n;
    }
    means[static_cast<size_t>(c)] = n > 0 ? static_cast<float>(sum / n) : 0;
  }
  return means;
}

Tiles TilesOf(const Matrix& reference, const std::vector<float>& means) {
  Tiles tiles{reference.rows, reference.columns, (reference.rows + kTile - 1) / kTile};
  tiles.values.resize(static_cast<size_t>(tiles.count * reference.columns * kTile));
  tiles.squares.assign(static_cast<size_t>(tiles.count * kTile),
                       std::numeric_limits<float>::infinity());
  for (int64_t r = 0; r < reference.rows; ++r) {
    float* tile = tiles.values.data() + r / kTile * reference.columns * kTile + r % kTile;
    float squares = 0;
    for (int64_t c = 0; c < reference.columns; ++c) {
      const float value = reference.at(r, c);
      const float filled = (std::isnan(value) ? means[static_cast<size_t>(c)] : value) -
                           means[static_cast<size_t>(c)];
      tile[c * kTile] = filled;
      squares += filled * filled;
    }
    tiles.squares[static_cast<size_t>(r)] = squares / 2;
  }
  return tiles;
}

// out[q][i] = half squared distance minus half the query's squared length.
__attribute__((target_clones("avx512f", "avx2", "default"))) void TileDistances(
    const float* tile, const float* squares, const float* queries, int64_t columns, float* out) {
  float sums[kQueries][kTile] = {};
  for (int64_t c = 0; c < columns; ++c) {
    const float* values = tile + c * kTile;
    for (int64_t q = 0; q < kQueries; ++q) {
      const float weight = queries[q * columns + c];
      for (int64_t i = 0; i < kTile; ++i) sums[q][i] += weight * values[i];
    }
  }
  for (int64_t q = 0; q < kQueries; ++q) {
    for (int64_t i = 0; i < kTile; ++i) out[q * kTile + i] = squares[i] - sums[q][i];
  }
}

// The k smallest seen so far, as a max-heap by (distance, index).
class Nearest {
 public:
  explicit Nearest(size_t k) : k_(k) { heap_.reserve(k); }
  float worst() const {
    return heap_.size() < k_ ? std::numeric_limits<float>::infinity() : heap_.front().first;
  }
  void Offer(float distance, int32_t index) {
    const std::pair<float, int32_t> entry(distance, index);
    if (heap_.size() == k_) {
      if (!(entry < heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end());
      heap_.back() = entry;
    } else {
      heap_.push_back(entry);
    }
    std::push_heap(heap_.begin(), heap_.end());
  }
  std::vector<std::pair<float, int32_t>>& Sorted() {
    std::sort_heap(heap_.begin(), heap_.end());
    return heap_;
  }

 private:
  size_t k_;
  std::vector<std::pair<float, int32_t>> heap_;
};

class Search {
 public:
  Search(const Tiles& tiles, const std::vector<int64_t>& reference_group,
         const std::vector<int64_t>& query_group, Neighbors* out)
      : tiles_(tiles), reference_group_(reference_group), query_group_(query_group), out_(out) {}

  // Queries begin .. begin + count - 1 (at most kQueries * 8), centred, one after the other.
  void Run(const std::vector<float>& centred, int64_t begin, int64_t count) const;

 private:
  void Offer(const float* distances, int64_t tile, int64_t query, Nearest* nearest) const;

  const Tiles& tiles_;
  const std::vector<int64_t>& reference_group_;
  const std::vector<int64_t>& query_group_;
  Neighbors* out_;
};

void Search::Offer(const float* distances, int64_t tile, int64_t query, Nearest* nearest) const {
  const float worst = nearest->worst();
  for (int64_t i = 0; i < kTile; ++i) {
    if (!(distances[i] <= worst)) continue;
    const int64_t r = tile * kTile + i;
    if (r >= tiles_.rows) continue;
    if (!query_group_.empty() &&
        query_group_[static_cast<size_t>(query)] == reference_group_[static_cast<size_t>(r)]) {
      continue;
    }
    nearest->Offer(distances[i], static_cast<int32_t>(r));
  }
}

void Search::Run(const std::vector<float>& centred, int64_t begin, int64_t count) const {
  std::vector<Nearest> nearest(static_cast<size_t>(count), Nearest(static_cast<size_t>(out_->k)));
  float distances[kQueries * kTile];
  for (int64_t first = 0; first < tiles_.count; first += kTilesAtOnce) {
    const int64_t last = std::min(tiles_.count, first + kTilesAtOnce);
    for (int64_t q = 0; q < count; q += kQueries) {
      for (int64_t t = first; t < last; ++t) {
        TileDistances(tiles_.values.data() + t * tiles_.columns * kTile,
                      tiles_.squares.data() + t * kTile, centred.data() + q * tiles_.columns,
                      tiles_.columns, distances);
        for (int64_t j = q; j < std::min(count, q + kQueries); ++j) {
          Offer(distances + (j - q) * kTile, t, begin + j, &nearest[static_cast<size_t>(j)]);
        }
      }
    }
  }
  for (int64_t q = 0; q < count; ++q) {
    const float* values = centred.data() + q * tiles_.columns;
    float squares = 0;
    for (int64_t c = 0; c < tiles_.columns; ++c) squares += values[c] * values[c];
    size_t at = static_cast<size_t>((begin + q) * out_->k);
    for (const auto& [distance, index] : nearest[static_cast<size_t>(q)].Sorted()) {
      out_->index[at] = index;
      out_->distance[at++] = std::sqrt(std::max(0.0F, 2 * distance + squares));
    }
  }
}

}  // namespace

Neighbors NearestNeighbors(const Matrix& reference, const Matrix& queries, int k,
                           const std::vector<int64_t>& reference_group,
                           const std::vector<int64_t>& query_group) {
  Neighbors out{queries.rows, k};
  out.index.assign(static_cast<size_t>(queries.rows * k), -1);
  out.distance.assign(out.index.size(), std::numeric_limits<float>::infinity());
  if (reference.rows == 0 || k == 0) return out;
  const std::vector<float> means = MeansOf(reference);
  const Tiles tiles = TilesOf(reference, means);
  const Search search(tiles, reference_group, query_group, &out);
  constexpr int64_t kChunk = 64;
  ParallelFor(queries.rows, kChunk, [&](int64_t begin, int64_t end) {
    ThrowIfInterrupted();
    std::vector<float> centred(static_cast<size_t>((kChunk + kQueries) * queries.columns), 0);
    for (int64_t q = begin; q < end; ++q) {
      for (int64_t c = 0; c < queries.columns; ++c) {
        const float value = queries.at(q, c);
        centred[static_cast<size_t>((q - begin) * queries.columns + c)] =
            std::isnan(value) ? 0 : value - means[static_cast<size_t>(c)];
      }
    }
    search.Run(centred, begin, end - begin);
  });
  return out;
}

}  // namespace bottega
