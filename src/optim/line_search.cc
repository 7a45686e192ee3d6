#include "optim/line_search.h"

#include <algorithm>
#include <cmath>

namespace bottega {

double CubicMinimum(const LinePoint& a, const LinePoint& b, double low, double high) {
  const double d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.t - b.t);
  const double square = d1 * d1 - a.slope * b.slope;
  if (!(square >= 0)) return (low + high) / 2;
  const double d2 = std::sqrt(square);
  const LinePoint& left = a.t <= b.t ? a : b;
  const LinePoint& right = a.t <= b.t ? b : a;
  const double minimum = right.t - (right.t - left.t) * ((right.slope + d2 - d1) /
                                                         (right.slope - left.slope + 2 * d2));
  return std::min(std::max(minimum, low), high);
}

namespace {

class Searcher {
 public:
  Searcher(const LineSearch& search, const LinePoint& start,
           const std::function<LinePoint(double)>& at)
      : search_(search), start_(start), at_(at) {}

  LineFound Run(double first) {
    if (!Bracket(first)) Zoom();
    return {low_, evaluations_};
  }

 private:
  LinePoint Evaluate(double t) {
    ++evaluations_;
    return at_(t);
  }
  bool TooHigh(const LinePoint& p) const {
    return p.value > start_.value + search_.sufficient * p.t * start_.slope;
  }
  bool Flat(const LinePoint& p) const {
    return std::abs(p.slope) <= -search_.curvature * start_.slope;
  }
  void Take(const LinePoint a, const LinePoint b) {
    low_ = a.value <= b.value ? a : b;
    high_ = a.value <= b.value ? b : a;
  }

  // True when a point is found at once (low_); else low_ and high_ hold one between them.
  bool Bracket(double first) {
    LinePoint before = start_, now = Evaluate(first);
    for (; iterations_ < search_.most; ++iterations_) {
      if (TooHigh(now) || (iterations_ > 1 && now.value >= before.value)) {
        Take(before, now);
        return false;
      }
      if (Flat(now)) {
        low_ = now;
        return true;
      }
      if (now.slope >= 0) {
        Take(before, now);
        return false;
      }
      const double shortest = now.t + 0.01 * (now.t - before.t);
      const double next = CubicMinimum(before, now, shortest, now.t * 10);
      before = now;
      now = Evaluate(next);
    }
    Take(start_, now);
    return false;
  }

  // Keeps the trial off the ends of the bracket when it would creep along one of them.
  double Safeguard(double t) {
    const double least = std::min(low_.t, high_.t), most = std::max(low_.t, high_.t);
    const double margin = 0.1 * (most - least);
    if (std::min(most - t, t - least) >= margin) {
      crept_ = false;
      return t;
    }
    if (!crept_ && t < most && t > least) {
      crept_ = true;
      return t;
    }
    crept_ = false;
    return std::abs(t - most) < std::abs(t - least) ? most - margin : least + margin;
  }

  void Zoom() {
    for (bool done = false; !done && iterations_ < search_.most; ++iterations_) {
      const double width = std::abs(high_.t - low_.t);
      if (width * search_.largest_element < search_.tolerance) return;
      const double least = std::min(low_.t, high_.t), most = std::max(low_.t, high_.t);
      const LinePoint now = Evaluate(Safeguard(CubicMinimum(low_, high_, least, most)));
      if (TooHigh(now) || now.value >= low_.value) {
        Take(low_, now);
        continue;
      }
      done = Flat(now);
      if (!done && now.slope * (high_.t - low_.t) >= 0) high_ = low_;
      low_ = now;
    }
  }

  const LineSearch& search_;
  const LinePoint& start_;
  const std::function<LinePoint(double)>& at_;
  LinePoint low_, high_;
  int evaluations_ = 0, iterations_ = 0;
  bool crept_ = false;
};

}  // namespace

LineFound SearchLine(const LineSearch& search, const LinePoint& start, double first,
                     const std::function<LinePoint(double)>& at) {
  return Searcher(search, start, at).Run(first);
}

}  // namespace bottega
