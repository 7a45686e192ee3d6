#include "learn/folds.h"

#include <algorithm>

#include "base/random.h"
#include "base/threads.h"

namespace bottega {

std::vector<int32_t> StratifiedGroupFolds(const std::vector<int32_t>& label,
                                          const std::vector<int64_t>& group, int folds,
                                          uint64_t seed) {
  const int64_t n = static_cast<int64_t>(label.size());
  const size_t classes =
      label.empty() ? 1 : static_cast<size_t>(*std::ranges::max_element(label) + 2);
  std::vector<int64_t> order(label.size());
  for (int64_t i = 0; i < n; ++i) order[static_cast<size_t>(i)] = i;
  std::ranges::stable_sort(order, {}, [&](int64_t i) { return group[static_cast<size_t>(i)]; });
  std::vector<size_t> starts;  // of groups in `order`
  for (size_t i = 0; i < order.size(); ++i) {
    const auto group_at = [&](size_t j) { return group[static_cast<size_t>(order[j])]; };
    if (i == 0 || group_at(i) != group_at(i - 1)) starts.push_back(i);
  }
  std::vector<int64_t> of_label(classes * static_cast<size_t>(folds)),
      all(static_cast<size_t>(folds));
  std::vector<int32_t> out(label.size());
  for (const int64_t g :
       Permutation(static_cast<int64_t>(starts.size()), seed, Purpose::kSample, 1)) {
    const size_t begin = starts[static_cast<size_t>(g)];
    const size_t end = static_cast<size_t>(g) + 1 < starts.size()
                           ? starts[static_cast<size_t>(g) + 1]
                           : order.size();
    const size_t y = static_cast<size_t>(label[static_cast<size_t>(order[begin])] + 1);
    int32_t best = 0;
    for (int32_t f = 1; f < folds; ++f) {
      const auto load = [&](int32_t fold) {
        return std::pair(of_label[y * static_cast<size_t>(folds) + static_cast<size_t>(fold)],
                         all[static_cast<size_t>(fold)]);
      };
      if (load(f) < load(best)) best = f;
    }
    for (size_t i = begin; i < end; ++i) {
      const size_t row = static_cast<size_t>(order[i]);
      out[row] = best;
      ++of_label[static_cast<size_t>(label[row] + 1) * static_cast<size_t>(folds) +
                 static_cast<size_t>(best)];
    }
    all[static_cast<size_t>(best)] += static_cast<int64_t>(end - begin);
  }
  return out;
}

Matrix OutOfFold(const std::vector<int32_t>& fold, int folds, int64_t columns,
                 const std::function<Matrix(const std::vector<int32_t>& outside,
                                            const std::vector<int32_t>& inside)>& judge) {
  Matrix out(static_cast<int64_t>(fold.size()), columns);
  ParallelFor(folds, 1, [&](int64_t f, int64_t) {
    std::vector<int32_t> inside, outside;
    for (size_t i = 0; i < fold.size(); ++i) {
      (fold[i] == f ? inside : outside).push_back(static_cast<int32_t>(i));
    }
    const Matrix judged = judge(outside, inside);
    for (size_t i = 0; i < inside.size(); ++i) {
      std::copy_n(judged.row(static_cast<int64_t>(i)), columns, out.row(inside[i]));
    }
  });
  return out;
}

}  // namespace bottega
