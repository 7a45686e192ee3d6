// A column of numbers brought to a scale on which its bulk lies symmetric around 0 with
// deviation 1.
#pragma once

#include <vector>

#include "profile/tail.h"

namespace bottega {

// Plain, square root or logarithm of the values, whichever leaves the quantiles nearest to
// symmetric; then less the median, over the interquartile range / 1.349 (1 for a normal
// distribution). Robust to a quarter of foreign values.
class SymmetricScale {
 public:
  // `values` without NaN, in any order (rising is the quickest). A value that more than
  // `mode_share` of them have says nothing about the others' spread (0 in "capital gain"): it is
  // left out and always ordinary.
  explicit SymmetricScale(std::vector<double> values, double mode_share = 0.3);

  // False where the others have no spread, or are fewer than 20: At is 0 then.
  bool spread() const { return deviation_ > 0; }
  double At(double value) const;  // 0 for the left out value and NaN; may be -infinity
  // The same, with tails drawn in (or out) to those of a normal distribution: beyond the outer 5 %
  // the place is that at which a normal distribution, scaled to meet there, leaves as few values.
  double NormalAt(double value) const;
  // Share of values expected so far out on that side, by the values' own tails.
  double Beyond(double value) const;
  // The values' own tails on the scale, each turned to point upwards.
  const Tail& lower() const { return lower_; }
  const Tail& upper() const { return upper_; }
  bool is_mode(double value) const { return has_mode_ && value == mode_; }
  // The value at `share` (0 to 1) of the ordinary ones.
  double QuantileOf(double share) const;
  double count() const { return static_cast<double>(sorted_.size()); }

 private:
  enum class Form { kPlain, kRoot, kLog };
  double Bend(Form form, double value) const;
  double Asymmetry(Form form) const;

  std::vector<double> sorted_;
  bool has_mode_ = false;
  double mode_ = 0;
  Form form_ = Form::kPlain;
  double shift_ = 0;
  double median_ = 0, deviation_ = 0;
  Tail lower_, upper_;
};

}  // namespace bottega
