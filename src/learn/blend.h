// Out-of-fold probabilities made honest, and several of them made one.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/matrix.h"

namespace bottega {

// Mean of -log p(label) over rows with a label; p is cut at 1e-7.
double MeanLogLoss(const std::vector<int32_t>& label, const Matrix& probability);

// Raises the probabilities to the power that minimizes the log loss and scales rows to sum 1
// (temperature scaling: Guo et al., "On calibration of modern neural networks", ICML 2017).
void Calibrate(const std::vector<int32_t>& label, Matrix* probability);

// The mixture of two that has the least log loss, on a grid of steps of 0.1.
Matrix Blend(const std::vector<int32_t>& label, const Matrix& a, const Matrix& b);

}  // namespace bottega
