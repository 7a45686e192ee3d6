// What `balance: weights` multiplies the rows of each class with.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace bottega {

// n / (classes * n_class) over the given labels (those below 0 are left out), 0 for a class without
// rows: scikit-learn's class_weight="balanced".
std::vector<double> ClassWeights(std::span<const int32_t> labels, int64_t classes);

}  // namespace bottega
