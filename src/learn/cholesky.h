// Small symmetric systems.
#pragma once

#include <cstdint>
#include <vector>

namespace bottega {

// Solves gram w = moments for `classes` right sides in place: `gram` is n x n, positive definite
// (a pivot below 1e-12 is taken for it), of which the upper triangle is used; `moments` is n x
// classes, row-major, and becomes w.
void SolveCholesky(std::vector<double>* gram, int64_t n, std::vector<double>* moments,
                   int64_t classes);

}  // namespace bottega
