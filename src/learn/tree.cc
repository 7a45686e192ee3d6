#include "learn/tree.h"

#include <algorithm>

namespace bottega {
namespace {

constexpr double kLeastGain = 1e-6;

double GradientOf(int64_t sum) { return static_cast<double>(sum >> 32); }
double HessianOf(int64_t sum) { return static_cast<double>(sum & 0xffffffff); }

void SetBit(std::array<uint64_t, 4>* bits, int bin) {
  (*bits)[static_cast<size_t>(bin >> 6)] |= uint64_t{1} << (bin & 63);
}

}  // namespace

TreeGrower::TreeGrower(const BinnedMatrix& x, const GrowOptions& options)
    : x_(x), options_(options) {
  for (const BinnedColumn& column : x.columns) {
    offset_.push_back(total_bins_);
    total_bins_ += static_cast<size_t>(column.bins);
  }
  histograms_.resize(total_bins_ * static_cast<size_t>(options.leaves + 1));
}

void TreeGrower::FillHistogram(const int32_t* rows, int64_t n, int64_t* histogram) const {
  std::fill_n(histogram, total_bins_, 0);
  const size_t width = offset_.size();
  const size_t* offset = offset_.data();
  const int64_t* packed = gradients_->of_row.data();
  for (int64_t i = 0; i < n; ++i) {
    const uint8_t* bins = x_.row(rows[i]);
    const int64_t value = packed[rows[i]];
    for (size_t c = 0; c < width; ++c) histogram[offset[c] + bins[c]] += value;
  }
}

double TreeGrower::Gain(int64_t sum, double l2) const {
  const double gradient = GradientOf(sum) * gradients_->gradient_unit;
  return gradient * gradient / (HessianOf(sum) * gradients_->hessian_unit + l2);
}

bool TreeGrower::Enough(int64_t sum) const {
  return HessianOf(sum) * gradients_->hessian_unit >= options_.min_hessian;
}

void TreeGrower::TryNumber(size_t column, const int64_t* histogram, const Leaf& leaf,
                           Split* best) const {
  const int bins = x_.columns[column].bins;
  const double whole = Gain(leaf.sum, options_.l2);
  const int64_t missing = histogram[0];
  for (const bool missing_left : {false, true}) {
    if (missing_left && missing == 0) break;
    int64_t left = missing_left ? missing : 0;
    // With missing cells on the right even the last bin may end the left side.
    const int last = missing == 0 || missing_left ? bins - 1 : bins;
    int found = -1;
    for (int b = 1; b < last; ++b) {
      const int64_t value = histogram[b];
      if (value == 0) continue;
      left += value;
      if (!Enough(left)) continue;
      if (!Enough(leaf.sum - left)) break;
      const double gain = Gain(left, options_.l2) + Gain(leaf.sum - left, options_.l2) - whole;
      if (gain <= best->gain) continue;
      best->gain = gain;
      found = b;
    }
    if (found < 0) continue;
    best->column = static_cast<int32_t>(column);
    best->bins_left = {};
    for (int b = missing_left ? 0 : 1; b <= found; ++b) SetBit(&best->bins_left, b);
  }
}

void TreeGrower::TryCategory(size_t column, const int64_t* histogram, const Leaf& leaf,
                             Split* best) {
  order_.clear();
  for (int b = 0; b < x_.columns[column].bins; ++b) {
    if (histogram[b] == 0) continue;
    const double hessian = HessianOf(histogram[b]) * gradients_->hessian_unit + options_.l2;
    order_.emplace_back(GradientOf(histogram[b]) / hessian, b);
  }
  if (order_.size() < 2) return;
  std::ranges::sort(order_);
  const double l2 = options_.l2 + (order_.size() > 2 ? options_.category_l2 : 0);
  const double whole = Gain(leaf.sum, l2);
  int64_t left = 0;
  size_t found = 0;
  for (size_t i = 0; i + 1 < order_.size(); ++i) {
    left += histogram[order_[i].second];
    if (!Enough(left)) continue;
    if (!Enough(leaf.sum - left)) break;
    const double gain = Gain(left, l2) + Gain(leaf.sum - left, l2) - whole;
    if (gain <= best->gain) continue;
    best->gain = gain;
    found = i + 1;
  }
  if (found == 0) return;
  best->column = static_cast<int32_t>(column);
  best->bins_left = {};
  for (size_t i = 0; i < found; ++i) SetBit(&best->bins_left, order_[i].second);
}

TreeGrower::Split TreeGrower::BestSplit(const Leaf& leaf) {
  Split best{.gain = kLeastGain};
  if (HessianOf(leaf.sum) * gradients_->hessian_unit < 2 * options_.min_hessian) return best;
  const int64_t* histogram = HistogramAt(leaf.histogram);
  for (size_t c = 0; c < offset_.size(); ++c) {
    if (x_.columns[c].category) {
      TryCategory(c, histogram + offset_[c], leaf, &best);
    } else {
      TryNumber(c, histogram + offset_[c], leaf, &best);
    }
  }
  return best;
}

int64_t TreeGrower::Partition(const Leaf& leaf, std::vector<int32_t>* rows) {
  const Split& split = leaf.split;
  int32_t* const begin = rows->data() + leaf.begin;
  int32_t* left_end = begin;
  right_rows_.resize(static_cast<size_t>(leaf.end - leaf.begin));
  int32_t* right_end = right_rows_.data();
  // Written to both sides: which one a row belongs to is too random for branches.
  for (const int32_t* at = begin; at != rows->data() + leaf.end; ++at) {
    const int32_t row = *at;
    const uint8_t bin = x_.row(row)[split.column];
    const int64_t left = (split.bins_left[bin >> 6] >> (bin & 63)) & 1;
    *left_end = row;
    *right_end = row;
    left_end += left;
    right_end += 1 - left;
  }
  std::copy(right_rows_.data(), right_end, left_end);
  return leaf.begin + (left_end - begin);
}

void TreeGrower::SplitLeaf(size_t at, std::vector<int32_t>* rows, Tree* tree, bool last) {
  const Split split = leaves_[at].split;
  const Leaf parent = leaves_[at];
  const int64_t middle = Partition(parent, rows);
  const int32_t child = static_cast<int32_t>(tree->nodes.size());
  tree->nodes[parent.node].column = split.column;
  tree->nodes[parent.node].bins_left = split.bins_left;
  tree->nodes[parent.node].left = child;
  tree->nodes[parent.node].right = child + 1;
  tree->nodes.resize(tree->nodes.size() + 2);
  Leaf left{parent.begin, middle, 0, static_cast<size_t>(child), parent.histogram, {}};
  Leaf right{middle, parent.end, 0, static_cast<size_t>(child) + 1, leaves_.size(), {}};
  const bool left_is_smaller = middle - parent.begin <= parent.end - middle;
  if (left_is_smaller) std::swap(left.histogram, right.histogram);
  Leaf& smaller = left_is_smaller ? left : right;
  Leaf& larger = left_is_smaller ? right : left;
  for (int64_t i = smaller.begin; i < smaller.end; ++i) {
    smaller.sum += gradients_->of_row[static_cast<size_t>((*rows)[static_cast<size_t>(i)])];
  }
  larger.sum = parent.sum - smaller.sum;
  if (!last) {
    int64_t* few = HistogramAt(smaller.histogram);
    int64_t* many = HistogramAt(larger.histogram);
    FillHistogram(rows->data() + smaller.begin, smaller.end - smaller.begin, few);
    for (size_t b = 0; b < total_bins_; ++b) many[b] -= few[b];
    left.split = BestSplit(left);
    right.split = BestSplit(right);
  }
  leaves_[at] = left;
  leaves_.push_back(right);
}

Tree TreeGrower::Grow(const PackedGradients& gradients, std::vector<int32_t>* rows,
                      std::vector<LeafRows>* leaves) {
  gradients_ = &gradients;
  Tree tree;
  tree.nodes.resize(1);
  Leaf root{.end = static_cast<int64_t>(rows->size())};
  for (const int32_t row : *rows) root.sum += gradients.of_row[static_cast<size_t>(row)];
  FillHistogram(rows->data(), root.end, HistogramAt(0));
  root.split = BestSplit(root);
  leaves_.assign(1, root);
  while (static_cast<int>(leaves_.size()) < options_.leaves) {
    size_t best = 0;
    for (size_t i = 1; i < leaves_.size(); ++i) {
      if (leaves_[i].split.gain > leaves_[best].split.gain) best = i;
    }
    if (leaves_[best].split.column < 0) break;
    SplitLeaf(best, rows, &tree, static_cast<int>(leaves_.size()) + 1 == options_.leaves);
  }
  leaves->clear();
  for (const Leaf& leaf : leaves_) {
    const double gradient = GradientOf(leaf.sum) * gradients.gradient_unit;
    const double hessian = HessianOf(leaf.sum) * gradients.hessian_unit + options_.l2;
    const float value = static_cast<float>(-gradient / hessian * options_.shrink);
    tree.nodes[leaf.node].value = value;
    leaves->push_back({leaf.begin, leaf.end, value});
  }
  return tree;
}

}  // namespace bottega
