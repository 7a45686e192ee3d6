// Limited-memory BFGS for smooth functions, one iteration at a time.
#pragma once

#include <deque>
#include <functional>
#include <vector>

namespace bottega {

// The function's value at `x`; fills `gradient`, which has x's size.
using Objective =
    std::function<double(const std::vector<double>& x, std::vector<double>* gradient)>;

// Nocedal & Wright, Numerical Optimization (2006), algorithm 7.5 with ten pairs; steps satisfy the
// weak Wolfe conditions, found by bisection (Lewis & Overton 2013, Nonsmooth optimization via
// quasi-Newton methods, algorithm 2.6).
class Lbfgs {
 public:
  Lbfgs(Objective objective, std::vector<double> start);

  // False, with x unchanged, when the largest gradient is at most `tolerance` or no step lowers the
  // value any more.
  bool Step(double tolerance);
  const std::vector<double>& x() const { return x_; }
  double value() const { return value_; }

  // All that Step depends on, as numbers.
  std::vector<double> State() const;
  void LoadState(const std::vector<double>& state);

 private:
  struct Pair {
    std::vector<double> moved, turned;  // x and gradient: their changes
    double curvature = 0;               // moved . turned
  };
  std::vector<double> Direction() const;
  bool Search(const std::vector<double>& direction, double slope, double step);

  Objective objective_;
  std::vector<double> x_, gradient_;
  double value_;
  std::deque<Pair> pairs_;
};

}  // namespace bottega
