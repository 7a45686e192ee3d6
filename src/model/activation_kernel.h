// Activations with their slopes over plain arrays, for step engines; the formulas of model/mlp.h.
#pragma once

#include <cstdint>

namespace bottega {

enum class Activation { kRelu, kGelu, kSilu, kTanh };

// values[i] becomes act(values[i]) and slope[i] the derivative there. Absolute error below 5e-7:
// exp by a polynomial, erf by Abramowitz and Stegun 1964, formula 7.1.26.
void Activate(Activation activation, int64_t n, float* values, float* slope);

}  // namespace bottega
