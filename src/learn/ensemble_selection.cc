#include "learn/ensemble_selection.h"

#include <limits>

namespace bottega {

Matrix WeightedMean(const std::vector<Matrix>& outputs, const std::vector<double>& share) {
  Matrix mean(outputs.front().rows, outputs.front().columns);
  for (size_t i = 0; i < mean.values.size(); ++i) {
    double sum = 0;
    for (size_t c = 0; c < outputs.size(); ++c) {
      if (share[c] != 0) sum += share[c] * outputs[c].values[i];
    }
    mean.values[i] = static_cast<float>(sum);
  }
  return mean;
}

Selection SelectEnsemble(const std::vector<Matrix>& outputs,
                         const std::function<double(const Matrix&)>& score, int picks) {
  constexpr double kWorst = std::numeric_limits<double>::infinity();
  Selection best{std::vector<double>(outputs.size()), kWorst};
  std::vector<double> count(outputs.size());
  for (int pick = 1; pick <= picks; ++pick) {
    size_t chosen = 0;
    double lowest = kWorst;
    for (size_t c = 0; c < outputs.size(); ++c) {
      std::vector<double> share = count;
      share[c] += 1;
      for (double& s : share) s /= pick;
      const double value = score(WeightedMean(outputs, share));
      if (!(value < lowest)) continue;
      lowest = value;
      chosen = c;
    }
    count[chosen] += 1;
    if (!(lowest < best.score)) continue;
    best.score = lowest;
    for (size_t c = 0; c < count.size(); ++c) best.share[c] = count[c] / pick;
  }
  return best;
}

}  // namespace bottega
