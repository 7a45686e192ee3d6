#include "profile/near_rows.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "base/interrupt.h"
#include "base/mix.h"
#include "base/radix_sort.h"
#include "base/threads.h"
#include "profile/cell_likeness.h"

namespace bottega {
namespace {

constexpr int64_t kRowChunk = 1 << 14;
constexpr size_t kGroups = 6;
constexpr size_t kWindow = 8;  // neighbours compared within a block

struct KeyedRow {
  uint64_t key = 0;
  double place = 0;  // within rows of the same key
  int64_t row = 0;
};

class Matcher {
 public:
  Matcher(const std::vector<const CellColumn*>& cells, const std::vector<int64_t>& same,
          double difference)
      : same_(same), rows_(static_cast<int64_t>(same.size())) {
    comparers_.resize(cells.size());
    ParallelFor(static_cast<int64_t>(cells.size()), 1, [&](int64_t i, int64_t) {
      comparers_[static_cast<size_t>(i)] = MakeComparer(*cells[static_cast<size_t>(i)]);
    });
    const double columns = static_cast<double>(cells.size());
    most_different_ = std::max(columns >= 5 ? 1 : 0, static_cast<int>(difference * columns));
    most_close_ = std::max(1, static_cast<int>(columns / 2));
    enough_ = 2 * std::log2(static_cast<double>(std::max<int64_t>(rows_, 2))) + 4;
  }

  std::vector<DuplicatePair> Match();

 private:
  std::vector<uint64_t> Hashes(const std::vector<size_t>& columns) const;
  void MatchBlocks(std::vector<KeyedRow> keyed);
  void Verify(int64_t a, int64_t b, std::vector<DuplicatePair>* found) const;
  std::vector<double> Project(uint64_t direction) const;
  void MatchProjections();

  const std::vector<int64_t>& same_;
  const int64_t rows_;
  std::vector<Comparer> comparers_;
  int most_different_ = 0, most_close_ = 0;
  double enough_ = 0;
  std::mutex mutex_;
  std::vector<DuplicatePair> pairs_;
};

// Of each row, over `columns`; spelling aside.
std::vector<uint64_t> Matcher::Hashes(const std::vector<size_t>& columns) const {
  std::vector<uint64_t> hashes(static_cast<size_t>(rows_), 0x9e3779b97f4a7c15ULL);
  ParallelFor(rows_, kRowChunk, [&](int64_t begin, int64_t end) {
    for (const size_t c : columns) {
      const Comparer& column = comparers_[c];
      for (int64_t i = begin; i < end; ++i) {
        const int32_t code = column.cells->code[static_cast<size_t>(i)];
        const int32_t folded = code < 0 ? -1 : column.folded[static_cast<size_t>(code)];
        uint64_t& hash = hashes[static_cast<size_t>(i)];
        hash = (hash ^ static_cast<uint32_t>(folded)) * 0xff51afd7ed558ccdULL;
        hash ^= hash >> 32;
      }
    }
  });
  return hashes;
}

void Matcher::Verify(int64_t a, int64_t b, std::vector<DuplicatePair>* found) const {
  double bits = 0;
  int different = 0, close = 0;
  for (const Comparer& column : comparers_) {
    const Likeness likeness = Compare(column, column.cells->code[static_cast<size_t>(a)],
                                      column.cells->code[static_cast<size_t>(b)], &bits);
    different += likeness == Likeness::kDifferent;
    close += likeness == Likeness::kClose;
    if (different > most_different_ || close > most_close_) return;
  }
  if (bits < enough_ || different + close == 0) return;
  const double columns = static_cast<double>(comparers_.size());
  const double similarity = 1 - (different + 0.25 * close) / columns;
  found->push_back({std::min(a, b), std::max(a, b), similarity, false, bits});
}

// Rows with equal keys are one block; within a block each is compared with the next few.
void Matcher::MatchBlocks(std::vector<KeyedRow> keyed) {
  RadixSort(&keyed, [](const KeyedRow& row) { return row.key; });
  const int64_t n = static_cast<int64_t>(keyed.size());
  ParallelFor(n, 1 << 14, [&](int64_t begin, int64_t end) {
    ThrowIfInterrupted();
    std::vector<DuplicatePair> found;
    for (int64_t i = begin; i < end; ++i) {
      const KeyedRow& a = keyed[static_cast<size_t>(i)];
      for (int64_t j = i + 1; j < n && j <= i + static_cast<int64_t>(kWindow); ++j) {
        const KeyedRow& b = keyed[static_cast<size_t>(j)];
        if (a.key != b.key) break;
        Verify(a.row, b.row, &found);
      }
    }
    const std::lock_guard lock(mutex_);
    pairs_.insert(pairs_.end(), found.begin(), found.end());
  });
}

// Numbers as one number: each column scaled to deviation 1 with a sign from `direction`.
std::vector<double> Matcher::Project(uint64_t direction) const {
  std::vector<double> out(static_cast<size_t>(rows_), 0);
  for (const Comparer& column : comparers_) {
    if (!column.cells->is_number() || column.scale <= 0) continue;
    direction = direction * 6364136223846793005ULL + 1442695040888963407ULL;
    const double weight = (static_cast<double>(direction >> 40) / (1 << 24) * 2 - 1) / column.scale;
    for (size_t i = 0; i < out.size(); ++i) {
      const int32_t code = column.cells->code[i];
      if (code >= 0) out[i] += weight * column.cells->number[static_cast<size_t>(code)];
    }
  }
  return out;
}

void Matcher::MatchProjections() {
  std::vector<size_t> texts;
  for (size_t c = 0; c < comparers_.size(); ++c) {
    if (!comparers_[c].cells->is_number()) texts.push_back(c);
  }
  if (texts.size() == comparers_.size()) return;
  const std::vector<uint64_t> hashes = Hashes(texts);
  for (uint64_t direction = 1; direction <= 3; ++direction) {
    const std::vector<double> projected = Project(direction);
    std::vector<KeyedRow> keyed;
    for (int64_t i = 0; i < rows_; ++i) {
      const auto at = static_cast<size_t>(i);
      if (same_[at] == i) keyed.push_back({hashes[at], projected[at] + 0.0, i});
    }
    RadixSort(&keyed, [](const KeyedRow& row) { return OrderedBits(row.place); });
    RadixSort(&keyed, [](const KeyedRow& row) { return row.key; });
    std::vector<DuplicatePair> found;
    for (size_t i = 0; i < keyed.size(); ++i) {
      for (size_t j = i + 1; j < keyed.size() && j <= i + kWindow / 2; ++j) {
        if (keyed[j].key != keyed[i].key) break;
        Verify(keyed[i].row, keyed[j].row, &found);
      }
    }
    pairs_.insert(pairs_.end(), found.begin(), found.end());
  }
}

std::vector<DuplicatePair> Matcher::Match() {
  const size_t groups = std::min(kGroups, comparers_.size());
  if (groups < 2) return {};
  std::vector<std::vector<uint64_t>> hashes;  // by group
  for (size_t g = 0; g < groups; ++g) {
    std::vector<size_t> columns;
    for (size_t c = g; c < comparers_.size(); c += groups) columns.push_back(c);
    hashes.push_back(Hashes(columns));
  }
  const bool two = groups >= 4;  // are left out
  for (size_t x = 0; x < groups; ++x) {
    for (size_t y = two ? x + 1 : x; y < (two ? groups : x + 1); ++y) {
      std::vector<KeyedRow> keyed;
      for (int64_t i = 0; i < rows_; ++i) {
        const auto at = static_cast<size_t>(i);
        if (same_[at] != i) continue;
        uint64_t key = 0;
        for (size_t g = 0; g < groups; ++g) {
          if (g != x && g != y) key = Mix(key + hashes[g][at]);
        }
        keyed.push_back({key, 0, i});
      }
      MatchBlocks(std::move(keyed));
    }
  }
  MatchProjections();
  const auto key = [](const DuplicatePair& p) { return std::pair(p.first, p.second); };
  std::ranges::sort(pairs_, {}, key);
  const auto repeated = std::ranges::unique(pairs_, {}, key);
  pairs_.erase(repeated.begin(), repeated.end());
  return std::move(pairs_);
}

}  // namespace

std::vector<DuplicatePair> FindNearRows(const std::vector<const CellColumn*>& cells,
                                        const std::vector<int64_t>& same, double row_difference) {
  return Matcher(cells, same, row_difference).Match();
}

}  // namespace bottega
