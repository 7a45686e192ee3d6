#include <algorithm>
#include <cmath>
#include <memory>

#include "clean/steps.h"
#include "profile/normal.h"
#include "profile/quantiles.h"

namespace bottega {

namespace {

const Spec& ScaleSpec() {
  static const Spec spec = {
      .kind = "step",
      .name = "scale",
      .one_line = "numbers to similar size",
      .text =
          "`standard`: (x - mean) / deviation. `robust`: (x - median) / interquartile range. "
          "`min_max`: to 0 .. 1, cut off outside. `log`: sign(x) log(1 + |x|), then standard. "
          "`quantile`: to a normal distribution through the training rows' quantiles, which tames "
          "any outlier. `auto`: quantile where the training rows' skewness exceeds `skew`, else "
          "standard. Columns of 0 and 1 that other steps made are left as they are.",
      .params = {{.name = "method",
                  .type = ParamType::kChoice,
                  .what = "how every number column is scaled",
                  .fallback = "standard",
                  .choices = {"auto", "standard", "robust", "min_max", "log", "quantile"}},
                 {.name = "skew",
                  .type = ParamType::kFloat,
                  .what = "absolute skewness beyond which auto chooses quantile",
                  .fallback = 2.0,
                  .min = 0,
                  .larger = "fewer columns lose their distances"},
                 {.name = "quantiles",
                  .type = ParamType::kInt,
                  .what = "how many quantiles are stored for a column that is scaled by them",
                  .fallback = 256,
                  .min = 2,
                  .max = 10000,
                  .larger = "a finer map, a larger plan.json"}},
      .synonyms = {"normalize", "standardize", "scaler"},
      .ignored = {{"skew", "method", "standard"},
                  {"skew", "method", "robust"},
                  {"skew", "method", "min_max"},
                  {"skew", "method", "log"},
                  {"skew", "method", "quantile"},
                  {"quantiles", "method", "standard"},
                  {"quantiles", "method", "robust"},
                  {"quantiles", "method", "min_max"},
                  {"quantiles", "method", "log"}},
      .source = "LeCun et al. 1998, Efficient BackProp, section 4.3",
  };
  return spec;
}

struct Moments {
  double mean = 0, deviation = 0, skewness = 0;
};

// Population moments, two passes.
Moments MomentsOf(const std::vector<double>& values) {
  Moments m;
  const auto n = static_cast<double>(values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    m.mean += (values[i] - m.mean) / static_cast<double>(i + 1);
  }
  double second = 0, third = 0;
  for (double value : values) {
    const double d = value - m.mean;
    second += d * d;
    third += d * d * d;
  }
  m.deviation = std::sqrt(second / n);
  m.skewness = second > 0 ? third / n / std::pow(second / n, 1.5) : 0;
  return m;
}

double SignedLog(double x) { return std::copysign(std::log1p(std::abs(x)), x); }

Json Linear(const std::string& method, double center, double scale) {
  const bool usable = std::isfinite(scale) && scale > 0;
  return {{"method", method}, {"center", center}, {"scale", usable ? scale : 1.0}};
}

// `values` without NaN, in any order.
Json FitColumn(std::vector<double> values, const Json& settings) {
  std::string method = settings.at("method");
  if (method == "log") std::ranges::transform(values, values.begin(), SignedLog);
  const Moments moments = MomentsOf(values);
  if (method == "auto") {
    const bool skewed = std::abs(moments.skewness) > settings.at("skew").get<double>();
    method = skewed ? "quantile" : "standard";
  }
  if (method == "standard" || method == "log") {
    return Linear(method, moments.mean, moments.deviation);
  }
  std::ranges::sort(values);
  if (method == "min_max") return Linear(method, values.front(), values.back() - values.front());
  if (method == "robust") {
    return Linear(method, Quantile(values, 0.5), Quantile(values, 0.75) - Quantile(values, 0.25));
  }
  const auto most = settings.at("quantiles").get<size_t>();
  const auto count = static_cast<int>(std::max<size_t>(2, std::min(most, values.size())));
  return {{"method", method}, {"quantiles", EvenQuantiles(values, count)}};
}

Json Fit(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  Json columns = Json::array();
  for (const NumberSeries& series : train.numbers) {
    if (series.scaled) continue;
    std::vector<double> values = series.Known();
    if (values.empty()) {
      refused->push_back({"scale", series.name, "the training rows hold no value"});
      continue;
    }
    Json column = {{"column", series.name}};
    column.update(FitColumn(std::move(values), settings));
    columns.push_back(std::move(column));
  }
  return {{"columns", columns}};
}

struct Scaler {
  std::string column, method;
  double center = 0, scale = 1;
  std::vector<double> quantiles, shares, negative, negative_shares;

  double operator()(double x) const;
};

// The mean of the lower and the upper share where many training rows hold the same value, at the
// ends too (scikit-learn's QuantileTransformer sends those to -5.2 and 5.2); cut off at +-5.2.
double ToNormal(const Scaler& s, double x) {
  constexpr double kLeast = 1e-7;
  const double share = 0.5 * (Interpolate(x, s.quantiles, s.shares) -
                              Interpolate(-x, s.negative, s.negative_shares));
  return NormalQuantile(std::clamp(share, kLeast, 1 - kLeast));
}

double Scaler::operator()(double x) const {
  if (std::isnan(x)) return x;
  if (!quantiles.empty()) return ToNormal(*this, x);
  const double y = ((method == "log" ? SignedLog(x) : x) - center) / scale;
  return method == "min_max" ? std::clamp(y, 0.0, 1.0) : y;
}

void LoadQuantiles(const Json& item, Scaler* scaler) {
  scaler->quantiles = StateNumbers(item, "quantiles");
  const size_t n = scaler->quantiles.size();
  if (n < 2 || !std::ranges::is_sorted(scaler->quantiles)) {
    throw Error(ErrorKind::kData,
                "the state of a fitted step is damaged: 'quantiles' must be two or more rising "
                "numbers");
  }
  for (size_t i = 0; i < n; ++i) {
    scaler->shares.push_back(static_cast<double>(i) / static_cast<double>(n - 1));
    scaler->negative.push_back(-scaler->quantiles[n - 1 - i]);
    scaler->negative_shares.push_back(-static_cast<double>(n - 1 - i) / static_cast<double>(n - 1));
  }
}

Applier Load(const Json& state) {
  auto scalers = std::make_shared<std::vector<Scaler>>();
  for (const Json& item : StateList(state, "columns")) {
    Scaler scaler{.column = StateText(item, "column"), .method = StateText(item, "method")};
    if (scaler.method == "quantile") {
      LoadQuantiles(item, &scaler);
    } else {
      scaler.center = StateNumber(item, "center");
      scaler.scale = StateNumber(item, "scale");
      if (scaler.scale <= 0) {
        throw Error(ErrorKind::kData,
                    "the state of a fitted step is damaged: 'scale' must be above 0");
      }
    }
    scalers->push_back(std::move(scaler));
  }
  return [scalers](Frame* frame) {
    for (const Scaler& scaler : *scalers) {
      const int index = frame->FindNumber(scaler.column);
      if (index < 0) {
        throw Error(ErrorKind::kInternal, "no number series '" + scaler.column + "'");
      }
      NumberSeries& series = frame->numbers[static_cast<size_t>(index)];
      for (double& value : series.values) value = scaler(value);
      series.scaled = true;
    }
  };
}

}  // namespace

const Step kScaleStep = {ScaleSpec, Fit, Load};

}  // namespace bottega
