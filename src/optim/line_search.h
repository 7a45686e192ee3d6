// A line search that ends where the strong Wolfe conditions hold: Nocedal and Wright 2006,
// Numerical Optimization, algorithms 3.5 and 3.6, with the cubic interpolation and the safeguards
// of torch.optim.LBFGS. Free of tensors.
#pragma once

#include <functional>

namespace bottega {

// A point of the line: the step t from the start, the function there and its slope along the line.
struct LinePoint {
  double t = 0, value = 0, slope = 0;
};

struct LineSearch {
  double sufficient = 1e-4;    // c1: f(t) <= f(0) + c1 t slope(0)
  double curvature = 0.9;      // c2: |slope(t)| <= c2 |slope(0)|
  double tolerance = 1e-9;     // shortest bracket, as the largest change of a parameter
  double largest_element = 1;  // of the direction, absolute
  int most = 25;               // iterations
};

struct LineFound {
  LinePoint point;
  int evaluations = 0;
};

// From `start` (t = 0), trying `first` first. `at` evaluates one point.
LineFound SearchLine(const LineSearch& search, const LinePoint& start, double first,
                     const std::function<LinePoint(double)>& at);

// The minimum of the cubic through two points with their slopes, within [low, high]; their middle
// where the cubic has none.
double CubicMinimum(const LinePoint& a, const LinePoint& b, double low, double high);

}  // namespace bottega
