#include "metric/diagnosis/power_law.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/random.h"
#include "metric/diagnosis/significance.h"
#include "metric/student_t.h"

namespace bottega {

namespace {

constexpr int kGrid = 40, kResamples = 1000;
constexpr double kLevel = 0.95, kLeastFit = 0.01;

struct Fit {
  PowerLaw law;
  double squares = 0;
};

// The best offset and scale for an exponent; sizes are scaled so that the largest is 1.
Fit FitAt(double exponent, const std::vector<CurvePoint>& points, const std::vector<double>& weight,
          double largest) {
  double w = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (size_t i = 0; i < points.size(); ++i) {
    const double basis = std::pow(points[i].rows / largest, -exponent);
    w += weight[i];
    x += weight[i] * basis;
    y += weight[i] * points[i].error;
    xx += weight[i] * basis * basis;
    xy += weight[i] * basis * points[i].error;
  }
  const double determinant = w * xx - x * x;
  double scale = determinant > 0 ? (w * xy - x * y) / determinant : 0;
  double offset = (y - scale * x) / w;
  if (offset < 0) {
    offset = 0;
    scale = xy / xx;
  }
  if (scale < 0) {
    scale = 0;
    offset = std::max(0.0, y / w);
  }
  Fit fit{.law = {offset, scale * std::pow(largest, exponent), exponent}};
  for (size_t i = 0; i < points.size(); ++i) {
    const double off = points[i].error - fit.law.At(points[i].rows);
    fit.squares += weight[i] * off * off;
  }
  return fit;
}

struct Sizes {
  std::vector<CurvePoint> means;
  std::vector<double> count;
  double relative = 0;  // standard deviation of one training as a share of its error
  double freedom = 0;
};

Sizes GroupBySize(const std::vector<CurvePoint>& points) {
  std::map<double, std::vector<double>> by_size;
  for (const CurvePoint& point : points) by_size[point.rows].push_back(point.error);
  Sizes sizes;
  double squares = 0;
  for (const auto& [rows, errors] : by_size) {
    const Mean mean = MeanOf(errors);
    sizes.means.push_back({rows, mean.value});
    sizes.count.push_back(static_cast<double>(errors.size()));
    for (const double error : errors) {
      const double off = (error - mean.value) / std::max(mean.value, 1e-12);
      squares += off * off;
    }
    sizes.freedom += static_cast<double>(errors.size()) - 1;
  }
  if (sizes.freedom > 0) sizes.relative = std::sqrt(squares / sizes.freedom);
  return sizes;
}

Estimate GainInterval(const Sizes& sizes, const std::vector<double>& weights, DataCurve* curve,
                      uint64_t seed) {
  const auto gain = [&](const PowerLaw& law) {
    return law.At(curve->rows) - law.At(curve->rows * curve->factor);
  };
  std::vector<double> gains;
  for (int resample = 0; resample < kResamples; ++resample) {
    Random random(seed, Purpose::kBootstrap, 0, resample);
    // One draw of the pooled spread for all sizes makes the means jointly Student.
    double chi = 0;
    for (int i = 0; i < static_cast<int>(sizes.freedom); ++i) {
      const double z = random.Normal();
      chi += z * z;
    }
    const double spread = std::sqrt(sizes.freedom / std::max(chi, 1e-9));
    std::vector<CurvePoint> drawn = sizes.means;
    for (size_t i = 0; i < drawn.size(); ++i) {
      drawn[i].error += curve->errors[i] * spread * random.Normal();
    }
    gains.push_back(gain(FitPowerLaw(drawn, weights)));
  }
  std::sort(gains.begin(), gains.end());
  const auto at = [&](double share) {
    return gains[static_cast<size_t>(share * static_cast<double>(gains.size() - 1))];
  };
  return {gain(curve->law), at((1 - kLevel) / 2), at((1 + kLevel) / 2)};
}

std::string WhyNot(const DataCurve& curve, const Sizes& sizes) {
  if (sizes.means.size() < 4) return "fewer than four sizes were trained";
  if (sizes.freedom < 3) return "each size was trained too rarely to know its spread";
  if (curve.lack_of_fit < kLeastFit) return "the sizes do not lie on a power law";
  const double drop = curve.means.front().error - curve.means.back().error;
  const double error = std::hypot(curve.errors.front(), curve.errors.back());
  if (error > 0 && StudentTail(drop / error, sizes.freedom) > 0.025) {
    return "the error does not fall measurably between the smallest and the largest size";
  }
  if (curve.gain.high - curve.gain.low > drop) {
    return "the interval of the gain is wider than what was gained so far";
  }
  return "";
}

}  // namespace

double PowerLaw::At(double rows) const { return offset + scale * std::pow(rows, -exponent); }

PowerLaw FitPowerLaw(const std::vector<CurvePoint>& points, const std::vector<double>& weights) {
  double largest = 0;
  for (const CurvePoint& point : points) largest = std::max(largest, point.rows);
  const double low = std::log(kLeastExponent), step = (std::log(kMostExponent) - low) / kGrid;
  int best = 0;
  double least = INFINITY;
  for (int i = 0; i <= kGrid; ++i) {
    const double squares = FitAt(std::exp(low + step * i), points, weights, largest).squares;
    if (squares < least) {
      least = squares;
      best = i;
    }
  }
  double a = low + step * std::max(0, best - 1), b = low + step * std::min(kGrid, best + 1);
  constexpr double kGolden = 0.6180339887498949;
  for (int i = 0; i < 40; ++i) {
    const double u = b - kGolden * (b - a), v = a + kGolden * (b - a);
    const bool left = FitAt(std::exp(u), points, weights, largest).squares <
                      FitAt(std::exp(v), points, weights, largest).squares;
    (left ? b : a) = left ? v : u;
  }
  return FitAt(std::exp((a + b) / 2), points, weights, largest).law;
}

DataCurve FitDataCurve(const std::vector<CurvePoint>& points, double factor, double material,
                       uint64_t seed) {
  const Sizes sizes = GroupBySize(points);
  DataCurve curve{.means = sizes.means, .factor = factor};
  if (sizes.means.size() < 3) {
    curve.why = "fewer than four sizes were trained";
    curve.verdict = "unclear";
    return curve;
  }
  curve.rows = sizes.means.back().rows;
  std::vector<double> weights;
  for (size_t i = 0; i < sizes.means.size(); ++i) {
    curve.errors.push_back(sizes.relative * sizes.means[i].error / std::sqrt(sizes.count[i]));
    weights.push_back(1 / std::max(curve.errors[i] * curve.errors[i], 1e-18));
  }
  curve.law = FitPowerLaw(sizes.means, weights);
  double chi = 0;
  for (size_t i = 0; i < sizes.means.size(); ++i) {
    const double off = sizes.means[i].error - curve.law.At(sizes.means[i].rows);
    chi += weights[i] * off * off;
  }
  const double left = static_cast<double>(sizes.means.size()) - 3;
  // The spread itself is estimated, hence F rather than chi-square.
  if (left > 0 && sizes.freedom > 0) curve.lack_of_fit = FTail(chi / left, left, sizes.freedom);
  curve.gain = GainInterval(sizes, weights, &curve, seed);
  curve.why = WhyNot(curve, sizes);
  curve.trustworthy = curve.why.empty();
  const bool lawful = left > 0 && sizes.freedom >= 3 && curve.lack_of_fit >= kLeastFit;
  curve.verdict = lawful && curve.gain.high < material             ? "no"
                  : curve.trustworthy && curve.gain.low > material ? "yes"
                                                                   : "unclear";
  return curve;
}

}  // namespace bottega
