// One regression tree over binned columns, grown leaf by leaf from gradients and Hessians.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "learn/binned_matrix.h"

namespace bottega {

struct TreeNode {
  int32_t column = -1;  // -1: a leaf
  int32_t left = -1, right = -1;
  float value = 0;                      // of a leaf
  std::array<uint64_t, 4> bins_left{};  // bit b: rows with bin b go left
};

struct Tree {
  std::vector<TreeNode> nodes;

  float Value(const uint8_t* row) const {
    const TreeNode* node = nodes.data();
    while (node->column >= 0) {
      const uint8_t bin = row[node->column];
      const bool left = (node->bins_left[bin >> 6] >> (bin & 63)) & 1;
      node = &nodes[static_cast<size_t>(left ? node->left : node->right)];
    }
    return node->value;
  }
};

struct GrowOptions {
  int leaves = 31;
  double min_hessian = 2;  // in a leaf
  double l2 = 1;           // added to the Hessian of a leaf
  double category_l2 = 8;  // added on top when a split chooses a set of categories
  double shrink = 0.15;    // factor of leaf values
};

// Sums of gradients and Hessians are kept as whole numbers in one 64-bit word, the gradient's above
// the Hessian's, so that they do not depend on the order of the rows.
struct PackedGradients {
  std::vector<int64_t> of_row;  // per row of the matrix
  double gradient_unit = 1, hessian_unit = 1;
};

// A run of `rows` that ended in one leaf.
struct LeafRows {
  int64_t begin = 0, end = 0;
  float value = 0;
};

// Grows trees on the same rows again and again; keeps its memory. Splits have the largest gain
// G^2 / (H + l2) of both sides over the whole; missing cells go to the better side; categories are
// ordered by G / H and cut in two (Fisher, "On grouping for maximum homogeneity", JASA 1958). The
// histogram of the larger child is its parent's less its sibling's (Ke et al., "LightGBM", NIPS
// 2017). Leaves hold -G / (H + l2) * shrink. Not thread-safe.
class TreeGrower {
 public:
  TreeGrower(const BinnedMatrix& x, const GrowOptions& options);

  // Reorders `rows`; `leaves` says what of them lies in which leaf afterwards.
  Tree Grow(const PackedGradients& gradients, std::vector<int32_t>* rows,
            std::vector<LeafRows>* leaves);

 private:
  struct Split {
    double gain = 0;
    int32_t column = -1;
    std::array<uint64_t, 4> bins_left{};
  };
  struct Leaf {
    int64_t begin = 0, end = 0;
    int64_t sum = 0;
    size_t node = 0, histogram = 0;
    Split split;
  };

  int64_t* HistogramAt(size_t index) { return histograms_.data() + index * total_bins_; }
  void FillHistogram(const int32_t* rows, int64_t n, int64_t* histogram) const;
  double Gain(int64_t sum, double l2) const;
  bool Enough(int64_t sum) const;
  Split BestSplit(const Leaf& leaf);
  void TryNumber(size_t column, const int64_t* histogram, const Leaf& leaf, Split* best) const;
  void TryCategory(size_t column, const int64_t* histogram, const Leaf& leaf, Split* best);
  // Rows that go left before those that go right; where the latter begin.
  int64_t Partition(const Leaf& leaf, std::vector<int32_t>* rows);
  void SplitLeaf(size_t at, std::vector<int32_t>* rows, Tree* tree, bool last);

  const BinnedMatrix& x_;
  const GrowOptions options_;
  std::vector<size_t> offset_;  // of each column's first bin in a histogram
  size_t total_bins_ = 0;
  std::vector<int64_t> histograms_;
  std::vector<Leaf> leaves_;
  std::vector<int32_t> right_rows_;
  std::vector<std::pair<double, int>> order_;
  const PackedGradients* gradients_ = nullptr;
};

}  // namespace bottega
